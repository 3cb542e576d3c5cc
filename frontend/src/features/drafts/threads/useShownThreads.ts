import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { threadsOptions } from './api'
import type { ThreadView } from './useThreadView'

/** Which threads are listed; a link to one that is resolved shows those. */
export function useShownThreads(draftId: string, { active }: ThreadView) {
  const [state, setState] = useState<'open' | 'resolved'>('open')
  const open = useQuery(threadsOptions(draftId, 'open'))
  const isOpen = open.data?.items.some(({ id }) => id === active)
  const isElsewhere = Boolean(active) && isOpen === false
  const resolved = useQuery({ ...threadsOptions(draftId, 'resolved'), enabled: state === 'resolved' || isElsewhere })
  const isResolved = resolved.data?.items.some(({ id }) => id === active)
  // follows the thread that is looked at; apart from that the reader's choice stands
  useEffect(() => {
    if (!active) return
    if (isOpen) setState('open')
    else if (isResolved) setState('resolved')
  }, [active, isOpen, isResolved])
  const isMissing = isElsewhere && isResolved === false
  return { state, setState, list: state === 'open' ? open : resolved, open: open.data?.items.length, isMissing }
}
export type ShownThreads = ReturnType<typeof useShownThreads>
