import { useTranslation } from 'react-i18next'
import type { Draft, DraftVersion } from '@/shared/api/generated/types.gen'
import { formatDateTime } from '@/shared/lib/format'
import { ToneBadge } from '@/shared/ui/StateBadge'
import classes from './Versions.module.css'

const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hour12: false })

interface VersionRowProps {
  draft: Draft
  version: DraftVersion
  isShown: boolean
  onShow: () => void
}

/** One version: when, why, by whom, and what became of it. */
export function VersionRow({ draft, version, isShown, onShow }: VersionRowProps) {
  const { t } = useTranslation('drafts')
  const { number, label, reason, from_number, approved_at, published_at, created_at, by, writers } = version
  const isToApprove = version.id === draft.current_version_id && draft.state === 'in_review'
  const why = reason === 'restored' && from_number ? t('versions.restoredFrom', { number: from_number }) : undefined
  const names = writers.length > 0 ? writers.map((p) => p.name).join(', ') : by.name
  return (
    <button type="button" className={classes.version} aria-current={isShown || undefined} onClick={onShow}>
      <span className={classes.number}>
        {label || t('versions.number', { number })}
        {isToApprove && <ToneBadge tone="amber">{t('versions.current')}</ToneBadge>}
        {approved_at && !published_at && <ToneBadge tone="green">{t('versions.approved')}</ToneBadge>}
        {published_at && <ToneBadge tone="green">{t('versions.published')}</ToneBadge>}
      </span>
      <span className={classes.detail}>
        <time dateTime={created_at} title={formatDateTime(created_at)}>
          {clock.format(new Date(created_at))}
        </time>
        {label && ` · ${t('versions.number', { number })}`} · {why ?? t(`versions.reason.${reason}`)} · {names}
      </span>
    </button>
  )
}
