import { expect, it } from 'vitest'
import type { Process, ProcessNode } from '@/api/types'
import { pathOf, position } from './process'

const node = (step: string, state: ProcessNode['state']): ProcessNode => ({ step, title: step, x: 0, y: 0, w: 1, h: 1, state })

it('draws an edge through its points', () => {
  const points = [[0, 0], [10, 0], [10, 5]]
  expect(pathOf({ from: 'a', to: 'b', points, kind: 'forward' })).toBe('M0 0 L10 0 L10 5')
})

it('counts the steps on the way and skips those not taken', () => {
  const nodes = [node('a', 'done'), node('b', 'skipped'), node('c', 'current'), node('d', 'ahead')]
  const process: Process = { width: 1, height: 1, nodes, edges: [] }
  expect(position(process)).toMatchObject({ index: 2, count: 3, node: { step: 'c' } })
  expect(position({ ...process, nodes: [node('a', 'done')] })).toBeUndefined()
})
