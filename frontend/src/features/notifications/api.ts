import { type InfiniteData, type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { countUnreadQueryKey } from '@/shared/api/generated/@tanstack/react-query.gen'
import { markNotifications } from '@/shared/api/generated/sdk.gen'
import type { ListNotificationsResponse, Unread } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { toast } from '@/shared/ui/toast'

const isInbox = ({ queryKey }: { queryKey: readonly unknown[] }) =>
  (queryKey[0] as { _id?: string } | undefined)?._id === 'listNotifications'

/** Sets lines to read or unread where they are shown; none given means all. Gives how many changed. */
function patch(queryClient: QueryClient, ids: string[] | undefined, read: boolean): number {
  const changed = new Set<string>()
  const now = new Date().toISOString()
  queryClient.setQueriesData<InfiniteData<ListNotificationsResponse>>({ predicate: isInbox }, (old) => {
    if (!old?.pages) return old
    const pages = old.pages.map((page) => ({
      ...page,
      items: page.items.map((item) => {
        if ((ids && !ids.includes(item.id)) || Boolean(item.read_at) === read) return item
        changed.add(item.id)
        return { ...item, read_at: read ? now : undefined }
      }),
    }))
    return { ...old, pages }
  })
  return changed.size
}

interface Mark {
  /** None means all. */
  ids?: string[]
  read: boolean
}

/** Marks as read or unread, shown at once. What was marked stays in its place until the page is opened again. */
export function useMark() {
  const queryClient = useQueryClient()
  const unreadKey = countUnreadQueryKey()
  return useMutation({
    mutationFn: async ({ ids, read }: Mark) => {
      const { data } = await markNotifications({ body: { ids, read }, throwOnError: true })
      return data
    },
    onMutate: async ({ ids, read }) => {
      await queryClient.cancelQueries({ queryKey: unreadKey })
      const changed = patch(queryClient, ids, read)
      queryClient.setQueryData<Unread>(unreadKey, (old) => {
        if (!old) return old
        if (!ids && read) return { unread: 0 }
        return { unread: Math.max(0, old.unread + (read ? -changed : changed)) }
      })
    },
    onError: (error) => {
      toast.error(error)
      return invalidate(queryClient, 'listNotifications', 'countUnread')
    },
    onSuccess: (answer) => {
      queryClient.setQueryData(unreadKey, answer)
      void invalidate(queryClient, 'getHome')
    },
    scope: { id: 'mark-notifications' },
  })
}
