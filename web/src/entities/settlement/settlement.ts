import { api, take } from '@/api/client'
import type { FieldValues, Settlement } from '@/api/types'

/** Where a form is filled in, and in whose right. */
export interface Form {
  id: string
  act: string
  actingFor: string | undefined
}

/** What a form's sheets would give with what is filled in so far. Nothing is put on record. */
export function settleForm(form: Form, fields: FieldValues): Promise<Settlement> {
  const path = { id: form.id, act: form.act }
  const headers = form.actingFor === undefined ? {} : { 'Acting-For': form.actingFor }
  return take(api.POST('/cases/{id}/acts/{act}/settlement', { params: { path }, headers, body: { fields } }))
}
