import { expect, it } from 'vitest'
import type { CategoryNode } from '@/api/types'
import { namedPaths } from './categories'

const node = (id: string, depth: number): CategoryNode => ({ id, title: id.toUpperCase(), path: id, depth, takes: depth > 0 })

it('a category is named by its whole way down, each branch beginning anew', () => {
  const nodes = [node('a', 0), node('b', 1), node('c', 2), node('d', 1), node('e', 0)]
  expect(namedPaths(nodes).map(({ label }) => label)).toEqual(['A', 'A › B', 'A › B › C', 'A › D', 'E'])
})
