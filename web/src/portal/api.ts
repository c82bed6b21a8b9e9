import type { components } from '@/api/schema'
import { nameInHeader } from '@/entities/attachment/files'
import { language } from './words'

type Schemas = components['schemas']

export type Home = Schemas['PortalHome']
export type Kind = Schemas['PortalKind']
export type Field = Schemas['FieldForm']
export type Submission = Schemas['PortalSubmission']
export type Receipt = Schemas['PortalReceipt']
export type OwnCase = Schemas['PortalCase']
export type Milestone = Schemas['PortalMilestone']
export type Message = Schemas['PortalMessage']
export type Offer = Schemas['PortalOffer']
export type FilesTaken = Schemas['PortalFilesTaken']
export type SentFile = Schemas['PortalFile']
export type Fact = Schemas['FactView']
type Problem = Schemas['Problem']

const BASE = '/api/v1/portal'

/** A refusal of the server, or `offline` when no answer came. */
export class Refused extends Error {
  readonly code: string
  readonly detail: string
  readonly fields: Problem['fields']
  /** Seconds to wait, where there were too many tries. */
  readonly wait: number | undefined

  constructor(problem: Partial<Problem>, wait?: number) {
    super(problem.title ?? '')
    this.code = problem.code ?? 'offline'
    this.detail = problem.detail ?? ''
    this.fields = problem.fields ?? []
    this.wait = wait
  }
}

/** A key under which a request takes effect once. Phones in a plain network have no `randomUUID`. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function call<Answer>(method: string, path: string, body?: unknown, key?: string): Promise<Answer> {
  const headers: Record<string, string> = { 'Accept-Language': language.value }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (key !== undefined) headers['Idempotency-Key'] = key
  const json = body === undefined ? {} : { body: JSON.stringify(body) }
  let response: Response
  let text: string
  try {
    response = await fetch(`${BASE}${path}`, { method, headers, ...json, credentials: 'same-origin', cache: 'no-store' })
    text = await response.text()
  } catch {
    throw new Refused({})
  }
  if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as Answer
  throw new Refused(problemIn(text, response.status), Number(response.headers.get('Retry-After')) || undefined)
}

function problemIn(text: string, status: number): Partial<Problem> {
  try {
    return JSON.parse(text) as Problem
  } catch {
    return { code: `http_${status}` }
  }
}

/** Sends a file; tells from time to time which share of it has gone. */
function sendFile(file: File, key: string, onShare: (share: number) => void): Promise<OwnCase> {
  return new Promise((resolve, reject) => {
    // Only this older way of asking tells how far the sending has come.
    const request = new XMLHttpRequest()
    request.open('POST', `${BASE}/case/files`)
    request.setRequestHeader('Accept-Language', language.value)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.setRequestHeader('Idempotency-Key', key)
    request.setRequestHeader('File-Name', nameInHeader(file.name))
    request.upload.onprogress = (event) => onShare(event.lengthComputable ? event.loaded / event.total : 0)
    request.onerror = () => reject(new Refused({}))
    request.onload = () => {
      if (request.status < 300) return resolve(JSON.parse(request.responseText) as OwnCase)
      const wait = Number(request.getResponseHeader('Retry-After')) || undefined
      reject(new Refused(problemIn(request.responseText, request.status), wait))
    }
    request.send(file)
  })
}

export const api = {
  home: () => call<Home>('GET', ''),
  submit: (submission: Submission, key: string) => call<Receipt>('POST', '/cases', submission, key),
  enter: (code: string) => call<void>('POST', '/session', { code }),
  leave: () => call<void>('DELETE', '/session'),
  ownCase: () => call<OwnCase>('GET', '/case'),
  record: (act: string, fields: Record<string, unknown>, key: string) => call<OwnCase>('POST', '/case/acts', { act, fields }, key),
  sendFile,
  reopen: (reason: string, key: string) => call<OwnCase>('POST', '/case/reopening', { reason }, key),
}
