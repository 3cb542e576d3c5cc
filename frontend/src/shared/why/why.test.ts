import { expect, test } from 'vitest'
import { whyLabel } from './why'

test('every reason has words, and people are counted in them', () => {
  expect(whyLabel({ code: 'title' })).toBe('In the title')
  expect(whyLabel({ code: 'page', page: 3 })).toBe('Page 3')
  expect(whyLabel({ code: 'tag', value: 'Pharma' })).toBe('Tagged “Pharma”')
  expect(whyLabel({ code: 'used', count: 4 })).toBe('Read by 4 colleagues this month')
  expect(whyLabel({ code: 'rated', score: 4.5, count: 2 })).toBe('Rated 4.5')
  for (const code of ['in_title', 'text', 'name', 'synonym', 'spelling', 'team', 'side', 'due', 'checked'] as const) {
    // without words i18next gives the key, such as text or why:text
    expect(whyLabel({ code, value: 'x', count: 2 })).not.toMatch(new RegExp(`(^|[.:])${code}(_other)?$`))
  }
})
