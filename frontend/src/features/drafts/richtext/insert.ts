import type { EditorView } from '@tiptap/pm/view'
import { toast } from '@/shared/ui/toast'

/** Whose files come into which text. */
export interface Place {
  draftId: string
  userId: string
}

/** Brings files into the text at a position. What uploads them is loaded then. */
export async function insertFiles(view: EditorView, files: File[], at: number, place: Place): Promise<void> {
  try {
    const uploading = await import('./uploading')
    uploading.insertFiles(view, files, at, place)
  } catch (error) {
    toast.error(error) // the code could not be loaded
  }
}
