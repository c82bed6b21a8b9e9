import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Titled } from '@/api/types'
import { useKinds, usePolicies } from '@/entities/case/queries'
import { namedPaths } from '@/entities/form/categories'

/** What the work list can be filtered by and how it can be sorted, as the policies in force have it. */
export function useChoices() {
  const { t } = useI18n()
  const { data: kinds } = useKinds()
  const { data: policies } = usePolicies()

  const channels = computed(() => {
    const byId = new Map<string, Titled>()
    for (const channel of kinds.value?.flatMap((kind) => kind.channels) ?? []) byId.set(channel.id, channel)
    return [...byId.values()]
  })
  /** The levels of all policies in force that stand for the same; each name once. */
  function levels(meaning: 'severity' | 'urgency'): Titled[] {
    const scales = policies.value?.flatMap((policy) => policy.scales) ?? []
    const titled = scales.filter((scale) => scale.meaning === meaning).flatMap((scale) => scale.levels)
    return [...new Map(titled.map((level) => [level.id, level])).values()]
  }
  const categories = computed(() => {
    const trees = policies.value?.flatMap((policy) => policy.trees) ?? []
    return trees.flatMap((tree) => namedPaths(tree.nodes).map(({ node, label }) => ({ id: node.path, title: label })))
  })
  const sorts = computed(() =>
    [
      { id: '', title: t('worklist.sortByDue') },
      ...(levels('severity').length > 0 ? [{ id: 'severity', title: t('worklist.sortBySeverity') }] : []),
      ...(levels('urgency').length > 0 ? [{ id: 'urgency', title: t('worklist.sortByUrgency') }] : []),
    ],
  )
  const selects = computed(() => [
    { name: 'kind' as const, any: t('worklist.anyKind'), choices: (kinds.value ?? []).map(({ kind, title }) => ({ id: kind, title })) },
    { name: 'channel' as const, any: t('worklist.anyChannel'), choices: channels.value },
    { name: 'severity' as const, any: t('worklist.anySeverity'), choices: levels('severity') },
    { name: 'urgency' as const, any: t('worklist.anyUrgency'), choices: levels('urgency') },
    { name: 'category' as const, any: t('worklist.anyCategory'), choices: categories.value },
  ])

  return { selects, sorts }
}
