import { useQuery } from '@tanstack/react-query'
import { getResourceOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Resource } from '@/shared/api/generated/types.gen'

/** The piece that a post is about. */
export function useResource(id: string | null): Resource | undefined {
  const { data } = useQuery({ ...getResourceOptions({ path: { id: id ?? '' } }), enabled: id !== null })
  return data
}
