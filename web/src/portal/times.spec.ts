import { expect, it } from 'vitest'
import { day, moment } from './times'

it('times are told as the server has them, whatever zone the phone is in', () => {
  expect(moment(`${new Date().getFullYear()}-03-02T09:05:00+08:00`, 'zh-CN')).toBe('3月2日 09:05')
})

it('another year is told', () => {
  const today = new Date('2026-03-02T00:00:00Z')
  expect(day('2026-03-11', 'zh-CN', today)).toBe('3月11日')
  expect(day('2025-12-31', 'zh-CN', today)).toBe('2025年12月31日')
  expect(day('2026-03-11', 'en', today)).toBe('11 Mar')
})
