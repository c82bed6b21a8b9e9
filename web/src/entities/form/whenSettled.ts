import { onScopeDispose, watch, type WatchSource } from 'vue'

/** Acts once the source has rested for a while. */
export function whenSettled(source: WatchSource<unknown>, milliseconds: number, act: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    source,
    () => {
      clearTimeout(timer)
      timer = setTimeout(act, milliseconds)
    },
    { deep: true },
  )
  onScopeDispose(() => clearTimeout(timer))
}
