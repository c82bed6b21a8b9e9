import { useI18n } from 'vue-i18n'
import type { FieldForm, PartForm } from '@/api/types'

/** Types whose value is picked rather than typed. */
const PICKED: FieldForm['type'][] = ['bool', 'one_of', 'many_of', 'unit', 'person', 'date', 'instant']

/** Asks for mandatory fields that are still empty, by field id. */
export function useMissingMessages() {
  const { t } = useI18n()

  function askFor(part: PartForm, ids: string[]): Record<string, string> {
    const empty = part.fields.filter((field) => ids.includes(field.id))
    return Object.fromEntries(
      empty.map(({ id, title, type }) => [
        id,
        PICKED.includes(type) ? t('field.choose', { title }) : t('field.enter', { title }),
      ]),
    )
  }

  return { askFor }
}
