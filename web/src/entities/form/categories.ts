import type { CategoryNode } from '@/api/types'

/** Between the categories of a way down. */
const STEP = ' › '

/** Each category of a tree with the titles of the way down to it. */
export function namedPaths(nodes: CategoryNode[]): { node: CategoryNode; label: string }[] {
  const above: string[] = []
  return nodes.map((node) => {
    above.splice(node.depth)
    above.push(node.title)
    return { node, label: above.join(STEP) }
  })
}
