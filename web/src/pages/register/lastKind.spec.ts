import { beforeEach, expect, it } from 'vitest'
import type { KindForm } from '@/api/types'
import { kindBeside, lastKind, rememberKind } from './lastKind'

const kinds = ['inquiry', 'order', 'report'].map((kind) => ({ policy: 'hotline', kind }) as KindForm)
const [inquiry, order, report] = kinds as [KindForm, KindForm, KindForm]

beforeEach(() => localStorage.clear())

it('remembers the last kind of each person, as long as there is such a kind', () => {
  expect(lastKind(localStorage, 'a', kinds)).toBe(inquiry)
  rememberKind(localStorage, 'a', order)
  expect(lastKind(localStorage, 'a', kinds)).toBe(order)
  expect(lastKind(localStorage, 'b', kinds)).toBe(inquiry)
  expect(lastKind(localStorage, 'a', [report])).toBe(report)
})

it('goes round the kinds', () => {
  expect(kindBeside(kinds, report, 1)).toBe(inquiry)
  expect(kindBeside(kinds, inquiry, -1)).toBe(report)
})
