import { useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { api, take } from '@/api/client'
import type { NewRelation, Relation, RelationKind } from '@/api/types'

/** The closest first. */
export const RELATION_KINDS: readonly RelationKind[] = ['spouse', 'relative', 'former_colleague', 'former_superior', 'financial_interest', 'other']

export const relationsKey = (person: string) => ['relations', person] as const

/** What a person is known to be to others; only those who keep it may ask. */
export function useRelations(person: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => relationsKey(toValue(person))),
    queryFn: () => take(api.GET('/people/{id}/relations', { params: { path: { id: toValue(person) } } })),
  })
}

/** A relation as it is filled in: to a person or to a unit. Empty days are not known. */
export interface RelationForm {
  kind: RelationKind | ''
  to: 'person' | 'unit'
  person: string
  unit: string
  since: string
  until: string
  note: string
}

export const EMPTY_RELATION: RelationForm = { kind: '', to: 'person', person: '', unit: '', since: '', until: '', note: '' }

/** What is sent; nothing while a kind or the other side is missing. */
export function asRelation(form: RelationForm): NewRelation | undefined {
  const other = form.to === 'person' ? form.person : form.unit
  if (form.kind === '' || other === '') return undefined
  return {
    kind: form.kind,
    [form.to]: other,
    note: form.note,
    ...(form.since === '' ? {} : { since: form.since }),
    ...(form.until === '' ? {} : { until: form.until }),
  }
}

export function addRelation(person: string, body: NewRelation, key: string) {
  return take(api.POST('/people/{id}/relations', { params: { path: { id: person } }, headers: { 'Idempotency-Key': key }, body }))
}

export function endRelation(person: string, relation: string, until: string) {
  return take(api.POST('/people/{id}/relations/{relation}/end', { params: { path: { id: person, relation } }, body: { until } }))
}

export function removeRelation(person: string, relation: string) {
  return take(api.DELETE('/people/{id}/relations/{relation}', { params: { path: { id: person, relation } } }))
}

/** Who or what is on the other side. */
export function otherSide({ person, unit }: Relation): string {
  return person?.name ?? unit?.path ?? ''
}
