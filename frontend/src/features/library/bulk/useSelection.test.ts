import { expect, test } from 'vitest'
import { between } from './useSelection'

test('a range goes both ways, and without a beginning it is the one that is pressed', () => {
  const ids = ['a', 'b', 'c', 'd']
  expect(between(ids, 'b', 'd')).toEqual(['b', 'c', 'd'])
  expect(between(ids, 'd', 'b')).toEqual(['b', 'c', 'd'])
  expect(between(ids, undefined, 'c')).toEqual(['c'])
  expect(between(ids, 'gone', 'c')).toEqual(['c'])
})
