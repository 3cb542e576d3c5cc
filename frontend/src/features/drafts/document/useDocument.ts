import { useEffect, useState } from 'react'
import { useMe } from '@/shared/session/session'
import { openDocuments } from './pending'
import type { DocumentTransport } from './transport'

export interface OpenDocument {
  /** Once there is a text. */
  transport?: DocumentTransport
  error?: unknown
  /** Text from an earlier visit, that the server did not have, was found on this device. */
  isKept: boolean
  retry: () => void
}

/** Opens the text of a draft for as long as its page is open. Here the transport is chosen. */
export function useDocument(draftId: string): OpenDocument {
  const me = useMe()
  const [state, setState] = useState<Omit<OpenDocument, 'retry'>>({ isKept: false })
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: attempt opens it again
  useEffect(() => {
    let isGone = false
    let leave = () => {}
    const open = async () => {
      const { LiveDocument } = await import('./LiveDocument')
      if (isGone) return
      const transport = new LiveDocument(draftId, me.id)
      const remove = openDocuments.add(draftId, transport)
      leave = () => {
        remove()
        transport.close()
      }
      const { isKept } = await transport.load()
      if (!isGone) setState({ transport, isKept })
    }
    setState({ isKept: false })
    open().catch((error) => !isGone && setState({ error, isKept: false }))
    return () => {
      isGone = true
      leave()
    }
  }, [draftId, me.id, attempt])
  return { ...state, retry: () => setAttempt((n) => n + 1) }
}
