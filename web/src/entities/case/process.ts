import type { Process, ProcessEdge, ProcessNode, ProcessWay } from '@/api/types'

/** The `d` of an edge's path through its points. */
export function pathOf(edge: ProcessEdge): string {
  return edge.points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join(' ')
}

/** A move with the title of where it leads. */
export interface Lead {
  way: ProcessWay
  to: string
}

/** A step with where it leads. */
export interface Led {
  step: string
  title: string
  /** What happened there; nothing beside the main way, where the case has not been. */
  node?: ProcessNode
  leads: Lead[]
}

/** The steps of the strip, and those beside it, each with where it leads. */
export function stepsOf(process: Process): { drawn: Led[]; aside: Led[] } {
  const titles = new Map([
    ...process.nodes.map((node) => [node.step, node.title] as const),
    ...process.aside.map((step) => [step.id, step.title] as const),
  ])
  const leads = (step: string): Lead[] =>
    process.ways.filter((way) => way.from === step).map((way) => ({ way, to: titles.get(way.to) ?? way.to }))
  return {
    drawn: process.nodes.map((node) => ({ step: node.step, title: node.title, node, leads: leads(node.step) })),
    aside: process.aside.map(({ id, title }) => ({ step: id, title, leads: leads(id) })),
  }
}

/**
 * The current step, the how many-th it is of those gone through, and where it may lead onward, for narrow screens. How many are still to
 * come hangs on what will be decided, so nothing is said of it.
 */
export function position(process: Process): { node: ProcessNode; index: number; next: string[] } | undefined {
  const { drawn } = stepsOf(process)
  const gone = drawn.filter(({ node }) => node?.state === 'done' || node?.state === 'current')
  const index = gone.findLastIndex(({ node }) => node?.state === 'current')
  const here = gone[index]
  if (here?.node === undefined) return undefined
  const onward = here.leads.filter(({ way }) => way.kind !== 'back').map(({ to }) => to)
  return { node: here.node, index: index + 1, next: [...new Set(onward)] }
}
