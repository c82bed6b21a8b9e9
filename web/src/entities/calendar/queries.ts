import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { api, take } from '@/api/client'
import type { Calendar } from '@/api/types'

const KEY = 'calendars'

/** All calendars, the organisation's own first. */
export function useCalendars() {
  return useQuery({ queryKey: [KEY], queryFn: () => take(api.GET('/calendars')) })
}

/** A file that was chosen for a calendar. */
export interface ChosenCalendar {
  name: string
  file: string
  /** The first day on which it counts; empty for all days. */
  from: string
}

const bodyOf = ({ file, from }: ChosenCalendar) => ({ file, ...(from === '' ? {} : { from }) })

/** What loading a file would come to. */
export function useCalendarPreview() {
  return useMutation({
    mutationFn: (chosen: ChosenCalendar) =>
      take(api.POST('/calendars/{name}/preview', { params: { path: { name: chosen.name } }, body: bodyOf(chosen) })),
  })
}

/** Loads a file as the next version after the one seen. */
export function useCalendarLoad(then: (loaded: Calendar) => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ chosen, seen }: { chosen: ChosenCalendar; seen: number }) =>
      take(
        api.POST('/calendars/{name}/versions', {
          params: { path: { name: chosen.name } },
          headers: { 'If-Match': `"${seen}"` },
          body: bodyOf(chosen),
        }),
      ),
    onSuccess: then,
    onSettled: () => client.invalidateQueries({ queryKey: [KEY] }),
  })
}
