import type { Process, ProcessEdge, ProcessNode } from '@/api/types'

/** The `d` of an edge's path through its points. */
export function pathOf(edge: ProcessEdge): string {
  return edge.points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join(' ')
}

/** The current step and where it stands among the steps on the way, for narrow screens. */
export function position(process: Process): { node: ProcessNode; index: number; count: number } | undefined {
  const onTheWay = process.nodes.filter((node) => node.state !== 'skipped')
  const index = onTheWay.findLastIndex((node) => node.state === 'current')
  const node = onTheWay[index]
  return node === undefined ? undefined : { node, index: index + 1, count: onTheWay.length }
}
