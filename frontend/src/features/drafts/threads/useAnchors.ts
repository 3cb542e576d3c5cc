import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { useEffect, useRef } from 'react'
import { invalidate } from '@/shared/api/invalidate'
import type { DocumentTransport } from '../document/transport'
import { anchorsOf, changeAnchors, findWords, mapRange, type Range, wordsOf } from './anchors'
import { threadsOptions } from './api'
import { showWords } from './toText'
import type { Begun } from './unsent'
import type { ThreadView } from './useThreadView'

/** The server finds text that is gone by its words, so it is asked again: soon when it vanished here just now. */
const lookAgainAfter = { vanished: 1500, detached: 6000 }

/** Keeps the comments of a draft at their words in the editor on the screen. */
export function useAnchors(editor: Editor | null, transport: DocumentTransport, draftId: string, view: ThreadView) {
  usePlaces(editor, transport, draftId)
  useBegun(editor, view)
  const { active, activate } = view
  const pick = useRef(activate)
  pick.current = activate
  useEffect(() => {
    if (editor) editor.storage.threads.onPick = (id) => pick.current(id, 'text')
  }, [editor])
  useEffect(() => {
    if (editor) editor.view.dispatch(changeAnchors(editor.state, { active }))
  }, [editor, active])
  useShowing(editor, view)
}

/** Goes to the words of the active thread, once they are marked, unless they were clicked. */
function useShowing(editor: Editor | null, { active, takeFrom }: ThreadView) {
  useEffect(() => {
    if (!editor || !active) return
    const isMarked = () => Boolean(anchorsOf(editor.state).threads.get(active))
    const show = () => {
      if (!isMarked()) return
      editor.off('transaction', show)
      const from = takeFrom('text')
      if (from && from !== 'text') requestAnimationFrame(() => !editor.isDestroyed && showWords(editor, active))
    }
    editor.on('transaction', show)
    show()
    return () => {
      editor.off('transaction', show)
    }
  }, [editor, active, takeFrom])
}

/** Where the server has the threads, brought to the text as it is here. */
function usePlaces(editor: Editor | null, transport: DocumentTransport, draftId: string) {
  const queryClient = useQueryClient()
  const { data, dataUpdatedAt } = useQuery(threadsOptions(draftId, 'open'))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same answer, asked for again, is placed again
  useEffect(() => {
    if (!editor || !data) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const lookAgain = (after: number) => {
      timer ??= setTimeout(() => void invalidate(queryClient, 'listThreads'), after)
    }
    let isPlaced = false
    const place = () => {
      if (editor.isDestroyed) return
      const mapping = transport.mappingFrom(data.version)
      if (mapping === 'later') return
      isPlaced = true
      if (mapping === 'lost') return lookAgain(lookAgainAfter.vanished)
      const threads = new Map<string, Range | null>()
      for (const { id, anchor } of data.items) threads.set(id, mapRange(anchor, mapping))
      editor.view.dispatch(changeAnchors(editor.state, { threads }))
    }
    place()
    const stop = transport.commits.subscribe(() => {
      if (!isPlaced) place()
      const { threads } = anchorsOf(editor.state)
      const missing = data.items.filter(({ id }) => threads.get(id) === null)
      if (missing.some(({ anchor }) => anchor)) lookAgain(lookAgainAfter.vanished)
      else if (missing.length > 0) lookAgain(lookAgainAfter.detached)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [editor, transport, data, dataUpdatedAt, queryClient])
}

/** What a comment that is being written is about; one from before this editor came is looked for by its words. */
function useBegun(editor: Editor | null, { begun }: ThreadView) {
  const latest = useRef(begun)
  latest.current = begun
  const isWriting = begun !== undefined
  useEffect(() => {
    if (!editor) return
    const kept = latest.current
    const { started } = anchorsOf(editor.state)
    if (isWriting === (started !== undefined)) return
    editor.view.dispatch(changeAnchors(editor.state, { started: kept && placeOf(kept, editor.state.doc) }))
  }, [editor, isWriting])
}

function placeOf({ at, quote }: Begun, doc: Node): Range | null {
  if (at && at.to <= doc.content.size && wordsOf(doc, at) === quote) return at
  return findWords(doc, quote) ?? null
}
