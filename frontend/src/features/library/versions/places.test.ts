import { expect, test } from 'vitest'
import { changedPlaces } from './places'

const line = (text: string, y = 1000) => ({ x: 1000, y, w: 5000, h: 400, text })

test('changed words are marked where they are, neighbours together', () => {
  const { before, after } = changedPlaces([line('cost 40 euro')], [line('cost 44 euro')])
  expect(before).toHaveLength(1)
  expect(before[0]?.x).toBeCloseTo(10 + (50 * 5) / 12)
  expect(before[0]?.w).toBeCloseTo((50 * 2) / 12)
  expect(after).toHaveLength(1)
  expect(changedPlaces([line('a b')], [line('a x y z b')]).after).toHaveLength(1)
  expect(changedPlaces([], [line('a'), line('b', 2000)]).after.map((b) => b.y)).toEqual([10, 20])
})

test('words that only moved to the next line are the same', () => {
  const { before, after } = changedPlaces(
    [line('one two'), line('three', 2000)],
    [line('one'), line('two three', 2000)],
  )
  expect([before, after]).toEqual([[], []])
})

test('words from top to bottom are marked along the line', () => {
  const down = { x: 9000, y: 2000, w: 200, h: 6000, text: 'old side' }
  const { before } = changedPlaces([down], [{ ...down, text: 'new side' }])
  expect(before[0]).toMatchObject({ x: 90, y: 20, w: 2 })
  expect(before[0]?.h).toBeCloseTo((60 * 3) / 8)
})
