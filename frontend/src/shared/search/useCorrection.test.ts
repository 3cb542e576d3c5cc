import { expect, test } from 'vitest'
import { isDoubtful } from './useCorrection'

const hit = { title: 'The cold chain', snippet: 'all \u0001excur\u0002sions of vaccines' }

test('words are doubtful when little was found, or when one of them stands nowhere in it', () => {
  expect(isDoubtful('cold chain', [hit])).toBe(true)
  expect(isDoubtful('cold chain', [hit, hit, hit])).toBe(false)
  expect(isDoubtful('Vaccines, excursions?', [hit, hit, hit])).toBe(false)
  expect(isDoubtful('vaccines excursoins', [hit, hit, hit])).toBe(true)
  expect(isDoubtful('why of it', [hit, hit, hit])).toBe(false)
})
