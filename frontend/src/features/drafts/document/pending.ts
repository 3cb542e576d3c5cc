import type { DocumentTransport } from './transport'

const open = new Map<string, DocumentTransport>()

/** Transports of open texts, so that "submit" waits for what was just typed. */
export const openDocuments = {
  add(draftId: string, transport: DocumentTransport): () => void {
    open.set(draftId, transport)
    return () => {
      if (open.get(draftId) === transport) open.delete(draftId)
    }
  },
  /** False when the server does not have the whole text. */
  async flush(draftId: string): Promise<boolean> {
    return (await open.get(draftId)?.flush()) ?? true
  },
}
