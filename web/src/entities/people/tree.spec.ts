import { describe, expect, it } from 'vitest'
import type { PersonEntry, UnitEntry } from '@/api/types'
import { branches, shownPeople, within } from './tree'

const unit = (id: string, parent?: string, closed = false): UnitEntry => ({ id, name: id, closed, revision: 1, ...(parent === undefined ? {} : { parent }) })
const person = (name: string, of: string, active = true): PersonEntry => ({
  person: { id: name, name, unit: { id: of, name: of, path: of } },
  positions: [{ id: 'clerk', title: `${name} 文员` }],
  active,
  revision: 1,
  account_open: false,
  roles: [],
  deputies: [],
})

const units = [unit('b', 'root'), unit('root'), unit('a', 'root'), unit('a1', 'a'), unit('gone', 'root', true), unit('orphan', 'gone')]
const people = [person('li', 'a1'), person('wang', 'a'), person('zhao', 'b', false)]

describe('the tree of units', () => {
  it('stands in order, with those who work there and below', () => {
    const rows = branches(units, people).map(({ unit: { id }, depth, people: count }) => [id, depth, count])
    expect(rows).toEqual([
      ['orphan', 0, 0],
      ['root', 0, 2],
      ['a', 1, 2],
      ['a1', 2, 1],
      ['b', 1, 0],
    ])
  })

  it('reaches from a unit down', () => {
    expect([...within(units, 'a')].sort()).toEqual(['a', 'a1'])
  })
})

it('shows the people of a unit and below, and of those who left only when asked', () => {
  const names = (shown: Parameters<typeof shownPeople>[2]) => shownPeople(people, units, shown).map((one) => one.person.name)
  expect(names({ unit: 'a', words: '', left: false })).toEqual(['wang', 'li'])
  expect(names({ unit: '', words: 'LI 文', left: false })).toEqual(['li'])
  expect(names({ unit: '', words: '', left: true })).toEqual(['zhao'])
})
