import { Checkbox } from '@mantine/core'
import { IconDownloadOff, IconLock, IconMailCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Share } from '@/shared/api/generated/types.gen'
import { formatDate, timeAgo } from '@/shared/lib/format'
import classes from './Shares.module.css'
import { StateOf } from './StateOf'
import { timeOf } from './time'

interface ShareRowProps {
  share: Share
  /** Shows whose it is; one's own need no names. */
  withOwner: boolean
  isChosen: boolean
  onChoose: (isChosen: boolean) => void
}

/** For whom, what, and whether they looked. */
export function ShareRow({ share, withOwner, isChosen, onChoose }: ShareRowProps) {
  const { t } = useTranslation('shares')
  const [first, ...others] = share.resources
  const facts = [
    withOwner && t('by', { name: share.owner.name }),
    share.expires_at && t(share.state === 'expired' ? 'ended' : 'until', { date: formatDate(share.expires_at) }),
    share.visits > 0 && t('visits', { count: share.visits }),
    share.seconds > 0 && timeOf(share.seconds),
  ].filter(Boolean)
  return (
    <div className={classes.row} data-chosen={isChosen || undefined}>
      <span className={classes.check}>
        <Checkbox
          aria-label={t('select', { name: share.recipient })}
          checked={isChosen}
          onChange={(e) => onChoose(e.currentTarget.checked)}
        />
      </span>
      <Link to="/shares/$shareId" params={{ shareId: share.id }} className={classes.words}>
        <span className={classes.who}>
          {share.recipient}
          {share.organisation && <span className={classes.org}>{share.organisation}</span>}
          {share.email_gate && <IconMailCheck size={14} stroke={1.8} aria-label={t('page.withCode')} role="img" />}
          {share.has_passcode && <IconLock size={14} stroke={1.8} aria-label={t('passcode')} role="img" />}
          {!share.downloads && <IconDownloadOff size={14} stroke={1.8} aria-label={t('page.noDownloads')} role="img" />}
        </span>
        <span className={classes.what}>
          {first?.title} {others.length > 0 && t('more', { count: others.length })}
        </span>
        <span className={classes.facts}>{facts.join(' · ')}</span>
      </Link>
      <span className={classes.end}>
        <StateOf state={share.state} />
        <span className={classes.facts}>
          {share.last_view_at ? t('last', { ago: timeAgo(share.last_view_at) }) : t('never')}
        </span>
      </span>
    </div>
  )
}
