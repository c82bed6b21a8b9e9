import { api, take } from '@/api/client'
import type { NewCase } from '@/api/types'

/** The clocks a case would get; nothing is stored. */
export function previewCase(body: NewCase) {
  return take(api.POST('/cases/preview', { body }))
}

/** Registers a case; repeating it with the same key makes no second one. */
export function registerCase(body: NewCase, key: string) {
  return take(api.POST('/cases', { headers: { 'Idempotency-Key': key }, body }))
}
