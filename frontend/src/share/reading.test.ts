import { expect, test } from 'vitest'
import { type Read, Reading } from './reading'

function watched() {
  const sent: Read[][] = []
  const world = {
    time: 0,
    isVisible: true,
    part: { r: 'guide', a: 'pdf' as string | undefined, p: 1 } as Omit<Read, 's'> | undefined,
  }
  const reading = new Reading({
    now: () => world.time,
    isVisible: () => world.isVisible,
    inSight: () => world.part,
    send: (reads) => sent.push(reads),
  })
  const pass = (seconds: number) => {
    for (let i = 0; i < seconds; i++) {
      world.time += 1000
      reading.tick()
    }
  }
  return { sent, world, reading, pass }
}

test('the first word goes out early, then batches, and pages are counted apart', () => {
  const { sent, world, reading, pass } = watched()
  pass(2)
  expect(sent).toEqual([])
  pass(1)
  expect(sent).toEqual([[{ r: 'guide', a: 'pdf', p: 1, s: 3 }]])
  pass(4)
  world.part = { r: 'guide', a: 'pdf', p: 2 }
  pass(5)
  expect(sent).toHaveLength(1)
  reading.flush()
  expect(sent[1]).toEqual([
    { r: 'guide', a: 'pdf', p: 1, s: 4 },
    { r: 'guide', a: 'pdf', p: 2, s: 5 },
  ])
  reading.flush()
  expect(sent).toHaveLength(2)
})

test('a page that is hidden, or in front of nobody, is not read', () => {
  const { sent, world, reading, pass } = watched()
  world.isVisible = false
  pass(100)
  world.isVisible = true
  reading.active()
  pass(59)
  reading.flush()
  const before = sent.flat().reduce((sum, r) => sum + r.s, 0)
  expect(before).toBe(59)
  pass(600)
  reading.flush()
  expect(sent.flat().reduce((sum, r) => sum + r.s, 0)).toBe(60)
})
