import { expect, it } from 'vitest'
import { knownRoles } from './accounts'

it('knows roles in the order in which they are offered', () => {
  expect(knownRoles(['administrator', 'staff', 'pope'])).toEqual(['staff', 'administrator'])
})
