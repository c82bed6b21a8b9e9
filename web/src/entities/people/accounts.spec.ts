import { expect, it } from 'vitest'
import type { PersonAccount } from '@/api/types'
import { sortPeople } from './accounts'

const person = (name: string, path: string, active = true): PersonAccount => ({
  person: { id: name, name, unit: { id: path, name: path, path } },
  positions: [],
  roles: [],
  active,
})

it('lists people by unit and name, and whoever left last', () => {
  const people = [person('c', '2'), person('a', '1', false), person('b', '2'), person('d', '1')]
  expect(sortPeople(people).map((one) => one.person.name)).toEqual(['d', 'b', 'c', 'a'])
})
