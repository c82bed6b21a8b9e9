import type { CaseLevel, Level } from '@/api/types'

/** How much a level stands out: the highest most, one above the lowest too, the lowest, which is the ordinary, not at all. */
export type Weight = 'top' | 'raised' | 'ordinary'

export function weightOf(level: Pick<Level, 'below_top' | 'above_lowest'>): Weight {
  if (level.above_lowest === 0) return 'ordinary'
  return level.below_top === 0 ? 'top' : 'raised'
}

/** Whether a level is told beside a case: of urgency every one above the ordinary, of other scales the highest. */
export function isTold(level: Level, meaning: CaseLevel['meaning']): boolean {
  const weight = weightOf(level)
  return weight === 'top' || (weight === 'raised' && meaning === 'urgency')
}
