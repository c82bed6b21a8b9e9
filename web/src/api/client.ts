import createClient, { type Middleware } from 'openapi-fetch'
import { ApiProblem, problemFrom } from './problem'
import type { paths } from './schema'

export const API = '/api/v1'

let language = 'zh-CN'

/** The language in which the server words its texts from now on. */
export function setLanguage(tag: string): void {
  language = tag
}

/** The language in which the server words its texts. */
export function languageTag(): string {
  return language
}

const headers: Middleware = {
  onRequest({ request, schemaPath }) {
    request.headers.set('Accept-Language', language)
    const takesKey = request.method === 'POST' && /^\/(cases|units|people|policies)\b/.test(schemaPath)
    if (takesKey && !request.headers.has('Idempotency-Key')) {
      request.headers.set('Idempotency-Key', crypto.randomUUID())
    }
    return request
  },
}

export const api = createClient<paths>({ baseUrl: API, credentials: 'same-origin' })
api.use(headers)

/** The body of an answer; refusals and lost connections are thrown as `ApiProblem`. */
export async function take<Body>(
  call: Promise<{ data?: Body; error?: unknown; response: Response }>,
): Promise<Body> {
  let answer
  try {
    answer = await call
  } catch {
    throw ApiProblem.offline()
  }
  if (!answer.response.ok) throw problemFrom(answer.response.status, answer.error)
  return answer.data as Body
}
