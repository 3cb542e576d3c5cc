import './i18n'
import { ActionIcon, Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconBell, IconBellFilled } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getFollowOptions, getFollowQueryKey } from '@/shared/api/generated/@tanstack/react-query.gen'
import { followThing, unfollowThing } from '@/shared/api/generated/sdk.gen'
import { Tip } from '@/shared/ui/Tip'
import { toast } from '@/shared/ui/toast'
import type { Thing } from './thing'

/** Follow a thing or stop; changes on press. */
export function FollowButton({ type, id }: Thing) {
  const { t } = useTranslation('discussion')
  const queryClient = useQueryClient()
  const isPhone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const path = { type, id }
  const queryKey = getFollowQueryKey({ path })
  const { data } = useQuery(getFollowOptions({ path }))
  const change = useMutation({
    mutationFn: async (following: boolean) => {
      const { data: answer } = await (following ? followThing : unfollowThing)({ path, throwOnError: true })
      return answer
    },
    onMutate: async (following) => {
      await queryClient.cancelQueries({ queryKey })
      const before = queryClient.getQueryData(queryKey)
      queryClient.setQueryData(queryKey, { following })
      return before
    },
    onError: (error, _following, before) => {
      queryClient.setQueryData(queryKey, before)
      toast.error(error)
    },
    onSuccess: (answer) => queryClient.setQueryData(queryKey, answer),
    scope: { id: `follow-${id}` }, // presses arrive in order
  })
  const isFollowing = data?.following ?? false
  const Bell = isFollowing ? IconBellFilled : IconBell
  const shared = { 'aria-pressed': isFollowing, disabled: !data, onClick: () => change.mutate(!isFollowing) }
  return (
    <Tip label={isFollowing ? t('unfollowHint') : t('followHint')}>
      {isPhone ? (
        <ActionIcon {...shared} variant="default" size={44} aria-label={isFollowing ? t('following') : t('follow')}>
          <Bell size={18} stroke={1.7} />
        </ActionIcon>
      ) : (
        <Button {...shared} variant="default" leftSection={<Bell size={16} stroke={1.7} />}>
          {isFollowing ? t('following') : t('follow')}
        </Button>
      )}
    </Tip>
  )
}
