import { QueryCache, QueryClient } from '@tanstack/vue-query'
import { ApiProblem } from '@/api/problem'
import { router } from './router'

const RETRIES_MAX = 2

/** A refusal is an answer; only a lost connection or a failing server is worth another try. */
function isWorthRetrying(failures: number, error: unknown): boolean {
  const isTransient = !(error instanceof ApiProblem) || error.status === 0 || error.status >= 500
  return isTransient && failures < RETRIES_MAX
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 15_000, retry: isWorthRetrying },
    // Someone who submits without a connection is told so at once; nothing waits in silence to be sent later.
    mutations: { networkMode: 'always' },
  },
  queryCache: new QueryCache({
    onError(error) {
      const isSignedOut = error instanceof ApiProblem && error.status === 401
      if (isSignedOut && router.currentRoute.value.meta.open !== true) {
        queryClient.clear()
        void router.push({ name: 'sign-in', query: { next: router.currentRoute.value.fullPath } })
      }
    },
  }),
})
