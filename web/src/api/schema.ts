import type * as T from './types'

type Json<Body> = { content: { 'application/json': Body } }
type Answer<Body> = { 200: { headers: Record<string, unknown> } & Json<Body>; default: Json<T.Problem> }
type Path = { path: { id: string } }
type Nothing = { query?: never; header?: never; path?: never; cookie?: never }
type Header = { header?: { 'If-Match'?: string; 'Idempotency-Key'?: string } }

interface Get<Body, Parameters = Nothing> {
  get: { parameters: Parameters; requestBody?: never; responses: Answer<Body> }
}
interface Post<Sent, Body, Parameters = Nothing> {
  post: { parameters: Parameters; requestBody: Json<Sent>; responses: Answer<Body> }
}
type Command<Sent> = Post<Sent, T.Written, Path & Header>

export interface NewCase {
  policy: string
  kind: string
  channel: string
  fields: T.FieldValues
  occurred_at?: string
  late_reason?: string
  first_contact?: string
}

export interface CaseQuery {
  view?: T.View
  status?: T.CaseStatus
  kind?: string
  channel?: string
  cursor?: string
  limit?: number
}

export interface paths {
  '/session': Post<{ login: string; password: string }, T.Me> & {
    delete: { parameters: Nothing; responses: Answer<never> }
  }
  '/setup': Get<{ open: boolean }> & Post<{ token: string; login: string; password: string }, T.Me>
  '/invitations/accept': Post<{ token: string; login: string; password: string }, T.Me>
  '/me': Get<T.Me>
  '/me/password': { put: { parameters: Nothing; requestBody: Json<{ current: string; new: string }>; responses: Answer<never> } }
  '/kinds': Get<T.KindForm[]>
  '/cases': Get<T.CasePage, { query?: CaseQuery }> & Post<NewCase, T.Written, Header>
  '/cases/preview': Post<NewCase, { clocks: T.ClockView[] }>
  '/cases/counts': Get<T.Counts>
  '/cases/{id}': Get<T.CaseView, Path>
  '/cases/{id}/customer': Get<{ name: string; contact: string }, Path>
  '/cases/{id}/acts/{act}': Post<
    { fields: T.FieldValues; occurred_at?: string; late_reason?: string },
    T.Written,
    { path: { id: string; act: string } } & Header
  >
  '/cases/{id}/notes': Command<{ text: string }>
  '/cases/{id}/dispatch': Command<{ unit: string; reason?: string }>
  '/cases/{id}/transfer': Command<{ unit: string; reason?: string }>
  '/cases/{id}/accept': Command<Record<string, never>>
  '/cases/{id}/refuse': Command<{ reason: string }>
  '/cases/{id}/pause': Command<{ clock: string; reason: string; note: string }>
  '/cases/{id}/resume': Command<{ clock: string }>
  '/cases/{id}/close': Command<{ reason?: string }>
  '/cases/{id}/reopen': Command<{ reason: string }>
  '/cases/{id}/archive': Command<Record<string, never>>
  '/cases/{id}/corrections': Command<{ entry: number; fields?: T.FieldValues | null; reason: string }>
  '/search': Get<T.CasePage, { query: { q: string; limit?: number } }>
  '/units': Get<T.UnitPath[]>
  '/people/accounts': Get<T.PersonAccount[]>
  '/people/{id}/invitation': Post<{ roles: string[] }, T.Invitation, Path>
  '/people': Get<T.Person[], { query?: { unit?: string } }>
}
