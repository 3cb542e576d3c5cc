import { Button, Group, Radio, Skeleton, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  getCalendarFeedOptions,
  getCalendarFeedQueryKey,
  renewCalendarFeedMutation,
  revokeCalendarFeedMutation,
  updateCalendarFeedMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import type { CalendarFeed as Feed } from '@/shared/api/generated/types.gen'
import { isNotFound } from '@/shared/api/problem'
import { CopyField } from '@/shared/ui/CopyField'
import { confirm } from '@/shared/ui/confirm'
import { ErrorState } from '@/shared/ui/States'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { toast } from '@/shared/ui/toast'

const scopes = ['mine', 'followed', 'all'] as const
type Scope = Feed['scope']

/** The secret address to subscribe to in another calendar: made, renewed, revoked. It is shown once. */
export function CalendarFeed() {
  const { t } = useTranslation('settings')
  const queryClient = useQueryClient()
  const queryKey = getCalendarFeedQueryKey()
  const feed = useQuery({ ...getCalendarFeedOptions(), retry: false })
  const [url, setUrl] = useState<string>()
  const [wanted, setWanted] = useState<Scope>('mine')
  const hasFeed = feed.isSuccess
  const scope = hasFeed ? feed.data.scope : wanted

  const renew = useMutation({
    ...renewCalendarFeedMutation(),
    onError: toast.error,
    onSuccess: ({ url: address, ...rest }) => {
      setUrl(address)
      queryClient.setQueryData(queryKey, rest)
    },
  })
  const update = useMutation({
    ...updateCalendarFeedMutation(),
    onError: toast.error,
    onSuccess: (after) => queryClient.setQueryData(queryKey, after),
  })
  const revoke = useMutation({
    ...revokeCalendarFeedMutation(),
    onError: toast.error,
    onSuccess: () => {
      setUrl(undefined)
      void queryClient.resetQueries({ queryKey })
      toast.success(t('feed.revoked'))
    },
  })
  const handleScope = (next: string) => {
    const value = scopes.find((s) => s === next) ?? 'mine'
    if (hasFeed) update.mutate({ body: { scope: value } })
    else setWanted(value)
  }
  const handleRenew = async () => {
    const question = { title: t('feed.renewTitle'), body: t('feed.renewBody'), confirmLabel: t('feed.renew') }
    if (!hasFeed || (await confirm(question))) renew.mutate({ body: { scope } })
  }
  const handleRevoke = async () => {
    const question = { title: t('feed.revokeTitle'), body: t('feed.revokeBody'), confirmLabel: t('feed.revoke') }
    if (await confirm({ ...question, isDangerous: true })) revoke.mutate({})
  }

  if (feed.isPending) return <Skeleton height={160} />
  if (feed.isError && !isNotFound(feed.error)) {
    return <ErrorState error={feed.error} onRetry={() => void feed.refetch()} />
  }
  return (
    <Stack gap="md" align="flex-start">
      <Text size="sm">{t('feed.lead')}</Text>
      <Radio.Group
        label={t('feed.scope')}
        value={update.isPending ? update.variables.body.scope : scope}
        onChange={handleScope}
      >
        <Stack gap={10} mt={6}>
          {scopes.map((value) => (
            <Radio key={value} value={value} label={t(`feed.scopes.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {url && <CopyField label={t('feed.address')} description={t('feed.once')} value={url} />}
      {hasFeed && (
        <Text size="sm" c="dimmed">
          {t('feed.made')} <TimeAgo when={feed.data.made_at} />.{' '}
          {feed.data.fetched_at ? (
            <>
              {t('feed.fetched')} <TimeAgo when={feed.data.fetched_at} />.
            </>
          ) : (
            t('feed.neverFetched')
          )}
        </Text>
      )}
      <Group gap="xs">
        <Button variant={hasFeed ? 'default' : 'filled'} loading={renew.isPending} onClick={() => void handleRenew()}>
          {hasFeed ? t('feed.renew') : t('feed.make')}
        </Button>
        {hasFeed && (
          <Button variant="light" color="red" loading={revoke.isPending} onClick={() => void handleRevoke()}>
            {t('feed.revoke')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
