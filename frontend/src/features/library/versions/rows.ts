import type { PageComparison } from '@/shared/api/generated/types.gen'

export type Row = { kind: 'page'; at: number; page: PageComparison } | { kind: 'run'; from: number; to: number }

/** What is listed: every page, or those that changed, with a line for the pages between them that are the same. */
export function rowsOf(pages: PageComparison[], all: boolean): Row[] {
  const rows: Row[] = []
  pages.forEach((page, at) => {
    if (all || page.change !== 'same') {
      rows.push({ kind: 'page', at, page })
      return
    }
    const number = page.after?.page ?? 0
    const last = rows.at(-1)
    if (last?.kind === 'run') last.to = number
    else rows.push({ kind: 'run', from: number, to: number })
  })
  return rows
}
