import { useI18n } from 'vue-i18n'
import { spanOf } from '@/entities/clock/deadline'
import { useServerNow } from '@/entities/clock/serverTime'
import { dueMoment, isSameDay, offsetOf, twoDigits, wallClock, wallClockAt, type WallClock } from '@/entities/clock/wallClock'

const DAY_MS = 86_400_000

/** Writes moments the way a reader at the desk needs them: near days by name, the rest by date. */
export function useMoments() {
  const { t, tm, rt } = useI18n()
  const now = useServerNow()

  function day(clock: WallClock, time: string, offset: string): string {
    for (const [name, shift] of [['today', 0], ['tomorrow', DAY_MS], ['yesterday', -DAY_MS]] as const) {
      if (isSameDay(clock, wallClockAt(now.value + shift, offset))) return t(`clock.${name}`, { time })
    }
    const parts = { month: clock.month, day: clock.day, time }
    if (clock.year !== wallClockAt(now.value, offset).year) return t('clock.datedYear', { year: clock.year, ...parts })
    const names = tm('clock.weekdays') as string[]
    return t('clock.dated', { weekday: rt(names[clock.weekday] ?? ''), ...parts })
  }

  /** A moment, such as 今天 14:05 or 11/24 周二 18:00. */
  function moment(instant: string): string {
    const clock = wallClock(instant)
    return clock === undefined ? instant : day(clock, timeOf(clock), offsetOf(instant))
  }

  /** A due moment; one at the end of a day is written 24:00. */
  function due(at: string, date: string | undefined): string {
    const found = dueMoment(at, date)
    return found === undefined ? at : day(found.clock, found.time, offsetOf(at))
  }

  /** A moment in the least room: 11/20 09:12, with the year if it isn't this one. */
  function stamp(instant: string): string {
    const clock = wallClock(instant)
    if (clock === undefined) return instant
    const thisYear = wallClockAt(now.value, offsetOf(instant)).year
    const date = `${clock.month}/${clock.day}`
    return clock.year === thisYear ? `${date} ${timeOf(clock)}` : `${clock.year}/${date}`
  }

  /** The time of day alone. */
  function time(instant: string): string {
    const clock = wallClock(instant)
    return clock === undefined ? instant : timeOf(clock)
  }

  /** A span of milliseconds without its sign, such as 42 分 or 3:10. */
  function span(milliseconds: number): string {
    const size = spanOf(milliseconds)
    switch (size.unit) {
      case 'minutes':
        return size.minutes === 0 ? t('clock.lessThanMinute') : t('clock.minutes', { minutes: size.minutes })
      case 'clock':
        return t('clock.hoursAndMinutes', { hours: size.hours, minutes: twoDigits(size.minutes) })
      case 'hours':
        return t('clock.hours', { hours: size.hours })
      case 'days':
        return t('clock.days', { days: size.days })
    }
  }

  return { now, moment, due, stamp, time, span }
}

function timeOf(clock: WallClock): string {
  return `${twoDigits(clock.hour)}:${twoDigits(clock.minute)}`
}
