/** Receipt codes as people type them: the check character tells a slip of the finger before anything is sent. */

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CHARS = 28

/** Whether a text can be a receipt code at all. */
export function isWellFormed(typed: string): boolean {
  const values = [...typed.toUpperCase()]
    .filter((character) => !/[\s\-‐–—－·.]/.test(character))
    .map((character) => ALPHABET.indexOf(character === 'O' ? '0' : character === 'I' || character === 'L' ? '1' : character))
  if (values.length !== CHARS || values.includes(-1)) return false
  return values.reduce((sum, value) => timesAlpha(sum) ^ value, 0) === 0
}

/** Multiplication in GF(32), as the server makes the check character. */
function timesAlpha(value: number): number {
  const shifted = value << 1
  return shifted & 32 ? shifted ^ 37 : shifted
}
