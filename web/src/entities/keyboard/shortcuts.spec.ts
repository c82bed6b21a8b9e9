import { describe, expect, it } from 'vitest'
import { isSubmit, shortcutOf, type KeyPress } from './shortcuts'

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  target: document.body,
  ...more,
})

describe('shortcutOf', () => {
  it('is the key, whatever its case', () => {
    expect(shortcutOf(press('J'))).toBe('j')
    expect(shortcutOf(press('?'))).toBe('?')
  })

  it('is silent while an input method composes or a modifier is held', () => {
    expect(shortcutOf(press('n', { isComposing: true }))).toBeUndefined()
    expect(shortcutOf(press('n', { ctrlKey: true }))).toBeUndefined()
  })

  it.each(['input', 'textarea', 'select', 'dialog'])('is silent in a %s', (tag) => {
    expect(shortcutOf(press('n', { target: document.createElement(tag) }))).toBeUndefined()
  })
})

describe('isSubmit', () => {
  it('takes Ctrl or Cmd with Enter, not while composing', () => {
    expect(isSubmit(press('Enter', { ctrlKey: true }))).toBe(true)
    expect(isSubmit(press('Enter', { metaKey: true }))).toBe(true)
    expect(isSubmit(press('Enter'))).toBe(false)
    expect(isSubmit(press('Enter', { ctrlKey: true, isComposing: true }))).toBe(false)
  })
})
