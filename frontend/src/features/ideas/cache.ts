import type { QueryClient, QueryKey } from '@tanstack/react-query'
import type { Idea } from '@/shared/api/generated/types.gen'

type Change = (idea: Idea) => Idea

/** Operations whose answers hold ideas. */
const holders = ['listIdeas', 'getIdea', 'listSimilarIdeas', 'getHome']

function holdsIdeas({ queryKey }: { queryKey: QueryKey }): boolean {
  const [first] = queryKey
  return typeof first === 'object' && first !== null && '_id' in first && holders.includes(String(first._id))
}

function isIdea(value: object): value is Idea {
  return 'evidence_count' in value && 'voted' in value
}

/** Changes one idea wherever it stands in an answer; what does not hold it keeps its identity. */
function changed(value: unknown, id: string, change: Change): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const items = value.map((item) => changed(item, id, change))
    return items.some((item, i) => item !== value[i]) ? items : value
  }
  if (isIdea(value)) return value.id === id ? change(value) : value
  const entries = Object.entries(value).map(([key, part]) => [key, changed(part, id, change)] as const)
  const old = value as Record<string, unknown>
  return entries.some(([key, part]) => part !== old[key]) ? Object.fromEntries(entries) : value
}

/** Changes an idea in every list and page that shows it. */
export function patchIdea(queryClient: QueryClient, id: string, change: Change): void {
  queryClient.setQueriesData({ predicate: holdsIdeas }, (data: unknown) => changed(data, id, change))
}

/** Stops reads under way, so that none brings back what was before a change. */
export function cancelIdeas(queryClient: QueryClient): Promise<void> {
  return queryClient.cancelQueries({ predicate: holdsIdeas })
}
