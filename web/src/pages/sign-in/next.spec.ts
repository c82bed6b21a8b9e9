import { expect, it } from 'vitest'
import { insidePath } from './next'

it.each([
  ['/cases/1?x=2', '/cases/1?x=2'],
  ['//evil.example', '/cases'],
  ['/\\evil.example', '/cases'],
  ['https://evil.example', '/cases'],
  [undefined, '/cases'],
  [['/a'], '/cases'],
])('%s leads to %s', (next, path) => {
  expect(insidePath(next)).toBe(path)
})
