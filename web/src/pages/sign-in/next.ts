const START = '/cases'

/** Where to go after signing in: only ever a path inside the desk, whatever the address says. */
export function insidePath(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : START
}
