import { expect, it } from 'vitest'
import { isTold, weightOf } from './levels'

const level = (below_top: number, above_lowest: number) => ({ level: 'x', title: 'X', below_top, above_lowest })

it('weighs a level by its place on the scale', () => {
  expect([level(0, 2), level(1, 1), level(2, 0)].map(weightOf)).toEqual(['top', 'raised', 'ordinary'])
})

it('tells every urgency above the ordinary, of other scales only the highest', () => {
  const scale = [level(0, 2), level(1, 1), level(2, 0)]
  expect(scale.map((one) => isTold(one, 'urgency'))).toEqual([true, true, false])
  expect(scale.map((one) => isTold(one, 'severity'))).toEqual([true, false, false])
  expect(scale.map((one) => isTold(one, undefined))).toEqual([true, false, false])
})
