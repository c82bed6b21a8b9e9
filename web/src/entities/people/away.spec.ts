import { expect, it } from 'vitest'
import { EMPTY_AWAY, isArranged } from './away'

it('takes both days, and an absence or a deputy', () => {
  const days = { ...EMPTY_AWAY, from: '2026-11-23', to: '2026-11-27' }
  expect(isArranged(EMPTY_AWAY)).toBe(false)
  expect(isArranged(days)).toBe(true)
  expect(isArranged({ ...days, absent: false })).toBe(false)
  expect(isArranged({ ...days, absent: false, deputy: 'li' })).toBe(true)
})
