import type { View } from '@/api/types'

/** The views of the work list in the order of the rail. */
export const VIEWS: View[] = ['mine', 'unclaimed', 'due_soon', 'overdue', 'follow_up', 'taken', 'all']
