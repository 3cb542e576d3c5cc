import { Kbd } from '@mantine/core'
import { IconMessage } from '@tabler/icons-react'
import { type Editor, useEditorState } from '@tiptap/react'
import { useTranslation } from 'react-i18next'
import type { Draft, Thread } from '@/shared/api/generated/types.gen'
import { EmptyState, ErrorState, SkeletonList } from '@/shared/ui/States'
import { anchorsOf } from './anchors'
import { ThreadCard } from './ThreadCard'
import classes from './Threads.module.css'
import type { ShownThreads } from './useShownThreads'
import type { ThreadView } from './useThreadView'

interface ThreadListProps {
  draft: Draft
  editor: Editor | undefined
  view: ThreadView
  shown: ShownThreads
}

/** Where the words of each thread are now: their order, and which are gone; changes only when that does. */
function useOrder(editor: Editor | undefined) {
  return useEditorState({
    editor: editor ?? null,
    selector: ({ editor: now }) => {
      const all = now ? [...anchorsOf(now.state).threads] : []
      const there = all.flatMap(([id, range]) => (range ? [{ id, from: range.from }] : []))
      return {
        order: there.toSorted((a, b) => a.from - b.from).map(({ id }) => id),
        gone: all.flatMap(([id, range]) => (range ? [] : [id])),
      }
    },
    equalityFn: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  })
}

/** What was resolved last stands first. */
const byResolved = (a: Thread, b: Thread) => (b.resolved_at ?? '').localeCompare(a.resolved_at ?? '')

export function ThreadList({ draft, editor, view, shown }: ThreadListProps) {
  const { t } = useTranslation('threads')
  const now = useOrder(editor)
  const { list, state } = shown
  if (list.isPending) return <SkeletonList rows={3} height={84} />
  if (list.isError && !list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const items = list.data?.items ?? []
  const isGone = (thread: Thread) => !thread.anchor || Boolean(now?.gone.includes(thread.id))
  const at = (thread: Thread) => now?.order.indexOf(thread.id) ?? -1
  const attached =
    state === 'open' ? items.filter((x) => !isGone(x)).toSorted((a, b) => at(a) - at(b)) : items.toSorted(byResolved)
  const gone = state === 'open' ? items.filter(isGone) : []
  const card = (thread: Thread) => (
    <ThreadCard key={thread.id} draft={draft} thread={thread} editor={editor} view={view} isGone={isGone(thread)} />
  )
  if (items.length === 0 && !view.begun) return <Nothing state={state} isMissing={shown.isMissing} />
  return (
    <div className={classes.scroll} data-threads-scroll>
      {shown.isMissing && <p className={classes.note}>{t('missing')}</p>}
      {attached.length > 0 && <ul className={classes.list}>{attached.map(card)}</ul>}
      {gone.length > 0 && (
        <>
          <h3 className={classes.goneTitle}>{t('gone.title')}</h3>
          <p className={classes.note}>{t('gone.body')}</p>
          <ul className={classes.list}>{gone.map(card)}</ul>
        </>
      )}
    </div>
  )
}

/** How to begin. */
function Nothing({ state, isMissing }: { state: 'open' | 'resolved'; isMissing: boolean }) {
  const { t } = useTranslation('threads')
  if (isMissing) return <EmptyState icon={<IconMessage size={28} stroke={1.5} />} title={t('missing')} />
  if (state === 'resolved')
    return <EmptyState icon={<IconMessage size={28} stroke={1.5} />} title={t('noneResolved')} />
  return (
    <EmptyState icon={<IconMessage size={28} stroke={1.5} />} title={t('empty')}>
      {t('emptyHint')}
      <span className={classes.keys}>
        <Kbd>{t('emptyKeys')}</Kbd>
      </span>
    </EmptyState>
  )
}
