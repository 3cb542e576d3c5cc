import { Button, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import {
  endSessionMutation,
  listSessionsOptions,
  listSessionsQueryKey,
  signOutEverywhereMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import { leave } from '@/shared/session/leave'
import { confirm } from '@/shared/ui/confirm'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { toast } from '@/shared/ui/toast'
import { browserOf } from './browserOf'
import classes from './SettingsPage.module.css'

export function SessionList() {
  const { t } = useTranslation('settings')
  const queryClient = useQueryClient()
  const { data, error, refetch } = useQuery(listSessionsOptions())
  const end = useMutation({
    ...endSessionMutation(),
    onError: toast.error,
    onSuccess: () => {
      toast.success(t('sessions.ended'))
      return queryClient.invalidateQueries({ queryKey: listSessionsQueryKey() })
    },
  })
  const endAll = useMutation({
    ...signOutEverywhereMutation(),
    onError: toast.error,
    onSuccess: () => leave(queryClient),
  })
  const handleEverywhere = async () => {
    const isSure = await confirm({
      title: t('sessions.confirmTitle'),
      body: t('sessions.confirmBody'),
      confirmLabel: t('sessions.everywhere'),
      isDangerous: true,
    })
    if (isSure) endAll.mutate({})
  }
  const nameOf = (userAgent: string) => {
    const { browser, system } = browserOf(userAgent)
    if (browser && system) return t('sessions.on', { browser, system })
    return browser ?? system ?? t('sessions.unknown')
  }

  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonList rows={2} height={48} />
  return (
    <div>
      <ul className={classes.sessions}>
        {data.items.map((session) => (
          <li key={session.id}>
            <div>
              <Text size="sm" fw={550}>
                {nameOf(session.user_agent)}
              </Text>
              <Text size="xs" c="dimmed">
                {session.address} · {session.current ? t('sessions.current') : t('sessions.seen')}{' '}
                {!session.current && <TimeAgo when={session.seen_at} />}
              </Text>
            </div>
            {!session.current && (
              <Button
                size="xs"
                variant="default"
                loading={end.isPending && end.variables.path.id === session.id}
                onClick={() => end.mutate({ path: { id: session.id } })}
              >
                {t('sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Button variant="light" color="red" mt="md" loading={endAll.isPending} onClick={() => void handleEverywhere()}>
        {t('sessions.everywhere')}
      </Button>
    </div>
  )
}
