import { useI18n } from 'vue-i18n'
import { partsOf } from './periods'

/** Puts periods into words: 2026年第2季度. */
export function usePeriodNames() {
  const { t } = useI18n()
  return (period: string) => {
    const { length, year, number } = partsOf(period)
    const half = t(number === 1 ? 'statistics.halves.first' : 'statistics.halves.second')
    return t(`statistics.named.${length}`, { year, number, half })
  }
}
