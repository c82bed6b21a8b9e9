import { expect, it } from 'vitest'
import { isWellFormed } from './code'

const CODE = '0000-0000-0000-0000-0000-0000-0012'

it('a well-formed code is taken in whatever way it is typed', () => {
  for (const typed of [CODE, CODE.replaceAll('-', ' '), CODE.toLowerCase().replaceAll('0', 'o').replace('1', 'l')]) {
    expect(isWellFormed(typed), typed).toBe(true)
  }
})

it('a slip of the finger is noticed', () => {
  for (const typed of ['', '0000', CODE.replace('12', '21'), CODE.replace('12', '13'), `${CODE}0`, CODE.replace('1', 'U')]) {
    expect(isWellFormed(typed), typed).toBe(false)
  }
})
