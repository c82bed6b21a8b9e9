import { API, api, languageTag, take } from '@/api/client'
import { ApiProblem, problemFrom } from '@/api/problem'
import type { Written } from '@/api/types'
import type { Target } from '@/entities/case/commands'
import { nameInHeader } from './files'

/** What is sent, and the seal that it comes under, if one. */
export interface Outgoing {
  file: File
  key: string
  seal: string | undefined
}

/** Sends a file; tells from time to time which share of it has gone. The same key again makes no second attachment. */
export function sendAttachment(id: string, { file, key, seal }: Outgoing, onShare: (share: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    // Only this older way of asking tells how far the sending has come.
    const request = new XMLHttpRequest()
    request.open('POST', `${API}/cases/${encodeURIComponent(id)}/attachments`)
    request.setRequestHeader('Accept-Language', languageTag())
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.setRequestHeader('Idempotency-Key', key)
    request.setRequestHeader('File-Name', nameInHeader(file.name))
    if (seal !== undefined) request.setRequestHeader('File-Seal', encodeURIComponent(seal))
    request.upload.onprogress = (event) => onShare(event.lengthComputable ? event.loaded / event.total : 0)
    request.onerror = () => reject(ApiProblem.offline())
    request.onload = () => (request.status < 300 ? resolve() : reject(problemFrom(request.status, parsed(request.responseText))))
    request.send(file)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Takes an attachment away, with its bytes; that it was there stays on record. */
export function removeAttachment(target: Target, entry: number, reason: string): Promise<Written> {
  const headers = { 'If-Match': `"${target.seq}"`, 'Idempotency-Key': target.key }
  const params = { path: { id: target.id, entry } }
  return take(api.POST('/cases/{id}/attachments/{entry}/removal', { params, headers, body: { reason } }))
}

/** Where an attachment is given out. Each time is on record. */
export function attachmentUrl(id: string, entry: number, inline = false): string {
  return `${API}/cases/${encodeURIComponent(id)}/attachments/${entry}${inline ? '?inline=true' : ''}`
}
