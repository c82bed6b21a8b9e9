import type { Clause, FieldProblem, Problem } from './types'

/** A refusal of the server (RFC 9457), or `offline` when no answer came at all. */
export class ApiProblem extends Error {
  readonly code: string
  readonly status: number
  readonly detail: string
  readonly clause: Clause | undefined
  readonly fields: FieldProblem[]

  constructor(problem: Partial<Problem> & Pick<Problem, 'code' | 'status'>) {
    super(problem.title ?? problem.code)
    this.name = 'ApiProblem'
    this.code = problem.code
    this.status = problem.status
    this.detail = problem.detail ?? ''
    this.clause = problem.clause
    this.fields = problem.fields ?? []
  }

  static offline(): ApiProblem {
    return new ApiProblem({ code: 'offline', status: 0 })
  }
}

/** Reads a problem body; anything else becomes a problem with the bare status. */
export function problemFrom(status: number, body: unknown): ApiProblem {
  const isProblem = typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string'
  return new ApiProblem(isProblem ? { ...(body as Problem), status } : { code: `http_${status}`, status })
}

/** What to show for any error: the server's words where there are some. */
export function isProblem(error: unknown, code: string): boolean {
  return error instanceof ApiProblem && error.code === code
}
