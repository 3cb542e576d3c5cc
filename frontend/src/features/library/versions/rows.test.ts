import { expect, test } from 'vitest'
import type { PageComparison } from '@/shared/api/generated/types.gen'
import { rowsOf } from './rows'

const page = (change: PageComparison['change'], number: number): PageComparison => ({
  change,
  words_changed: change === 'changed',
  picture_changed: false,
  before: change === 'inserted' ? undefined : { page: number, width: 1, height: 1, text: '' },
  after: change === 'removed' ? undefined : { page: number, width: 1, height: 1, text: '' },
})

test('pages that are the same are one line each run, or all shown', () => {
  const pages = [
    page('same', 1),
    page('same', 2),
    page('changed', 3),
    page('removed', 4),
    page('same', 4),
    page('inserted', 5),
  ]
  const said = (all: boolean) =>
    rowsOf(pages, all).map((r) => (r.kind === 'run' ? `${r.from}-${r.to}` : `${r.page.change} ${r.at}`))
  expect(said(false)).toEqual(['1-2', 'changed 2', 'removed 3', '4-4', 'inserted 5'])
  expect(said(true)).toHaveLength(6)
})
