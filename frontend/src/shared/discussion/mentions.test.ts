import { expect, test } from 'vitest'
import { insertMention, mentionAt, splitMentions, stillNamed } from './mentions'

const nora = { id: '1', name: 'Nora Lind' }
const noraP = { id: '2', name: 'Nora Pelletier' }

test('an @ begins a name only at the start of a word', () => {
  expect(mentionAt('hello @No', 9)).toEqual({ start: 6, words: 'No' })
  expect(mentionAt('@', 1)).toEqual({ start: 0, words: '' })
  expect(mentionAt('(@Nora Li', 9)).toEqual({ start: 1, words: 'Nora Li' })
  expect(mentionAt('mail nora@example', 17)).toBeUndefined()
  expect(mentionAt('@Nora Lind is', 13)).toBeUndefined()
  expect(mentionAt('@Nora ', 6)).toBeUndefined()
  expect(mentionAt('@No more', 3)).toEqual({ start: 0, words: 'No' })
})

test('the picked name takes the place of what was typed', () => {
  expect(insertMention('ask @No', 7, 4, 'Nora Lind')).toEqual({ text: 'ask @Nora Lind ', caret: 15 })
  expect(insertMention('ask @No about it', 7, 4, 'Nora Lind')).toEqual({ text: 'ask @Nora Lind about it', caret: 15 })
})

test('who was picked but is not named any more is not told', () => {
  expect(stillNamed('@Nora Lind, look', [nora, noraP, nora])).toEqual([nora])
})

test('names in a text are found, the longest first', () => {
  expect(splitMentions('Thanks @Nora Pelletier and @Nora!', [nora, noraP])).toEqual([
    'Thanks ',
    { person: noraP, words: '@Nora Pelletier' },
    ' and ',
    { person: nora, words: '@Nora' },
    '!',
  ])
  expect(splitMentions('@Norah is somebody else', [nora])).toEqual(['@Norah is somebody else'])
  expect(splitMentions('@Nora', [])).toEqual(['@Nora'])
  expect(splitMentions('@A.B (x) yes', [{ id: '3', name: 'A.B (x)' }])).toEqual([
    { person: { id: '3', name: 'A.B (x)' }, words: '@A.B (x)' },
    ' yes',
  ])
})
