import { expect, it } from 'vitest'
import type { FactPart } from '@/api/types'
import { contentOf, dialled } from './matter'

const part = (fields: FactPart['fields']): FactPart => ({ part: 'form', title: 'Form', fields, copies: [] })

it('finds what the customer says, unless it is sealed', () => {
  const facts = [part([{ id: 'a', title: 'A', text: 'place' }]), part([{ id: 'b', title: 'B', meaning: 'content', text: 'the lift stands still' }])]
  expect(contentOf(facts)).toBe('the lift stands still')
  expect(contentOf([part([{ id: 'b', title: 'B', meaning: 'content', text: 'sealed', sealed: true }])])).toBe('')
  expect(contentOf([])).toBe('')
})

it('dials numbers only', () => {
  expect(dialled('138 0013-2207')).toBe('13800132207')
  expect(dialled('+86 (10) 6552 1234')).toBe('+861065521234')
  expect(dialled('a@example.com')).toBeUndefined()
  expect(dialled('微信 13800132207')).toBeUndefined()
})
