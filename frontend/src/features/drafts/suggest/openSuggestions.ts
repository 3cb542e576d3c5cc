import { getDocument } from '@/shared/api/generated/sdk.gen'
import type { DocJson } from '../document/transport'

/** How many suggestions a text has that the server holds. */
export async function openSuggestions(draftId: string): Promise<number> {
  const { data } = await getDocument({ path: { id: draftId } })
  const seen = new Set<string>()
  const look = (node: DocJson) => {
    for (const mark of node.marks ?? []) {
      if (mark.type === 'insertion' || mark.type === 'deletion') seen.add(`${mark.attrs?.by} ${mark.attrs?.id}`)
    }
    node.content?.forEach(look)
  }
  look(data.doc as DocJson)
  return seen.size
}
