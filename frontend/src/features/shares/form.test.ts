import { expect, test } from 'vitest'
import { emptyValues, fieldsOf, newShareOf, suggestPasscode } from './form'

const now = new Date('2026-11-27T10:00:00Z')

test('a new share ends after thirty days unless one says otherwise', () => {
  const values = { ...emptyValues, recipient: ' Ines ' }
  expect(newShareOf(values, { resources: ['r'] }, now)).toMatchObject({
    recipient: 'Ines',
    resources: ['r'],
    expires_at: '2026-12-27T10:00:00.000Z',
    once: false,
  })
  expect(fieldsOf({ ...values, expiry: '0' }, now).expires_at).toBeUndefined()
})

test('a passcode that was not touched stays', () => {
  expect(fieldsOf(emptyValues, now)).not.toHaveProperty('passcode', '')
  expect(fieldsOf({ ...emptyValues, passcode: 'tulip-42' }, now).passcode).toBe('tulip-42')
  expect(fieldsOf({ ...emptyValues, passcode: 'tulip-42', withoutPasscode: true }, now).passcode).toBe('')
})

test('domains are those of a gate only', () => {
  const values = { ...emptyValues, domains: ['nordwind.example,', 'a.example; b.example'] }
  expect(fieldsOf(values, now).domains).toEqual([])
  expect(fieldsOf({ ...values, email_gate: true }, now)).toMatchObject({
    email_gate: true,
    domains: ['nordwind.example', 'a.example', 'b.example'],
  })
})

test('a suggested passcode is long, and another one each time', () => {
  expect(suggestPasscode()).toMatch(/^[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}$/)
  expect(suggestPasscode()).not.toBe(suggestPasscode())
})
