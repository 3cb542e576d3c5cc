import { beforeEach, expect, test } from 'vitest'
import { forgetVisits } from '@/shared/lib/recent'
import { forgetSearch, forgetSearches, noteSearch, recentSearches } from './recentSearches'

beforeEach(() => localStorage.clear())

test('the newest stands first, each once, a few of them, and everybody has their own', () => {
  for (let i = 0; i < 12; i++) noteSearch('a', `search ${i}`)
  noteSearch('a', 'SEARCH 9')
  noteSearch('b', 'of somebody else')
  expect(recentSearches('a')).toHaveLength(8)
  expect(recentSearches('a').slice(0, 3)).toEqual(['SEARCH 9', 'search 11', 'search 10'])
  expect(recentSearches('b')).toEqual(['of somebody else'])
})

test('one is removed, all are, and signing out forgets everybody’s', () => {
  noteSearch('a', 'one')
  noteSearch('a', 'two')
  noteSearch('b', 'three')
  expect(forgetSearch('a', 'Two')).toEqual(['one'])
  forgetSearches('a')
  expect(recentSearches('a')).toEqual([])
  expect(recentSearches('b')).toEqual(['three'])
  forgetVisits()
  expect(recentSearches('b')).toEqual([])
})

test('what somebody else has written into the storage does no harm', () => {
  localStorage.setItem('byline-recent:searches:a', '{"x":1}')
  expect(recentSearches('a')).toEqual([])
  localStorage.setItem('byline-recent:searches:a', '[1,"",null,"ok"]')
  expect(recentSearches('a')).toEqual(['ok'])
  localStorage.setItem('byline-recent:searches:a', 'no')
  expect(recentSearches('a')).toEqual([])
})
