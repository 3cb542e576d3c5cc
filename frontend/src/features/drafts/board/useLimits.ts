import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ifMatch } from '@/shared/api/client'
import { getBoardOptions, getBoardQueryKey } from '@/shared/api/generated/@tanstack/react-query.gen'
import { setBoard } from '@/shared/api/generated/sdk.gen'
import type { Board } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'

/** How many pieces a column should hold at most. */
export function useLimits() {
  return useQuery({ ...getBoardOptions(), staleTime: 60_000 })
}

export function useSetLimits() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async ({ rev, limits }: Board) => {
      const { data } = await setBoard({ headers: ifMatch(rev), body: { limits } })
      return data
    },
    onSuccess: (board) => queryClient.setQueryData(getBoardQueryKey(), board),
    onError: () => invalidate(queryClient, 'getBoard'),
  })
}
