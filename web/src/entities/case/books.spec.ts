import { describe, expect, it } from 'vitest'
import type { Book, BookEntry, Offer } from '@/api/types'
import { apart, decidedFields, inOrder, isAlike, offersOfBooks, outcomes, tallies } from './books'

function entry(number: number, standing: string): BookEntry {
  return { number, entry: number + 2, on: '2026-03-02', text: '', facts: [], standing, likely: [] }
}

const entries = [entry(1, 'found'), entry(2, 'missing'), entry(3, 'undecided'), entry(4, 'settled'), entry(5, 'missing')]

const decide: Book['decide'] = {
  act: 'decide_entry',
  entry: 'entry',
  case: 'found',
  outcome: 'answer',
  outcomes: [
    { id: 'in_system', title: '系统里有', standing: 'found' },
    { id: 'missing', title: '系统里没有', standing: 'missing' },
    { id: 'no_complaint', title: '不是投诉', standing: 'settled' },
  ],
}

describe('the entries of a book', () => {
  it('begin with what is to be decided, then what is missing', () => {
    expect(inOrder(entries).map((one) => one.number)).toEqual([3, 2, 5, 1, 4])
  })

  it('are counted by how they stand, without what there is none of', () => {
    expect(tallies({ entries: entries.slice(0, 3) })).toEqual([
      { standing: 'undecided', count: 1 },
      { standing: 'missing', count: 1 },
      { standing: 'found', count: 1 },
    ])
  })
})

describe('a decision on an entry', () => {
  const book = { decide } as Book

  it('names the case only where the system has it', () => {
    expect(decidedFields({ book, number: 3, outcome: 'in_system', found: 'id' })).toEqual({ entry: 3, answer: 'in_system', found: 'id' })
    expect(decidedFields({ book, number: 3, outcome: 'missing' })).toEqual({ entry: 3, answer: 'missing' })
  })

  it('is by one outcome that names a case or by others that name none', () => {
    const { found, others } = outcomes(book)
    expect(found?.id).toBe('in_system')
    expect(others.map((one) => one.id)).toEqual(['missing', 'no_complaint'])
  })
})

describe('the panel of a book', () => {
  const offers = [
    { command: 'act', act: 'enter' },
    { command: 'act', act: 'conclude' },
    { command: 'close' },
  ] as Offer[]

  it('has the acts of its book, and no others', () => {
    expect(offersOfBooks({ offers, books: [{ id: 'book', enter: 'enter', decide: 'decide' }] })).toEqual([offers[0]])
    expect(offersOfBooks({ offers })).toEqual([])
  })
})

describe('a likely case', () => {
  it('says how far from the entry it came in', () => {
    expect(apart({ days_after: 0 }).key).toBe('book.sameDay')
    expect(apart({ days_after: 2 })).toEqual({ key: 'book.daysAfter', count: 2 })
    expect(apart({ days_after: -3 })).toEqual({ key: 'book.daysBefore', count: 3 })
  })

  it('is alike by a field or by its text', () => {
    expect(isAlike({ same: ['联系方式'] })).toBe(true)
    expect(isAlike({ same: [], text_percent: 40 })).toBe(true)
    expect(isAlike({ same: [] })).toBe(false)
  })
})
