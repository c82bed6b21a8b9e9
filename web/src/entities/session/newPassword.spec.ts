import { expect, it } from 'vitest'
import { passwordFault } from './newPassword'

it.each([
  ['short', 'short', 'tooShort'],
  ['回音回音回音回音回音回', '回音回音回音回音回音回', 'tooShort'],
  ['回音回音回音回音回音回音', '回音回音回音回音回音回音', undefined],
  ['one long phrase', 'another phrase', 'differs'],
])('%s and %s: %s', (chosen, repeated, fault) => {
  expect(passwordFault(chosen, repeated)).toBe(fault)
})
