import { expect, it } from 'vitest'
import type { Process, ProcessNode, ProcessWay } from '@/api/types'
import { pathOf, position, stepsOf } from './process'

const node = (step: string, state: ProcessNode['state']): ProcessNode => ({ step, title: step.toUpperCase(), x: 0, y: 0, w: 1, h: 1, state })
const way = (from: string, to: string, kind: ProcessWay['kind']): ProcessWay => ({ from, to, title: `${from}-${to}`, kind })

const nodes = [node('a', 'done'), node('b', 'skipped'), node('c', 'current'), node('d', 'ahead')]
const ways = [way('c', 'd', 'onward'), way('c', 'side', 'aside'), way('c', 'a', 'back'), way('side', 'c', 'back')]
const process: Process = { width: 1, height: 1, nodes, edges: [], aside: [{ id: 'side', title: 'SIDE' }], ways }

it('draws an edge through its points', () => {
  const points = [[0, 0], [10, 0], [10, 5]]
  expect(pathOf({ from: 'a', to: 'b', points, kind: 'forward' })).toBe('M0 0 L10 0 L10 5')
})

it('counts the steps gone through and tells what may come next', () => {
  expect(position(process)).toMatchObject({ index: 2, node: { step: 'c' }, next: ['D', 'SIDE'] })
  expect(position({ ...process, nodes: [node('a', 'done')] })).toBeUndefined()
})

it('tells of every step where it leads', () => {
  const { drawn, aside } = stepsOf(process)
  expect(drawn.map(({ step, leads }) => [step, leads.map(({ to }) => to)])).toEqual([
    ['a', []],
    ['b', []],
    ['c', ['D', 'SIDE', 'A']],
    ['d', []],
  ])
  expect(aside).toMatchObject([{ step: 'side', leads: [{ to: 'C' }] }])
})
