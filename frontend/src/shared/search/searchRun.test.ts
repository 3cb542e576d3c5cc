import { beforeEach, expect, test } from 'vitest'
import { type Outcome, SearchRun } from './searchRun'

let sent: Outcome[]
let time: number
let run: SearchRun

beforeEach(() => {
  sent = []
  time = 0
  run = new SearchRun(
    (outcome) => sent.push(outcome),
    () => time,
  )
})

/** Words with their answer, which stands for some time. */
function look(words: string, found: number, rests = 2000): void {
  run.seen(words, found)
  time += rests
}

test('typing on is one search: what was settled on', () => {
  look('p', 90, 100)
  look('pri', 50, 1500)
  look('pricing ', 9, 200)
  look('pricing pilot', 0)
  run.end()
  expect(sent).toEqual([{ words: 'pricing pilot', found: 0, opened: false }])
})

test('other words are another search', () => {
  look('haccp', 0)
  look('', 0, 100)
  look('tariffs', 3)
  run.end()
  expect(sent.map((s) => s.words)).toEqual(['haccp', 'tariffs'])
})

test('an opened hit counts at once, however short the answer stood, and only once', () => {
  look('haccp', 0)
  look('tariffs', 3, 100)
  run.opened()
  run.end()
  expect(sent).toEqual([
    { words: 'haccp', found: 0, opened: false },
    { words: 'tariffs', found: 3, opened: true },
  ])
})

test('what nobody had time to read is no miss, nor what goes on elsewhere', () => {
  look('tariffs', 3, 300)
  run.end()
  look('cust', 30)
  look('customs', 3)
  run.drop()
  run.end()
  expect(sent).toEqual([])
})

test('an answer that comes anew for the same words is the same search', () => {
  look('tariffs', 3, 600)
  look('tariffs', 4, 600)
  run.end()
  expect(sent).toEqual([{ words: 'tariffs', found: 4, opened: false }])
})
