import { expect, test } from 'vitest'
import { flag, manyOf, oneOf, text } from './search'

test('what does not fit an address becomes undefined', () => {
  expect(text(42)).toBe('42')
  expect(text('')).toBeUndefined()
  expect(text({})).toBeUndefined()
  expect(oneOf('planned', ['new', 'planned'])).toBe('planned')
  expect(oneOf('other', ['new', 'planned'])).toBeUndefined()
  expect(manyOf(['new', 'x'], ['new', 'planned'])).toEqual(['new'])
  expect(manyOf('new', ['new'])).toEqual(['new'])
  expect(flag('true')).toBe(true)
  expect(flag('yes')).toBeUndefined()
})
