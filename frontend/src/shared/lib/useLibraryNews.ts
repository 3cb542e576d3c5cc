import { useQuery } from '@tanstack/react-query'
import { visitLibrary } from '@/shared/api/generated/sdk.gen'

/** What is new in the library since somebody's last visit; asking says that they look. */
export function useLibraryNews() {
  return useQuery({
    queryKey: ['libraryNews'],
    queryFn: async ({ signal }) => (await visitLibrary({ signal, throwOnError: true })).data,
    staleTime: 5 * 60_000,
  })
}
