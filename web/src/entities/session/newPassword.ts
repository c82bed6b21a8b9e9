/** Mirrors the server's least length, so that it can be said before sending. */
export const PASSWORD_CHARS_MIN = 12

export type PasswordFault = 'tooShort' | 'differs'

/** What is wrong with a chosen password and its repetition, if anything. */
export function passwordFault(chosen: string, repeated: string): PasswordFault | undefined {
  if ([...chosen].length < PASSWORD_CHARS_MIN) return 'tooShort'
  return chosen === repeated ? undefined : 'differs'
}
