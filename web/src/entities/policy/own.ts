import type { Adoption, Parameter } from '@/api/types'

/** The units in which limits are counted, in the words of the policy language. */
export const LIMIT_UNITS = ['working days', 'days', 'working hours', 'hours', 'working minutes', 'minutes', 'half working days', 'weeks', 'months'] as const
export type LimitUnit = (typeof LIMIT_UNITS)[number]

/** A limit as it is filled in: how many of what. */
export interface LimitParts {
  count: string
  unit: LimitUnit
}

/** `3 working days` in its parts; `1 day` counts days. */
export function limitParts(written: string | undefined): LimitParts | undefined {
  const [, count, word] = /^(\S+) (.+)$/.exec(written?.trim() ?? '') ?? []
  const unit = LIMIT_UNITS.find((one) => one === word || one.slice(0, -1) === word)
  return count === undefined || unit === undefined ? undefined : { count, unit }
}

/** The parts as the policy language writes them; nothing without a number. */
export function writtenLimit({ count, unit }: LimitParts): string {
  return count.trim() === '' ? '' : `${count.trim()} ${unit}`
}

/** A share is typed without its sign. */
export const writtenShare = (share: string): string => (share.trim() === '' ? '' : `${share.trim()}%`)
export const shareTyped = (written: string): string => written.replace(/%$/, '')

/** The parameters that units may set, and those that stay as the organisation has them. */
export function byRule(parameters: Parameter[]): { own: Parameter[]; fixed: Parameter[] } {
  return { own: parameters.filter(({ units }) => units !== 'fixed'), fixed: parameters.filter(({ units }) => units === 'fixed') }
}

/** What was filled in: an empty value is the organisation's. */
export function filledIn(own: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(own).filter(([, value]) => value.trim() !== ''))
}

/** The adoptions of one unit, the newest first. */
export interface UnitAdoptions {
  unit: { id: string; name: string; path: string }
  /** What it uses now. */
  now: Adoption | undefined
  /** What it will use, or the end that is to come. */
  toCome: Adoption[]
  /** All else. */
  earlier: Adoption[]
}

/** Adoptions by unit: those that use one now or will come first. An end that has come leaves nothing in use. */
export function byUnit(adoptions: Adoption[]): UnitAdoptions[] {
  const units = new Map<string, UnitAdoptions>()
  for (const one of adoptions) {
    const unit = one.adopted_by?.unit
    if (!unit) continue
    const of = units.get(unit.id) ?? { unit, now: undefined, toCome: [], earlier: [] }
    units.set(unit.id, of)
    if (one.standing === 'to_come') of.toCome.push(one)
    else if (one.standing === 'in_force' && !one.ends) of.now = one
    else of.earlier.push(one)
  }
  const idle = ({ now, toCome }: UnitAdoptions) => (now === undefined && toCome.length === 0 ? 1 : 0)
  return [...units.values()].sort((a, b) => idle(a) - idle(b))
}
