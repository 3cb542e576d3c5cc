import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getApprovalStatusOptions, listVersionsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Draft, DraftVersion } from '@/shared/api/generated/types.gen'
import { useMe } from '@/shared/session/session'
import { confirm } from '@/shared/ui/confirm'
import { toast } from '@/shared/ui/toast'
import { planOf, useApproveDraft, useCreateDraft, useMoveDraft } from './api'
import { openDocuments } from './document/pending'
import type { Action } from './stages'

const ChangesDialog = lazy(() => import('./ChangesDialog').then((m) => ({ default: m.ChangesDialog })))
const OpenSuggestionsDialog = lazy(() =>
  import('./suggest/OpenSuggestionsDialog').then((m) => ({ default: m.OpenSuggestionsDialog })),
)
const PublishDialog = lazy(() => import('./PublishDialog').then((m) => ({ default: m.PublishDialog })))

/** What comes with the approval or publication: the version that everybody talks about. */
function useVersionOf() {
  const queryClient = useQueryClient()
  return async (draft: Draft): Promise<DraftVersion | undefined> => {
    const options = listVersionsOptions({ path: { id: draft.id } })
    const { items } = await queryClient.fetchQuery({ ...options, staleTime: 0 })
    return items.find((version) => version.id === draft.current_version_id)
  }
}

type Asking =
  | { draft: Draft; action: 'submit' | 'resubmit'; count: number }
  | { draft: Draft; action: 'request_changes' }
  | { draft: Draft; action: 'publish'; version: DraftVersion }

/** Runs actions on drafts, with the questions that some of them ask. Draw `dialog` somewhere. */
export function useDraftActions() {
  const { t } = useTranslation('drafts')
  const { t: tc } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const move = useMoveDraft()
  const approve = useApproveDraft()
  const create = useCreateDraft()
  const versionOf = useVersionOf()
  const [asking, setAsking] = useState<Asking>()
  const [busyId, setBusyId] = useState<string>()

  const moved = (draft: Draft) =>
    toast.success(t('move.done', { title: draft.title, state: tc(`state.${draft.state}`) }))

  const handleApprove = async (draft: Draft) => {
    const version = await versionOf(draft)
    if (!version) return
    const { number, hash } = version
    const side = tc(`side.${me.side}`)
    const status = await queryClient.fetchQuery({
      ...getApprovalStatusOptions({ path: { id: draft.id } }),
      staleTime: 0,
    })
    const own = status.people.some((p) => p.person.id === me.id && p.waits)
    const away = own ? undefined : status.people.find((p) => p.delegate?.id === me.id && p.waits)
    const body = draft.approval.mode === 'both_sides' ? 'approve.body' : 'approve.bodyOwn'
    const isSure = await confirm({
      title: t('approve.title', { number }),
      body: `${t(body, { side, title: draft.title })}${away ? ` ${t('asked.forAway', { names: away.person.name })}` : ''}`,
      confirmLabel: t('approve.confirm', { number }),
    })
    if (!isSure) return
    const after = await approve.mutateAsync({ path: { id: draft.id }, body: { version_id: version.id, hash } })
    const other = me.side === 'sales' ? 'marketing' : 'sales'
    const { mode, given, needed } = after.approval
    if (after.state !== 'in_review') moved(after)
    else if (mode === 'both_sides') toast.success(t('move.approvedHalf', { side: tc(`side.${other}`) }))
    else toast.success(t('move.approvedSome', { given, needed }))
  }

  const handleMove = async (draft: Draft, action: Exclude<Action, 'approve' | 'revise'>) => {
    const after = await move.mutateAsync({ path: { id: draft.id }, body: { action } })
    if (action !== 'archive') return moved(after)
    const undo = () =>
      void move.mutateAsync({ path: { id: draft.id }, body: { action: 'unarchive' } }).catch(toast.error)
    toast.undo({ message: t('action.archived', { title: draft.title }), onUndo: undo })
  }

  /** The next draft of what was published: a piece of its own, that begins with the text and files of now. */
  const handleRevise = async (draft: Draft) => {
    const plan = planOf(draft)
    const brief = { ...plan.brief, due_on: undefined, publish_on: undefined }
    const next = await create.mutateAsync({ body: { ...plan, brief, resource_id: draft.resource_id } })
    await navigate({ to: '/drafts/$draftId', params: { draftId: next.id } })
  }

  const perform = async (draft: Draft, action: Action) => {
    // what was just typed belongs to what is submitted or asked about
    if (!(await openDocuments.flush(draft.id))) return toast.error(t('move.unsaved'))
    if (action === 'approve') return handleApprove(draft)
    if (action === 'revise') return handleRevise(draft)
    if (action === 'request_changes') return setAsking({ draft, action })
    if (action === 'publish') {
      const version = await versionOf(draft)
      if (version) setAsking({ draft, action, version })
      return
    }
    if (action === 'reopen') {
      const question = { title: t('reopen.title'), body: t('reopen.body'), confirmLabel: t('reopen.confirm') }
      if (!(await confirm(question))) return
    }
    if (action === 'submit' || action === 'resubmit') {
      const { openSuggestions } = await import('./suggest/openSuggestions')
      const count = await openSuggestions(draft.id)
      if (count > 0 && !draft.suggesters.includes(me.id)) return setAsking({ draft, action, count })
    }
    await handleMove(draft, action)
  }

  const run = async (draft: Draft, action: Action): Promise<void> => {
    if (busyId) return // a double click
    setBusyId(draft.id)
    try {
      await perform(draft, action)
    } catch (error) {
      toast.error(error)
    } finally {
      setBusyId(undefined)
    }
  }

  const close = () => setAsking(undefined)
  const dialog = (
    <Suspense>
      {asking?.action === 'request_changes' && <ChangesDialog draft={asking.draft} onClose={close} />}
      {(asking?.action === 'submit' || asking?.action === 'resubmit') && (
        <OpenSuggestionsDialog draft={asking.draft} action={asking.action} count={asking.count} onClose={close} />
      )}
      {asking?.action === 'publish' && <PublishDialog draft={asking.draft} version={asking.version} onClose={close} />}
    </Suspense>
  )
  return { run, dialog, busyId }
}
