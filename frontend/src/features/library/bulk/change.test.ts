import { expect, test } from 'vitest'
import { changeOf, nothing } from './change'

test('what is left as it is is not named', () => {
  expect(changeOf(nothing, 'Europe/Berlin')).toBeUndefined()
  expect(changeOf({ ...nothing, owner: 'set' }, 'UTC')).toBeUndefined()
  expect(
    changeOf(
      {
        ...nothing,
        tags: [
          { key: 0, op: 'add', facet: 'tag', values: ['a'] },
          { key: 1, op: 'add', facet: 'tag', values: ['a', 'b'] },
          { key: 2, op: 'remove', facet: 'persona', values: ['CFO'] },
        ],
        review: 'clear',
        archived: 'no',
        expiry: 'set',
        expiresAt: '2027-01-01T09:00',
      },
      'Europe/Berlin',
    ),
  ).toEqual({
    add: { tags: ['a', 'b'] },
    remove: { personas: ['CFO'] },
    clear: ['review'],
    archived: false,
    expires_at: '2027-01-01T08:00:00.000Z',
    dates_zone: 'Europe/Berlin',
  })
})
