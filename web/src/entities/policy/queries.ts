import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { api, take } from '@/api/client'
import type { Adoption, Draft } from '@/api/types'

const KEY = 'policy'

/** All versions of all policies, of each the newest first. */
export function useVersions() {
  return useQuery({ queryKey: [KEY, 'versions'], queryFn: () => take(api.GET('/policies/versions')) })
}

/** All drafts, also those that have ended. */
export function useDrafts() {
  return useQuery({ queryKey: [KEY, 'drafts'], queryFn: () => take(api.GET('/policies/drafts')) })
}

export function useDraft(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [KEY, 'draft', toValue(id)]),
    queryFn: () => take(api.GET('/policies/drafts/{id}', { params: { path: { id: toValue(id) } } })),
  })
}

/** A version with its clauses and the maps of its kinds. */
export function useVersion(policy: MaybeRefOrGetter<string>, version: MaybeRefOrGetter<number>) {
  return useQuery({
    queryKey: computed(() => [KEY, 'version', toValue(policy), toValue(version)]),
    queryFn: () =>
      take(api.GET('/policies/{id}/versions/{version}', { params: { path: { id: toValue(policy), version: toValue(version) } } })),
  })
}

/** Something done with versions or drafts, after which all that is known of them is asked for again. */
export function usePolicyChange<Input, Done>(change: (input: Input) => Promise<Done>, then: (done: Done) => void) {
  const client = useQueryClient()
  const stale = [[KEY], ['policies'], ['kinds']]
  return useMutation({
    mutationFn: change,
    onSuccess: then,
    onSettled: () => Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}

/** Stops a version, or lifts its stop. */
export function orderVersion(verb: 'stop' | 'resume', { policy, version }: { policy: string; version: number }, reason: string) {
  const params = { path: { id: policy, version } }
  const body = { reason }
  return verb === 'stop'
    ? take(api.POST('/policies/{id}/versions/{version}/stop', { params, body }))
    : take(api.POST('/policies/{id}/versions/{version}/resume', { params, body }))
}

export function addDraft(policy: string, files: Record<string, string>, key: string) {
  return take(api.POST('/policies/drafts', { headers: { 'Idempotency-Key': key }, body: { policy, files } }))
}

/** Where a draft is, and on which state of it something is done. */
const on = ({ id, revision }: Draft) => ({ params: { path: { id } }, headers: { 'If-Match': `"${revision}"` } })

export function replaceDraft(draft: Draft, files: Record<string, string>) {
  return take(api.PUT('/policies/drafts/{id}/files', { ...on(draft), body: { files } }))
}

export function commentOnDraft({ id }: Draft, clause: string, text: string) {
  const body = { text, ...(clause === '' ? {} : { clause }) }
  return take(api.POST('/policies/drafts/{id}/comments', { params: { path: { id } }, body }))
}

export function askForConsent(draft: Draft, people: string[]) {
  return take(api.POST('/policies/drafts/{id}/consents', { ...on(draft), body: { people } }))
}

export function answerDraft({ id, files_hash }: Draft, consents: boolean, reason: string) {
  return take(api.POST('/policies/drafts/{id}/answer', { params: { path: { id } }, body: { consents, reason, files_hash } }))
}

export function withdrawDraft(draft: Draft) {
  return take(api.POST('/policies/drafts/{id}/withdraw', on(draft)))
}

/** Publishes a draft; without a day from today on. The adoptions of units that are `ending` end with it. */
export function publishDraft(draft: Draft, from: string, ending: string[]) {
  return take(api.POST('/policies/drafts/{id}/publish', { ...on(draft), body: { ending, ...dayOf(from) } }))
}

/** The first day as it is sent: none means today. */
const dayOf = (from: string) => (from === '' ? {} : { from })

/** What units have adopted of a policy, and its parameters. */
export function useAdoptions(policy: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [KEY, 'adoptions', toValue(policy)]),
    queryFn: () => take(api.GET('/policies/{id}/adoptions', { params: { path: { id: toValue(policy) } } })),
  })
}

export function adoptPolicy(policy: string, unit: string, from: string, own: Record<string, string>) {
  return take(api.POST('/policies/{id}/adoptions', { params: { path: { id: policy } }, body: { unit, own, ...dayOf(from) } }))
}

export function endAdoption({ policy, adopted_by }: Adoption, from: string) {
  const body = { unit: adopted_by?.unit.id ?? '', ...dayOf(from) }
  return take(api.POST('/policies/{id}/adoptions/end', { params: { path: { id: policy } }, body }))
}
