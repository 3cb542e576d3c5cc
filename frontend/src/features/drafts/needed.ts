import { useQuery } from '@tanstack/react-query'
import { getResourceOptions, listRequiredTagsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Draft, Taxonomy } from '@/shared/api/generated/types.gen'

export const nothing: Taxonomy = { personas: [], stages: [], industries: [], products: [], regions: [], tags: [] }

/** The lists of a taxonomy, by the names that facets have. */
export const fieldOf = {
  persona: 'personas',
  stage: 'stages',
  industry: 'industries',
  product: 'products',
  region: 'regions',
  tag: 'tags',
} as const
export type Needed = keyof typeof fieldOf

const isFacet = (name: string): name is Needed => name in fieldOf

/** What the type of a piece asks for and neither its brief nor the published resource says. */
export function useNeeded(draft: Draft): Needed[] {
  const required = useQuery(listRequiredTagsOptions()).data?.items ?? []
  const facets = required.find((r) => r.content_type === draft.content_type)?.facets ?? []
  const id = draft.resource_id ?? ''
  const old = useQuery({ ...getResourceOptions({ path: { id } }), enabled: id !== '' && facets.length > 0 })
  const { audience, stage, tags } = draft.brief ?? {}
  const said: Taxonomy = id
    ? (old.data?.taxonomy ?? nothing)
    : { ...nothing, personas: audience ? [audience] : [], stages: stage ? [stage] : [], tags: tags ?? [] }
  return facets.filter(isFacet).filter((f) => said[fieldOf[f]].length === 0)
}
