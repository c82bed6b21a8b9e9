import { expect, it } from 'vitest'
import type { CaseLink, Offer } from '@/api/types'
import { decisions, isLinked, representedIn, standing } from './ties'

const offer = (link: string, enabled = true): Offer => ({ command: 'link', link, title: link, reason_required: false, leads_on: false, enabled })

it('offers the links that may be decided on, in one order', () => {
  expect(decisions([offer('merged'), offer('recomplaint'), offer('incident', false)])).toEqual(['recomplaint', 'merged'])
  expect(decisions([{ ...offer('x'), command: 'note' }])).toEqual([])
})

it('knows for whom a link is decided on', () => {
  const offers = [{ ...offer('merged'), acting_for: 'a' }, offer('recomplaint')]
  expect(representedIn(offers, 'merged')).toBe('a')
  expect(representedIn(offers, 'recomplaint')).toBeUndefined()
})

it('knows what is linked already', () => {
  const links = [{ link: 'repeats', id: 'a' } as CaseLink]
  expect(isLinked({ links }, 'a')).toBe(true)
  expect(isLinked({ links }, 'b')).toBe(false)
})

it('says that a case was withdrawn or merged instead of closed', () => {
  expect(standing({ status: 'open', step_title: '调查' })).toEqual({ title: '调查' })
  expect(standing({ status: 'closed', step_title: '' })).toEqual({ key: 'status.closed' })
  expect(standing({ status: 'archived', step_title: '', ending: 'withdrawn' })).toEqual({ key: 'ending.withdrawn' })
})
