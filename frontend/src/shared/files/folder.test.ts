import { expect, test } from 'vitest'
import { filesBelow, filesOfPick } from './folder'

const file = (path: string) => {
  const made = new File(['x'], path.split('/').at(-1) ?? '')
  Object.defineProperty(made, 'webkitRelativePath', { value: path })
  return made
}

test('a picked folder keeps its paths, without what systems leave in it', () => {
  const picked = [
    'Decks/a.pptx',
    'Decks/.DS_Store',
    'Decks/Pharma/b.pdf',
    'Decks/Thumbs.db',
    '__MACOSX/a',
    'Decks/.git/x',
  ]
  expect(filesOfPick(picked.map(file)).map((f) => f.path)).toEqual(['Decks/a.pptx', 'Decks/Pharma/b.pdf'])
})

test('a dropped folder is read to its end, however many turns that takes', async () => {
  const leaf = (fullPath: string) => ({
    fullPath,
    isDirectory: false,
    file: (yes: (f: File) => void) => yes(file(fullPath)),
  })
  const turns = [[leaf('/Decks/1.txt'), leaf('/Decks/2.txt')], [leaf('/Decks/3.txt'), leaf('/Decks/.x')], []]
  const folder = {
    fullPath: '/Decks',
    isDirectory: true,
    createReader: () => ({ readEntries: (yes: (e: unknown[]) => void) => yes(turns.shift() ?? []) }),
  }
  const found = await filesBelow([folder as unknown as FileSystemEntry])
  expect(found.map((f) => f.path)).toEqual(['Decks/1.txt', 'Decks/2.txt', 'Decks/3.txt'])
})
