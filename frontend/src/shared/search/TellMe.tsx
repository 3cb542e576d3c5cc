import './i18n'
import { Button, Text } from '@mantine/core'
import { IconBell, IconBellCheck } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  getSearchSettingsOptions,
  getSearchSettingsQueryKey,
  updateSearchSettingsMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import { LinkAnchor } from '@/shared/ui/links'
import { toast } from '@/shared/ui/toast'
import classes from './TellMe.module.css'

/**
 * Below a search that found nothing: whether one hears when it exists. Until somebody says so, nobody's name is kept with a
 * search; what that means is said before it is switched on.
 */
export function TellMe() {
  const { t } = useTranslation('search-tell')
  const queryClient = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const { data } = useQuery({ ...getSearchSettingsOptions(), staleTime: 60_000 })
  const update = useMutation({
    ...updateSearchSettingsMutation(),
    onError: toast.error,
    onSuccess: (after) => queryClient.setQueryData(getSearchSettingsQueryKey(), after),
  })
  if (!data) return null
  const settings = (
    <LinkAnchor to="/settings" hash="searches" size="sm">
      {t('settings')}
    </LinkAnchor>
  )
  return (
    <div className={classes.box} aria-live="polite">
      {data.named && (
        <Text size="sm" c="dimmed">
          <IconBellCheck size={16} stroke={1.7} aria-hidden className={classes.icon} /> {t('told')} {settings}
        </Text>
      )}
      {!data.named && !isAsking && (
        <Button variant="subtle" leftSection={<IconBell size={16} stroke={1.7} />} onClick={() => setAsking(true)}>
          {t('button')}
        </Button>
      )}
      {!data.named && isAsking && (
        <Question
          isBusy={update.isPending}
          onYes={() => update.mutate({ body: { named: true } })}
          onNo={() => setAsking(false)}
        />
      )}
    </div>
  )
}

interface QuestionProps {
  isBusy: boolean
  onYes: () => void
  onNo: () => void
}

/** It has the focus in place of the button that asked for it. */
function Question({ isBusy, onYes, onNo }: QuestionProps) {
  const { t } = useTranslation('search-tell')
  const yesRef = useRef<HTMLButtonElement>(null)
  useEffect(() => yesRef.current?.focus(), [])
  return (
    <>
      <Text size="sm">{t('explain')}</Text>
      <div className={classes.buttons}>
        <Button ref={yesRef} loading={isBusy} onClick={onYes}>
          {t('yes')}
        </Button>
        <Button variant="default" onClick={onNo}>
          {t('no')}
        </Button>
      </div>
    </>
  )
}
