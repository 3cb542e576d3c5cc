import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  addSynonymsMutation,
  deleteSynonymsMutation,
  updateSynonymsMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import { invalidate } from '@/shared/api/invalidate'

function useRefresh() {
  const queryClient = useQueryClient()
  return () => invalidate(queryClient, 'listSynonyms', 'explainQuery', 'search')
}

export function useAddSynonyms() {
  const onSuccess = useRefresh()
  return useMutation({ ...addSynonymsMutation(), onSuccess })
}

export function useUpdateSynonyms() {
  const onSuccess = useRefresh()
  return useMutation({ ...updateSynonymsMutation(), onSuccess })
}

export function useDeleteSynonyms() {
  const onSettled = useRefresh()
  return useMutation({ ...deleteSynonymsMutation(), onSettled })
}
