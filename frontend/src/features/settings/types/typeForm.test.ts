import { describe, expect, it } from 'vitest'
import { fieldsOf, keyFrom, valuesOf } from './typeForm'

describe('the form of a type', () => {
  it('makes a key from a name', () => {
    expect(keyFrom('Online event')).toBe('online_event')
    expect(keyFrom('  3. Größe & Maß! ')).toBe('gro_e_ma')
    expect(keyFrom('日本')).toBe('')
    expect(keyFrom('x'.repeat(60))).toHaveLength(40)
  })
  it('has one item of the checklist per line', () => {
    expect(fieldsOf({ ...valuesOf(undefined), checklist: ' a \n\nb' }).checklist).toEqual(['a', 'b'])
  })
})
