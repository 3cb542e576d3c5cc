import type { Editor } from '@tiptap/core'
import { createStore } from '@/shared/lib/store'

/** The editor of the draft whose text is on the screen: the import puts its text there. */
export const openEditor = createStore<{ draftId: string; editor: Editor } | undefined>(undefined)
