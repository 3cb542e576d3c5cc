import './i18n'
import '../bulk/i18n'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CheckFinding } from '@/shared/api/generated/types.gen'
import { timeAgo } from '@/shared/lib/format'
import { isMarketer, useMe } from '@/shared/session/session'
import { useMend, useRevise } from './api'
import classes from './Checks.module.css'

const ReplaceFinding = lazy(() => import('./ReplaceFinding').then((m) => ({ default: m.ReplaceFinding })))
const MendForm = lazy(() => import('./MendForm').then((m) => ({ default: m.MendForm })))
const DismissForm = lazy(() => import('./DismissForm').then((m) => ({ default: m.DismissForm })))

interface FindingRowProps {
  finding: CheckFinding
  onDismiss: (reason: string) => void
}

/** One finding, and what mends it. */
export function FindingRow({ finding, onDismiss }: FindingRowProps) {
  const { t } = useTranslation('checks')
  const { t: tb } = useTranslation('bulk')
  const me = useMe()
  const [open, setOpen] = useState<'mend' | 'dismiss' | 'replace'>()
  const { mend, isPending } = useMend()
  const revise = useRevise()
  const { kind, resource_id: id, title, other_id: other, other_title: otherTitle } = finding
  const mayMend = isMarketer(me) || me.admin
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <Link to="/library/$resourceId" params={{ resourceId: id }} className={classes.title}>
          {title}
        </Link>
        <span className={classes.hint}>
          {other && (
            <>
              {t(`like.${kind === 'same_file' ? 'same_file' : 'near_text'}`)}{' '}
              <Link to="/library/$resourceId" params={{ resourceId: other }}>
                {otherTitle}
              </Link>{' '}
            </>
          )}
          {kind === 'dead_link' && (
            <>
              <span className={classes.address}>{finding.address}</span> {finding.note}{' '}
            </>
          )}
          {kind === 'no_owner' && (finding.owner ? t('left', { name: finding.owner.name }) : t('nobody'))}
          {kind === 'no_tags' && t('lacks', { facets: finding.missing.map((f) => tb(`field.${f}`)).join(', ') })}
          {' · '}
          {timeAgo(finding.found_at)}
        </span>
      </div>
      <div className={classes.actions}>
        {mayMend && other && (
          <Button size="compact-sm" variant="light" onClick={() => setOpen('replace')}>
            {t('replace')}
          </Button>
        )}
        {mayMend && kind === 'dead_link' && (
          <Button
            size="compact-sm"
            variant="light"
            loading={revise.isPending}
            onClick={() => revise.mutate({ path: { id } })}
          >
            {t('edit')}
          </Button>
        )}
        {mayMend && kind === 'no_owner' && (
          <Button
            size="compact-sm"
            variant="light"
            loading={isPending}
            onClick={() => mend(finding, { owner_id: me.id })}
          >
            {t('take')}
          </Button>
        )}
        {mayMend && (kind === 'no_owner' || kind === 'no_tags') && (
          <Button size="compact-sm" variant="light" onClick={() => setOpen('mend')}>
            {t(kind === 'no_owner' ? 'assign' : 'tag')}
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setOpen('dismiss')}>
          {t('dismiss')}
        </Button>
      </div>
      <Suspense>
        {open === 'mend' && (
          <MendForm
            finding={finding}
            isPending={isPending}
            onMend={(change) => mend(finding, change)}
            onClose={() => setOpen(undefined)}
          />
        )}
        {open === 'dismiss' && <DismissForm onDismiss={onDismiss} onClose={() => setOpen(undefined)} />}
        {open === 'replace' && other && (
          <ReplaceFinding id={id} next={{ id: other, title: otherTitle ?? '' }} onClose={() => setOpen(undefined)} />
        )}
      </Suspense>
    </li>
  )
}
