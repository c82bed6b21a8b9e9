import type { Language } from './words'

/** A moment of the server (RFC 3339 with its zone) as the server's people would say it: `11月26日 09:05`. */
export function moment(at: string, language: Language): string {
  return `${day(at, language)} ${at.slice(11, 16)}`
}

/** A date, or the date of a moment: `11月26日`, `26 Nov`; with the year unless it is this one. */
export function day(on: string, language: Language, today: Date = new Date()): string {
  const [year = 0, month = 1, date = 1] = on.slice(0, 10).split('-').map(Number)
  const named = new Date(Date.UTC(year, month - 1, date))
  const withYear = year === today.getFullYear() ? {} : ({ year: 'numeric' } as const)
  const form = language === 'en' ? 'en-GB' : 'zh-CN'
  return named.toLocaleDateString(form, { month: language === 'en' ? 'short' : 'long', day: 'numeric', timeZone: 'UTC', ...withYear })
}
