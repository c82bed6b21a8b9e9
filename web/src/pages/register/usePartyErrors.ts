import { nextTick, ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { KindForm } from '@/api/types'
import { missingOf, type PartyDraft } from '@/entities/case/parties'

/** What is missing of the parties named with a case, party by party. */
export function usePartyErrors(form: Ref<KindForm | undefined>, parties: () => PartyDraft[]) {
  const { t } = useI18n()
  const partyErrors = ref<Record<string, string>[]>([])

  function missingOfParty(party: PartyDraft): Record<string, string> {
    const role = form.value?.parties.find((one) => one.role === party.role)
    const empty = role === undefined ? [] : missingOf(role, party)
    return Object.fromEntries(empty.map((field) => [field, t('party.missing')]))
  }

  /** Looks all parties over; the place of the first that lacks something, -1 if none does. */
  function checkParties(): number {
    partyErrors.value = parties().map(missingOfParty)
    return partyErrors.value.findIndex((found) => Object.keys(found).length > 0)
  }

  /** Leads to the first field that a party lacks. */
  async function showParty(index: number) {
    await nextTick()
    const first = Object.keys(partyErrors.value[index] ?? {})[0]
    document.getElementById(`named-${index}-${first}`)?.focus()
  }

  return { partyErrors, checkParties, showParty }
}
