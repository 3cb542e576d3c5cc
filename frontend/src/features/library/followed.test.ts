import { expect, test } from 'vitest'
import type { ResourceVersion } from '@/shared/api/generated/types.gen'
import { followed } from './followed'

const version = (number: number, current: boolean, ...files: string[]) =>
  ({ number, current, files: files.map((asset_id) => ({ asset_id })) }) as ResourceVersion
const versions = [version(3, true, 'c', 'x'), version(2, false, 'b', 'x'), version(1, false, 'a')]

test('a link for an older version is told from one for this, or for none', () => {
  expect(followed(versions, 2)).toBe(2)
  expect(followed(versions, 3)).toBeUndefined()
  expect(followed(versions, 9)).toBeUndefined()
  expect(followed(versions)).toBeUndefined()
  expect(followed(versions, undefined, 'a')).toBe(1)
  expect(followed(versions, undefined, 'x')).toBeUndefined()
  expect(followed(versions, undefined, 'unknown')).toBeUndefined()
  expect(followed(versions, 3, 'a')).toBeUndefined()
})
