import { Skeleton, Stack, Switch, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import {
  getSearchSettingsOptions,
  getSearchSettingsQueryKey,
  updateSearchSettingsMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import { invalidate } from '@/shared/api/invalidate'
import { ErrorState } from '@/shared/ui/States'
import { toast } from '@/shared/ui/toast'

/** Whether one's name is kept with one's searches: no, unless one says so. */
export function SearchPrivacy() {
  const { t } = useTranslation('settings')
  const queryClient = useQueryClient()
  const settings = useQuery(getSearchSettingsOptions())
  const update = useMutation({
    ...updateSearchSettingsMutation(),
    onError: toast.error,
    onSuccess: (after) => {
      queryClient.setQueryData(getSearchSettingsQueryKey(), after)
      toast.success(after.named ? t('searches.on') : t('searches.off'))
      return invalidate(queryClient, 'listDemand')
    },
  })
  if (settings.isPending) return <Skeleton height={96} />
  if (settings.isError) return <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />
  return (
    <Stack gap="md">
      <Text size="sm">{t('searches.lead')}</Text>
      <Switch
        label={t('searches.named')}
        description={t('searches.namedHint')}
        checked={update.isPending ? update.variables.body.named : settings.data.named}
        disabled={update.isPending}
        onChange={(event) => update.mutate({ body: { named: event.currentTarget.checked } })}
      />
    </Stack>
  )
}
