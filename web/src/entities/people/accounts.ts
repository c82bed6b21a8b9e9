import { api, take } from '@/api/client'
import type { Invitation } from '@/api/types'

/** Roles of an account, in the order in which they are offered. */
export const ACCOUNT_ROLES = ['staff', 'supervisor', 'auditor', 'reader', 'administrator'] as const

export type AccountRole = (typeof ACCOUNT_ROLES)[number]

/** A one-time link by which a person makes the account with these roles, or opens the one there is with a new password. */
export function invite(person: string, roles: AccountRole[]): Promise<Invitation> {
  return take(api.POST('/people/{id}/invitation', { params: { path: { id: person } }, body: { roles } }))
}

/** The known roles among these names, in the order in which they are offered. */
export function knownRoles(names: string | string[]): AccountRole[] {
  return ACCOUNT_ROLES.filter((role) => names.includes(role))
}
