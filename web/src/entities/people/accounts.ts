import { useQuery } from '@tanstack/vue-query'
import { api, take } from '@/api/client'
import type { Invitation, PersonAccount } from '@/api/types'

/** Roles of an account, in the order in which they are offered. */
export const ACCOUNT_ROLES = ['staff', 'supervisor', 'auditor', 'administrator'] as const

export type AccountRole = (typeof ACCOUNT_ROLES)[number]

export function useAccounts() {
  return useQuery({ queryKey: ['accounts'], queryFn: () => take(api.GET('/people/accounts')) })
}

/** A one-time link by which a person makes the account with these roles. */
export function invite(person: string, roles: AccountRole[]): Promise<Invitation> {
  return take(api.POST('/people/{id}/invitation', { params: { path: { id: person } }, body: { roles } }))
}

/** People by unit, then by name; whoever left comes last. */
export function sortPeople(people: PersonAccount[]): PersonAccount[] {
  const rank = (one: PersonAccount) => `${one.active ? 0 : 1}${one.person.unit.path}/${one.person.name}`
  return [...people].sort((a, b) => rank(a).localeCompare(rank(b), 'zh-CN'))
}
