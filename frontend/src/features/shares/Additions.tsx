import { Alert, Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listShareAdditionsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { addToShare } from '@/shared/api/generated/sdk.gen'
import type { Share } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { toast } from '@/shared/ui/toast'

/** What came to the collection since it was shared; its owner says whether it is shown too. */
export function Additions({ share }: { share: Share }) {
  const { t } = useTranslation('shares')
  const queryClient = useQueryClient()
  const { data } = useQuery({ ...listShareAdditionsOptions({ path: { id: share.id } }), enabled: !!share.collection })
  const add = useMutation({
    mutationFn: (resources: string[]) =>
      addToShare({ path: { id: share.id }, body: { resources }, throwOnError: true }),
    onError: toast.error,
    onSuccess: (_, { length }) => {
      toast.success(t('set.added', { count: length }))
      return invalidate(queryClient, 'getShare', 'listShares', 'listShareAdditions')
    },
  })
  const more = data?.items ?? []
  if (more.length === 0) return null
  return (
    <Alert color="blue" variant="light" mb="lg" title={t('set.more', { count: more.length })}>
      <p>{more.map((r) => r.title).join(', ')}</p>
      <Button
        size="compact-md"
        mih={44}
        loading={add.isPending}
        onClick={() => add.mutate(more.slice(0, 50).map((r) => r.id))}
      >
        {t('set.show', { count: more.length })}
      </Button>
    </Alert>
  )
}
