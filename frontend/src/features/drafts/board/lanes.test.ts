import { expect, test } from 'vitest'
import type { Draft } from '@/shared/api/generated/types.gen'
import { lanesOf } from './lanes'

const draft = (id: string, writer: string, type: string, ideas: string[] = []) =>
  ({
    id,
    writer: { id: writer, name: writer, side: 'marketing', picture_url: '' },
    content_type: type,
    ideas,
  }) as unknown as Draft

const all = [draft('1', 'Tom', 'deck', ['i', 'j']), draft('2', 'Nora', 'video'), draft('3', 'Tom', 'video', ['j'])]
const keysOf = (kind: 'person' | 'type' | 'idea') =>
  lanesOf(all, kind, ({ key }) => key).map(([lane, ids]) => [lane.key, [...ids]])

test('every piece stands in one lane, and what belongs nowhere in the last', () => {
  expect(keysOf('person')).toEqual([
    ['Nora', ['2']],
    ['Tom', ['1', '3']],
  ])
  expect(keysOf('type')).toEqual([
    ['deck', ['1']],
    ['video', ['2', '3']],
  ])
  expect(keysOf('idea')).toEqual([
    ['i', ['1']],
    ['j', ['3']],
    ['', ['2']],
  ])
})
