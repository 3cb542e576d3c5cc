import { expect, test } from 'vitest'
import { placeOf } from './words'

const half = (text: string) => text.length * 50

test('words cover what one sees, on a page of every size', () => {
  // 20 letters that are 10 px high are 100 px wide by nature, and 80 px here
  const place = placeOf({ x: 1000, y: 5000, w: 1000, h: 100, t: 'x'.repeat(20) }, 800, 1000, half)
  expect(place).toEqual({ left: '10.000%', top: '50.00%', fontSize: '1.250cqw', transform: 'scaleX(0.800)' })
})

test('words that run down the page are turned', () => {
  const place = placeOf({ x: 9000, y: 1000, w: 100, h: 4000, t: 'Confidential' }, 1000, 1000, half)
  expect(place.left).toBe('91.000%')
  expect(place.transform).toBe('rotate(90deg) scaleX(6.667)')
})

test('a hair of a line has a size that can be pointed at, and none that divides by nothing', () => {
  const place = placeOf({ x: 0, y: 0, w: 0, h: 0, t: '' }, 1000, 1000, half)
  expect(place).toMatchObject({ fontSize: '0.040cqw', transform: 'scaleX(1.000)' })
})
