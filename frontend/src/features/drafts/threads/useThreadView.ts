import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { invalidate } from '@/shared/api/invalidate'
import { useMe } from '@/shared/session/session'
import type { DocumentTransport } from '../document/transport'
import { draftRoute } from '../routes'
import { threadsOptions } from './api'
import { type Begun, keepBegun, readBegun } from './unsent'

/** What the page shows of comments in the text: beside it, and in it. */
export interface ThreadView {
  /** Whether they are shown beside the text. */
  isOpen: boolean
  setOpen: (isOpen: boolean) => void
  /** The thread that one looks at; it is in the address, so it can be linked to. */
  active: string | undefined
  /** Looks at a thread; who came from its words in the text stays there, who walks through the threads goes to its card. */
  activate: (id: string | undefined, from?: 'text' | 'keys') => void
  /** How the active thread was come to; taken by whatever follows it. */
  takeFrom: (part: 'text' | 'card') => 'text' | 'keys' | 'other' | undefined
  /** A comment that is being written. */
  begun: Begun | undefined
  setBegun: (begun: Begun | undefined) => void
}

/** What the page of a draft knows of the comments in its text. */
export function useThreadView(draftId: string, transport: DocumentTransport | undefined) {
  const me = useMe()
  const { thread: active } = draftRoute.useSearch()
  const navigate = useNavigate({ from: draftRoute.fullPath })
  const [begun, setBegun] = useState(() => readBegun(me.id, draftId))
  const [isOpen, setOpen] = useState(() => Boolean(active || (begun && matchMedia('(min-width: 62em)').matches)))
  const from = useRef<Partial<Record<'text' | 'card', 'text' | 'keys' | 'other'>>>({ text: 'other', card: 'other' })
  useEffect(() => keepBegun(me.id, draftId, begun), [me.id, draftId, begun])
  useEffect(() => {
    if (active) setOpen(true)
  }, [active])
  const { data } = useQuery(threadsOptions(draftId, 'open'))
  useNews(transport)
  const takeFrom = useCallback<ThreadView['takeFrom']>((part) => {
    const how = from.current[part]
    from.current[part] = undefined
    return how
  }, [])
  const view = useMemo<ThreadView>(() => {
    const activate: ThreadView['activate'] = (id, how) => {
      from.current = { text: how ?? 'other', card: how ?? 'other' }
      if (id) setOpen(true)
      void navigate({ search: (old) => ({ ...old, thread: id }), replace: true, resetScroll: false })
    }
    return {
      isOpen,
      setOpen: (next) => {
        setOpen(next)
        if (!next && active) activate(undefined)
      },
      active,
      activate,
      takeFrom,
      begun,
      setBegun,
    }
  }, [isOpen, active, begun, navigate, takeFrom])
  return { view, count: data?.items.length }
}

/** Comments of others come when the connection says so. */
function useNews(transport: DocumentTransport | undefined): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    if (!transport) return
    return transport.threadNews.subscribe(() => void invalidate(queryClient, 'listThreads'))
  }, [transport, queryClient])
}
