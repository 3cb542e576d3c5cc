import { ActionIcon, Button } from '@mantine/core'
import { IconArchive, IconDots } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getChecklistOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { ApprovalStatus, Draft } from '@/shared/api/generated/types.gen'
import { ActionMenu } from '@/shared/ui/ActionMenu'
import { LinkButton } from '@/shared/ui/links'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import type { Action } from '../stages'
import { useDraftActions } from '../useDraftActions'
import { ApprovalList } from './ApprovalList'
import { AskedList, Coming, listOf } from './AskedList'
import classes from './Rail.module.css'
import { type Side, useApproval } from './useApproval'

const order: Action[] = [
  'approve',
  'start',
  'submit',
  'publish',
  'resubmit',
  'revise',
  'unarchive',
  'request_changes',
  'reopen',
]

/** Where the piece stands, who is next, and what can be done now. */
export function StatePanel({ draft }: { draft: Draft }) {
  const { t } = useTranslation('drafts')
  const actions = useDraftActions()
  const approval = useApproval(draft)
  const { current, isChanged } = approval
  const possible = order.filter((action) => {
    if (!draft.allowed.includes(action)) return false
    // what was changed has to be submitted first; what was not needs no second time
    if (action === 'approve') return !isChanged
    return action !== 'resubmit' || isChanged || draft.approval.given === 0
  })
  const run = (action: Action) => void actions.run(draft, action)
  const labelOf = (action: Action) => {
    if (action === 'approve' && current) return t('action.approveVersion', { number: current.number })
    // a brief that was changed cannot be told from here, so it stays possible
    if (action === 'resubmit' && !isChanged) return t('action.resubmitAsIs')
    return t(`action.${action}`)
  }
  const isBusy = actions.busyId !== undefined
  return (
    <section className={classes.card} aria-label={t('rail.label')}>
      <p className={classes.next}>
        <NextWords
          draft={draft}
          waiting={approval.bySide.filter((s) => !s.yes).map((s) => s.side)}
          number={current?.number}
          status={approval.status}
        />{' '}
        <span className={classes.since}>
          {t('rail.since')}{' '}
          <TimeAgo when={draft.state === 'in_review' && current ? current.created_at : draft.state_changed_at} />
        </span>
      </p>
      {isChanged && current && <p className={classes.note}>{t('rail.changed', { number: current.number })}</p>}
      {(draft.state === 'writing' || draft.state === 'approved') && <OpenItems draftId={draft.id} />}
      {(draft.state === 'in_review' || draft.state === 'approved') &&
        (draft.approval.mode === 'both_sides' ? (
          <ApprovalList {...approval} />
        ) : (
          approval.status && <AskedList status={approval.status} />
        ))}
      {draft.state === 'writing' && approval.status && <Coming status={approval.status} />}
      {draft.resource_id && draft.state === 'published' && (
        <LinkButton
          to="/library/$resourceId"
          params={{ resourceId: draft.resource_id }}
          variant="light"
          fullWidth
          mt="sm"
        >
          {t('rail.resource')}
        </LinkButton>
      )}
      <div className={classes.buttons}>
        {possible.map((action, i) => (
          <Button
            key={action}
            className={classes.button}
            variant={i === 0 ? 'filled' : 'default'}
            onClick={() => run(action)}
            loading={isBusy && i === 0}
            disabled={isBusy}
          >
            {labelOf(action)}
          </Button>
        ))}
        {draft.allowed.includes('archive') && (
          <ActionMenu
            position="bottom-end"
            target={
              <ActionIcon size={36} variant="default" aria-label={t('rail.more')} className={classes.more}>
                <IconDots size={17} />
              </ActionIcon>
            }
            actions={[
              {
                key: 'archive',
                label: t('action.archive'),
                icon: <IconArchive size={16} />,
                onClick: () => run('archive'),
              },
            ]}
          />
        )}
      </div>
      {actions.dialog}
    </section>
  )
}

/** A reminder before the draft goes on. */
function OpenItems({ draftId }: { draftId: string }) {
  const { t } = useTranslation('drafts')
  const { data } = useQuery(getChecklistOptions({ path: { id: draftId } }))
  const count = data?.items.filter((item) => !item.done_at).length ?? 0
  return count > 0 ? <p className={classes.note}>{t('checklist.open', { count })}</p> : null
}

interface NextWordsProps {
  draft: Draft
  waiting: Side[]
  number: number | undefined
  status: ApprovalStatus | undefined
}

function NextWords({ draft, waiting, number, status }: NextWordsProps) {
  const { t } = useTranslation('drafts')
  const { t: tc } = useTranslation()
  const { mode, given, needed } = draft.approval
  if (mode !== 'both_sides' && draft.state === 'approved') return t('asked.all', { count: given })
  if (mode === 'named' && draft.state === 'in_review' && status) {
    return t('asked.waitsNamed', { names: listOf(status.people.filter((p) => p.waits).map((p) => p.person.name)) })
  }
  if (mode !== 'both_sides' && draft.state === 'in_review') return t('asked.waitsCount', { count: needed - given })
  if (draft.state !== 'in_review') return t(`rail.next.${draft.state}`, { name: draft.writer.name, number })
  const names = waiting.map((side) => tc(`side.${side}`))
  const [first = '', second] = names
  return t('rail.waits', { sides: second ? t('rail.sides', { first, second }) : first })
}
