import { expect, test } from 'vitest'
import { linkAt, recipientsOf } from './recent'

test('the last people once each, newest first', () => {
  const of = (recipient: string, organisation = '') => ({ recipient, organisation, email: '' })
  const shares = [
    of('Ines', 'Nordwind'),
    of('ines', 'nordwind'),
    of('Ines', 'Halden'),
    of('Peter'),
    of('INES'),
    of('Maja'),
    of('Tom'),
  ]
  expect(recipientsOf(shares).map((k) => `${k.recipient} ${k.organisation}`.trim())).toEqual([
    'Ines Nordwind',
    'Ines Halden',
    'Peter',
    'Maja',
  ])
})

test('a link opens at the slide that was found', () => {
  expect(linkAt('https://x.example/s/abc', { asset: 'f', page: 3 })).toBe('https://x.example/s/abc#p-f-3')
  expect(linkAt('https://x.example/s/abc')).toBe('https://x.example/s/abc')
})
