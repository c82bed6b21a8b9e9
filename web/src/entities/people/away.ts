import { useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { api, take } from '@/api/client'

export const awayKey = (person: string) => ['away', person] as const

/** Who acts for a person, and when the person is away, from today on. */
export function useAway(person: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => awayKey(toValue(person))),
    queryFn: () => take(api.GET('/people/{id}/deputies', { params: { path: { id: toValue(person) } } })),
    enabled: computed(() => toValue(person) !== ''),
  })
}

/** Days on which a person is away or represented. Empty texts: nobody acts; for all. */
export interface AwayForm {
  from: string
  to: string
  absent: boolean
  deputy: string
  position: string
}

export const EMPTY_AWAY: AwayForm = { from: '', to: '', absent: true, deputy: '', position: '' }

/** Whether there is something to arrange: both days, and an absence or a deputy. */
export function isArranged(form: AwayForm): boolean {
  return form.from !== '' && form.to !== '' && (form.absent || form.deputy !== '')
}

/** Notes the absence and names the deputy; a repeated attempt with the same key adds nothing twice. */
export async function arrange(person: string, form: AwayForm, key: string): Promise<void> {
  const params = { path: { id: person } }
  const headers = { 'Idempotency-Key': key }
  const { from, to } = form
  if (form.deputy !== '') {
    const position = form.position === '' ? {} : { position: form.position }
    await take(api.POST('/people/{id}/deputies', { params, headers, body: { by: form.deputy, from, to, ...position } }))
  }
  if (form.absent) await take(api.POST('/people/{id}/absences', { params, headers, body: { from, to } }))
}

export function endDeputy(person: string, deputy: string) {
  return take(api.DELETE('/people/{id}/deputies/{deputy}', { params: { path: { id: person, deputy } } }))
}

export function endAbsence(person: string, absence: string) {
  return take(api.DELETE('/people/{id}/absences/{absence}', { params: { path: { id: person, absence } } }))
}
