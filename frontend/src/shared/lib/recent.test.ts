import { beforeEach, expect, test } from 'vitest'
import { forgetVisits, noteVisit, recentVisits } from './recent'

beforeEach(() => localStorage.clear())

test('things are remembered per person, the last one first, each once', () => {
  noteVisit('a', { path: '/library/1', title: 'Pumps' })
  noteVisit('a', { path: '/ideas/2', title: 'Valves' })
  noteVisit('a', { path: '/library/1', title: 'Pumps, renamed' })
  noteVisit('a', { path: '/settings', title: 'Settings' })
  noteVisit('a', { path: '/library', title: 'Library' })
  expect(recentVisits('a')).toEqual([
    { path: '/library/1', title: 'Pumps, renamed' },
    { path: '/ideas/2', title: 'Valves' },
  ])
  expect(recentVisits('b')).toEqual([])
})

test('only a few are kept, none after signing out, and broken storage is no trouble', () => {
  for (let i = 0; i < 20; i++) noteVisit('a', { path: `/library/${i}`, title: `${i}` })
  expect(recentVisits('a')).toHaveLength(8)
  forgetVisits()
  expect(recentVisits('a')).toEqual([])
  localStorage.setItem('byline-recent:a', '{"path"')
  expect(recentVisits('a')).toEqual([])
  localStorage.setItem('byline-recent:a', '[{"path":"javascript:alert(1)","title":"x"},7]')
  expect(recentVisits('a')).toEqual([])
})
