import { IconCheck, IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ApprovalStatus, AskedPerson } from '@/shared/api/generated/types.gen'
import { formatDate, timeAgo } from '@/shared/lib/format'
import classes from './Rail.module.css'

/** "Marta, Tom and Nora", as the language does it. */
export function listOf(names: string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names)
}

/** Everybody whose yes is needed, in the modes that name people: what they said, or since when it waits for them. */
export function AskedList({ status }: { status: ApprovalStatus }) {
  const { t } = useTranslation('drafts')
  const { people, mode, given, needed, since } = status
  return (
    <>
      {mode === 'n_of_m' && <p className={classes.sum}>{t('asked.sum', { given, needed })}</p>}
      <ul className={classes.approvals} aria-label={t('asked.label')}>
        {people.map((asked) => (
          <li key={asked.person.id} className={classes.approval} data-yes={Boolean(asked.approved_at) || undefined}>
            <span className={classes.approvalIcon} aria-hidden>
              {asked.approved_at ? <IconCheck size={15} stroke={2.4} /> : <IconClock size={15} />}
            </span>
            <div>
              {asked.approved_at ? (
                <span className={classes.words}>
                  {asked.approved_by
                    ? t('asked.approvedFor', {
                        by: asked.approved_by.name,
                        name: asked.person.name,
                        when: timeAgo(asked.approved_at),
                      })
                    : t('asked.approved', { name: asked.person.name, when: timeAgo(asked.approved_at) })}
                </span>
              ) : asked.waits ? (
                <WaitWords asked={asked} since={since} />
              ) : (
                <span className={classes.words}>
                  {asked.person.name}: {t('asked.notNeeded')}
                </span>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Since when it waits for somebody, and what was done about it. */
export function WaitWords({ asked, since }: { asked: AskedPerson; since: string | undefined }) {
  const { t } = useTranslation('drafts')
  const { person, reminded_at, escalated_at, escalated_to, away_until, delegate, left, instead } = asked
  if (left) {
    const names = listOf(instead.map((p) => p.name))
    return (
      <span className={classes.words}>
        {t(instead.length > 0 ? 'asked.left' : 'asked.leftAlone', { name: person.name, names })}
      </span>
    )
  }
  const facts = [
    away_until &&
      (delegate
        ? t('asked.awayTo', { when: formatDate(away_until), name: delegate.name })
        : t('asked.away', { when: formatDate(away_until) })),
    reminded_at && t('asked.reminded', { when: timeAgo(reminded_at) }),
    escalated_at &&
      t('asked.escalated', { names: listOf(escalated_to.map((p) => p.name)), when: timeAgo(escalated_at) }),
  ].filter(Boolean)
  return (
    <span className={classes.words}>
      {t('asked.waits', { name: person.name, since: since ? timeAgo(since) : '' })}
      {facts.length > 0 && `; ${facts.join('; ')}`}
    </span>
  )
}

/** Who will be asked, before it is submitted, where that is not simply both sides; and what is missing for it. */
export function Coming({ status }: { status: ApprovalStatus }) {
  const { t } = useTranslation('drafts')
  if (status.problem) return <p className={classes.note}>{status.problem}</p>
  if (status.mode === 'both_sides' || status.people.length === 0) return null
  const names = listOf(status.people.map((p) => p.person.name))
  return (
    <p className={classes.sum}>
      {status.mode === 'named'
        ? t('asked.coming', { names })
        : t('asked.comingCount', { names, needed: status.needed })}
    </p>
  )
}
