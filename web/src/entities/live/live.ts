import type { QueryClient } from '@tanstack/vue-query'
import { onScopeDispose, ref } from 'vue'
import { API } from '@/api/client'
import { caseKeys } from '@/entities/case/queries'
import { announce } from '@/entities/notice/notices'

/** Many changes within this span refresh the lists once. */
const GATHER_MS = 800
/** A connection that comes back sooner isn't worth a word. */
const PATIENCE_MS = 3000
/** How long to wait before asking again after the server refused to listen to us. */
const REOPEN_MS = 5000

export type Connection = 'live' | 'reconnecting' | 'offline'

/** Follows the server's changes while the calling component lives and refreshes what they touch. */
export function useLive(client: QueryClient) {
  const connection = ref<Connection>(navigator.onLine ? 'live' : 'offline')
  let source: EventSource
  let reopening: ReturnType<typeof setTimeout> | undefined
  let gathering: ReturnType<typeof setTimeout> | undefined
  let waiting: ReturnType<typeof setTimeout> | undefined

  const refreshLists = () => {
    gathering ??= setTimeout(() => {
      gathering = undefined
      void client.invalidateQueries({ queryKey: caseKeys.lists })
    }, GATHER_MS)
  }
  const recovered = () => {
    clearTimeout(waiting)
    waiting = undefined
    if (connection.value !== 'live') void client.invalidateQueries()
    connection.value = 'live'
  }
  const backOnline = () => {
    if (source.readyState === EventSource.OPEN) recovered()
  }
  const lost = () => {
    if (source.readyState === EventSource.CLOSED) {
      // The browser gives up on a refusal. Whether it is the session that ended shows when asking who we are.
      void client.invalidateQueries({ queryKey: ['me'] })
      clearTimeout(reopening)
      reopening = setTimeout(listen, REOPEN_MS)
    }
    waiting ??= setTimeout(() => (connection.value = navigator.onLine ? 'reconnecting' : 'offline'), PATIENCE_MS)
  }

  function listen() {
    source = new EventSource(`${API}/live`)
    source.addEventListener('open', recovered)
    source.addEventListener('reload', () => void client.invalidateQueries())
    source.addEventListener('error', lost)
    source.addEventListener('case', (event: MessageEvent<string>) => {
      const id = caseOf(event.data)
      if (id !== undefined) void client.invalidateQueries({ queryKey: caseKeys.one(id) })
      refreshLists()
    })
    source.addEventListener('notice', (event: MessageEvent<string>) => {
      const title = textOf(event.data, 'title')
      if (title !== undefined) announce(title, 'told')
    })
  }

  listen()
  window.addEventListener('offline', lost)
  window.addEventListener('online', backOnline)

  onScopeDispose(() => {
    source.close()
    clearTimeout(reopening)
    window.removeEventListener('offline', lost)
    window.removeEventListener('online', backOnline)
    clearTimeout(gathering)
    clearTimeout(waiting)
  })
  return connection
}

/** The case an event is about; a text that isn't such an event says nothing. */
export function caseOf(data: string): string | undefined {
  return textOf(data, 'id')
}

/** A text in an event's data. */
function textOf(data: string, key: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(data)
    const value = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed).find(([name]) => name === key)?.[1] : undefined
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
