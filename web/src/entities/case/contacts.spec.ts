import { describe, expect, it } from 'vitest'
import type { Contacts } from '@/api/types'
import { nextAttempt, standingOf } from './contacts'

const NINE = '2026-03-03T09:00:00+08:00'
const TEN = Date.parse('2026-03-03T10:00:00+08:00')

function contacts(of: Partial<Contacts>): Contacts {
  return {
    id: 'calling',
    title: '联系客户',
    rules: '',
    clause: { id: 'A.1', text: '' },
    act: 'attempt',
    counted: 0,
    uncounted: 0,
    reached: false,
    complete: false,
    missing: [],
    ...of,
  }
}

describe('where attempts to reach a customer stand', () => {
  it('says that one is owed once its time has come', () => {
    expect(standingOf(contacts({ next_needed: NINE }), TEN)).toBe('owed')
    expect(standingOf(contacts({ next_needed: '2026-03-04T08:30:00+08:00' }), TEN)).toBe('later')
  })

  it('owes nothing to a customer who was reached, or when the limit has ended', () => {
    expect(standingOf(contacts({ reached: true, next_needed: NINE }), TEN)).toBe('reached')
    expect(standingOf(contacts({}), TEN)).toBe('over')
  })

  it('is complete only where the server says so', () => {
    expect(standingOf(contacts({ complete: true }), TEN)).toBe('complete')
  })

  it('names the time at which one is needed before the time at which one would count', () => {
    expect(nextAttempt(contacts({ next_needed: NINE, next_possible: '2026-03-03T08:30:00+08:00' }))).toBe(NINE)
    expect(nextAttempt(contacts({ next_possible: NINE }))).toBe(NINE)
  })
})
