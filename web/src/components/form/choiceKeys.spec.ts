import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import ChoiceGroup from './ChoiceGroup.vue'
import { choiceOf, controlAfter } from './choiceKeys'

const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...held })

it('reads a digit as the choice in that place', () => {
  expect(choiceOf(press('2'), 2)).toBe(1)
  expect(choiceOf(press('3'), 2)).toBeUndefined()
  expect(choiceOf(press('0'), 2)).toBeUndefined()
  expect(choiceOf(press('1', { ctrlKey: true }), 2)).toBeUndefined()
})

it('goes on to the next control, of radio buttons to the chosen one', () => {
  document.body.innerHTML = `<form><input id="before"><div id="group"><input type="radio" name="a"></div>
    <details><input id="folded"></details>
    <input type="radio" name="b" id="first"><input type="radio" name="b" id="chosen" checked><input id="last"></form>`
  expect(controlAfter(document.getElementById('group') as HTMLElement)?.id).toBe('chosen')
})

it('chooses by a digit and leaves typing elsewhere alone', async () => {
  const choices = [
    { id: 'yes', title: 'Yes' },
    { id: 'no', title: 'No' },
  ]
  const group = mount(ChoiceGroup, { props: { id: 'x', choices, modelValue: '' } })
  await group.find('input').trigger('keydown', { key: '2' })
  await group.find('input').trigger('keydown', { key: '5' })
  expect(group.emitted('update:modelValue')).toEqual([['no']])
})
