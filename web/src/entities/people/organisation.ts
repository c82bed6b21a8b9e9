import { useQuery } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, take } from '@/api/client'
import type { HandedOver, PersonEntry, UnitEntry } from '@/api/types'
import type { AccountRole } from './accounts'

export const organisationKey = ['organisation'] as const

/** Units, people, accounts and positions, for whoever keeps them. */
export function useOrganisation() {
  return useQuery({ queryKey: organisationKey, queryFn: () => take(api.GET('/organisation')) })
}

/** A unit as it is to be. Empty texts are nobody and nothing. */
export interface UnitForm {
  name: string
  parent: string
  head: string
}

/** Adds a unit, or changes the one that was seen. */
export function saveUnit(form: UnitForm, seen: UnitEntry | undefined, key: string, closed = false) {
  const body = { name: form.name, ...named('parent', form.parent), ...named('head', form.head) }
  if (seen === undefined) return take(api.POST('/units', { headers: { 'Idempotency-Key': key }, body }))
  const params = { path: { id: seen.id } }
  return take(api.PUT('/units/{id}', { params, headers: seenHeader(seen.revision), body: { ...body, closed } }))
}

/** A person as it is to be. */
export interface PersonForm {
  name: string
  unit: string
  positions: string[]
}

/** Adds a person, or changes the one that was seen. */
export function savePerson(form: PersonForm, seen: PersonEntry | undefined, key: string) {
  if (seen === undefined) return take(api.POST('/people', { headers: { 'Idempotency-Key': key }, body: form }))
  const params = { path: { id: seen.person.id } }
  return take(api.PUT('/people/{id}', { params, headers: seenHeader(seen.revision), body: form }))
}

export function changeRoles(person: PersonEntry, roles: AccountRole[]) {
  const params = { path: { id: person.person.id } }
  return take(api.PUT('/people/{id}/roles', { params, body: { seen: person.roles, roles } }))
}

export function endSessions(person: PersonEntry) {
  return take(api.DELETE('/people/{id}/sessions', { params: { path: { id: person.person.id } } }))
}

/** What a person still holds. */
export function useHoldings(person: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['holdings', toValue(person)],
    queryFn: () => take(api.GET('/people/{id}/holdings', { params: { path: { id: toValue(person) } } })),
    staleTime: 0,
  })
}

/** Who gets what is open; a case that goes elsewhere than the rest is named with it. Empty texts are the lists the cases came from. */
export interface LeaveForm {
  to: string
  cases: Record<string, string>
  reason: string
}

export function leave(person: PersonEntry, form: LeaveForm): Promise<HandedOver> {
  const cases = Object.entries(form.cases).map(([id, to]) => ({ case: id, ...named('to', to) }))
  const body = { ...named('to', form.to), cases, reason: form.reason }
  const params = { path: { id: person.person.id } }
  return take(api.POST('/people/{id}/leave', { params, headers: seenHeader(person.revision), body }))
}

export function comeBack(person: PersonEntry) {
  const params = { path: { id: person.person.id } }
  return take(api.POST('/people/{id}/return', { params, headers: seenHeader(person.revision) }))
}

function seenHeader(revision: number) {
  return { 'If-Match': `"${revision}"` }
}

/** An id under its name, or nothing where none is chosen. */
function named<Name extends string>(name: Name, id: string): { [Key in Name]?: string } {
  return (id === '' ? {} : { [name]: id }) as { [Key in Name]?: string }
}
