import { expect, it } from 'vitest'
import type { Entry } from '@/api/types'
import { isStruck, shownEntries } from './entries'

const entry = (seq: number, more: Partial<Entry> = {}): Entry => ({
  seq,
  kind: 'act',
  title: '调查',
  occurred_at: '2026-11-21T09:00:00+08:00',
  recorded_at: '2026-11-21T09:00:00+08:00',
  to_customer: false,
  by_customer: false,
  void: false,
  correctable: false,
  ...more,
})

it('shows the newest entry first and only what the filter asks for', () => {
  const entries = [entry(1, { kind: 'clock' }), entry(2, { kind: 'note' }), entry(3, { to_customer: true }), entry(4, { by_customer: true })]
  const shown = (filter: Parameters<typeof shownEntries>[1]) => shownEntries(entries, filter).map(({ seq }) => seq)
  expect(shown('all')).toEqual([4, 3, 2, 1])
  expect(shown('customer')).toEqual([4, 3])
  expect(shown('internal')).toEqual([2])
  expect(shown('system')).toEqual([1])
})

it('strikes voided and corrected entries', () => {
  expect(isStruck(entry(1, { void: true }))).toBe(true)
  expect(isStruck(entry(1, { corrected_by: 4 }))).toBe(true)
  expect(isStruck(entry(1, { void: false }))).toBe(false)
})
