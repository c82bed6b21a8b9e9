import type { PersonEntry, Titled, UnitEntry } from '@/api/types'

/** A unit with its place in the tree and how many people work there and below. */
export interface Branch {
  unit: UnitEntry
  depth: number
  people: number
}

/** The open units in the order of the tree, each below the one it belongs to; a unit whose parent is closed comes to the top. */
export function branches(units: UnitEntry[], people: PersonEntry[]): Branch[] {
  const open = units.filter((unit) => !unit.closed).sort((a, b) => a.name.localeCompare(b.name, 'zh-CN'))
  const known = new Set(open.map((unit) => unit.id))
  const own = new Map<string, number>()
  for (const { active, person } of people) if (active) own.set(person.unit.id, (own.get(person.unit.id) ?? 0) + 1)
  const walk = (parent: string | undefined, depth: number): Branch[] =>
    open
      .filter((unit) => (unit.parent !== undefined && known.has(unit.parent) ? unit.parent : undefined) === parent)
      .flatMap((unit) => {
        const below = walk(unit.id, depth + 1)
        const direct = below.filter((branch) => branch.depth === depth + 1)
        const count = (own.get(unit.id) ?? 0) + direct.reduce((sum, branch) => sum + branch.people, 0)
        return [{ unit, depth, people: count }, ...below]
      })
  return walk(undefined, 0)
}

/** A unit and everything below it, as ids. */
export function within(units: UnitEntry[], top: string): Set<string> {
  const found = new Set([top])
  let size = 0
  while (size !== found.size) {
    size = found.size
    for (const unit of units) if (unit.parent !== undefined && found.has(unit.parent)) found.add(unit.id)
  }
  return found
}

/** Whether a policy in force names a position; else its title is its id. */
export function isNamed({ id, title }: Titled): boolean {
  return id !== title
}

/** What the list of people shows. */
export interface Shown {
  /** Only of this unit and those below it; empty for all. */
  unit: string
  /** Only whose name, login or position has these words. */
  words: string
  /** Those who left, instead of those who work here. */
  left: boolean
}

/** The people to show, by unit and then by name. */
export function shownPeople(people: PersonEntry[], units: UnitEntry[], shown: Shown): PersonEntry[] {
  const inUnit = shown.unit === '' ? undefined : within(units, shown.unit)
  const words = shown.words.trim().toLowerCase()
  const rank = (one: PersonEntry) => `${one.person.unit.path}/${one.person.name}`
  return people
    .filter((one) => one.active !== shown.left)
    .filter((one) => inUnit === undefined || inUnit.has(one.person.unit.id))
    .filter((one) => [one.person.name, one.login ?? '', ...one.positions.map(({ title }) => title)].some((text) => text.toLowerCase().includes(words)))
    .sort((a, b) => rank(a).localeCompare(rank(b), 'zh-CN'))
}
