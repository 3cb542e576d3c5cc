import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  archiveContentTypeMutation,
  arrangeContentTypesMutation,
  createContentTypeMutation,
  updateContentTypeMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import { invalidate } from '@/shared/api/invalidate'

function useRefresh() {
  const queryClient = useQueryClient()
  return () => invalidate(queryClient, 'listContentTypes')
}

export function useCreateType() {
  const onSuccess = useRefresh()
  return useMutation({ ...createContentTypeMutation(), onSuccess })
}

export function useUpdateType() {
  const onSuccess = useRefresh()
  return useMutation({ ...updateContentTypeMutation(), onSuccess, onError: onSuccess })
}

export function useArchiveType() {
  const onSuccess = useRefresh()
  return useMutation({ ...archiveContentTypeMutation(), onSuccess, onError: onSuccess })
}

export function useArrangeTypes() {
  const onSettled = useRefresh()
  return useMutation({ ...arrangeContentTypesMutation(), onSettled, scope: { id: 'arrange content types' } })
}
