import { expect, test } from 'vitest'
import type { Asset } from '@/shared/api/generated/types.gen'
import { clockOf } from '@/shared/lib/format'
import { cueAt, languageOf, mediaOf, startOf, webvttOf } from './captions'

const file = (name: string, viewer: Asset['viewer']) => ({ id: name, name, viewer }) as Asset

test('captions go with the film that they are named after, or with the only one', () => {
  const two = mediaOf([
    file('talk.mp4', 'video'),
    file('talk-two.mp4', 'video'),
    file('talk.en.vtt', 'captions'),
    file('Talk-two.de.vtt', 'captions'),
    file('talk_chapters.vtt', 'captions'),
    file('deck.pdf', 'pages'),
  ])
  expect(two.map((m) => [m.asset.name, m.captions.map((c) => c.name), m.chapters?.name])).toEqual([
    ['talk.mp4', ['talk.en.vtt'], 'talk_chapters.vtt'],
    ['talk-two.mp4', ['Talk-two.de.vtt'], undefined],
  ])
  const one = mediaOf([file('flower.mp4', 'video'), file('other.vtt', 'captions')])
  expect(one[0]?.captions.map((c) => c.name)).toEqual(['other.vtt'])
})

test('times and languages are read and written as people and players know them', () => {
  expect([clockOf(0), clockOf(83.9), clockOf(725), clockOf(3723)]).toEqual(['0:00', '1:23', '12:05', '1:02:03'])
  expect([languageOf('talk.en.vtt'), languageOf('talk.pt-BR.srt'), languageOf('talk.vtt')]).toEqual([
    'en',
    'pt-BR',
    undefined,
  ])
  const cues = [
    { start_ms: 1500, end_ms: 3000, text: 'a <b>\n\nc' },
    { start_ms: 3_600_000, end_ms: 3_601_001, text: 'd' },
  ]
  expect(webvttOf(cues)).toBe(
    'WEBVTT\n\n00:00:01.500 --> 00:00:03.000\na &lt;b&gt;\nc\n\n01:00:00.000 --> 01:00:01.001\nd\n',
  )
  expect([cueAt(cues, 0), cueAt(cues, 1.5), cueAt(cues, 9999)]).toEqual([-1, 0, 1])
})

test('a link opens where its word is said, within the passage', () => {
  const cues = [
    { start_ms: 23_400, end_ms: 26_000, text: 'The trailer' },
    { start_ms: 26_000, end_ms: 30_000, text: 'was a walrus' },
    { start_ms: 90_000, end_ms: 91_000, text: 'an octopus' },
  ]
  expect(startOf(23, undefined, true, cues)).toBe(23)
  expect(startOf(23, 'walrus', true, undefined)).toBeUndefined()
  expect(startOf(23, 'walrus', true, cues)).toBe(26)
  expect(startOf(23, 'octopus', true, cues)).toBe(23) // not here
  expect(startOf(23, 'walrus', false, undefined)).toBe(23)
})
