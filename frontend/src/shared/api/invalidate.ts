import type { QueryClient, QueryKey } from '@tanstack/react-query'

type Operation = keyof typeof import('./generated/sdk.gen')

function operationOf(key: QueryKey): string | undefined {
  const [first] = key
  return typeof first === 'object' && first !== null && '_id' in first ? String(first._id) : undefined
}

/** Marks what these operations read as old, whatever their parameters, infinite lists too: `invalidate(qc, 'listIdeas')`. */
export function invalidate(queryClient: QueryClient, ...operations: Operation[]): Promise<void> {
  const names: string[] = operations
  return queryClient.invalidateQueries({ predicate: ({ queryKey }) => names.includes(operationOf(queryKey) ?? '') })
}
