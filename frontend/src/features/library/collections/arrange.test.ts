import { expect, test } from 'vitest'
import type { CollectionSection } from '@/shared/api/generated/types.gen'
import { merged, placed, stepped, without } from './arrange'

const of = (...lists: string[]) =>
  lists.map((ids, i) => ({ title: i ? `S${i}` : '', resources: [...ids].map((id) => ({ id })) })) as CollectionSection[]
const read = (sections: CollectionSection[]) => sections.map((s) => s.resources.map((r) => r.id).join(''))

test('a resource is put before what it is dropped on, in its own section and in another', () => {
  expect(read(placed(of('abc'), 'a', { section: 0, index: 2 }))).toEqual(['bac'])
  expect(read(placed(of('abc'), 'c', { section: 0, index: 0 }))).toEqual(['cab'])
  expect(read(placed(of('abc'), 'b', { section: 0, index: 3 }))).toEqual(['acb'])
  expect(read(placed(of('abc'), 'b', { section: 0, index: 1 }))).toEqual(['abc'])
  expect(read(placed(of('ab', 'cd'), 'a', { section: 1, index: 1 }))).toEqual(['b', 'cad'])
  expect(read(placed(of('ab'), 'x', { section: 0, index: 0 }))).toEqual(['ab'])
  expect(read(placed(of('ab'), 'a', { section: 7, index: 0 }))).toEqual(['ab'])
})

test('steps go over the edges of sections and stop at the ends', () => {
  expect(read(stepped(of('ab', 'c'), 'a', 1))).toEqual(['ba', 'c'])
  expect(read(stepped(of('ab', 'c'), 'b', 1))).toEqual(['a', 'bc'])
  expect(read(stepped(of('ab', 'c'), 'c', -1))).toEqual(['abc', ''])
  expect(read(stepped(of('ab', 'c'), 'a', -1))).toEqual(['ab', 'c'])
  expect(read(stepped(of('ab', 'c'), 'c', 1))).toEqual(['ab', 'c'])
})

test('taking out and taking a heading away keep the rest', () => {
  expect(read(without(of('ab', 'c'), 'a'))).toEqual(['b', 'c'])
  expect(read(merged(of('ab', 'cd', 'e'), 1))).toEqual(['abcd', 'e'])
  expect(read(merged(of('ab'), 0))).toEqual(['ab'])
})
