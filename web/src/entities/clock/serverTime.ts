import { onScopeDispose, readonly, ref, type Ref } from 'vue'

const TICK_MS = 1000

let skew = 0
let watchers = 0
let timer: ReturnType<typeof setInterval> | undefined
const now = ref(Date.now())

/** Sets the difference between the server's clock and this machine's from an instant the server just named. */
export function setServerTime(instant: string): void {
  const server = Date.parse(instant)
  if (Number.isNaN(server)) return
  skew = server - Date.now()
  tick()
}

/** The server's time in milliseconds, shared by every countdown of the page and ticking while one is shown. */
export function useServerNow(): Readonly<Ref<number>> {
  watchers += 1
  // The shared value may be old if nothing ticked for a while.
  tick()
  timer ??= setInterval(tick, TICK_MS)
  onScopeDispose(() => {
    watchers -= 1
    if (watchers > 0) return
    clearInterval(timer)
    timer = undefined
  })
  return readonly(now)
}

function tick(): void {
  now.value = Date.now() + skew
}
