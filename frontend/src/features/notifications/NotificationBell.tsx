import './i18n'
import { ActionIcon, type ActionIconProps, Indicator } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createLink } from '@tanstack/react-router'
import { type AriaAttributes, type Ref, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { countUnreadOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { invalidate } from '@/shared/api/invalidate'

const LinkIcon = createLink((props: ActionIconProps & AriaAttributes & { ref?: Ref<HTMLAnchorElement> }) => (
  <ActionIcon component="a" {...props} />
))

/** Link to the inbox with the number of unread lines; asks every minute and when the window comes back. */
export function NotificationBell() {
  const { t } = useTranslation('notifications')
  const queryClient = useQueryClient()
  const { data } = useQuery({ ...countUnreadOptions(), refetchInterval: 60_000, refetchOnWindowFocus: 'always' })
  const unread = data?.unread ?? 0
  const last = useRef(unread)
  useEffect(() => {
    // something new came: what shows it is old
    if (unread > last.current) void invalidate(queryClient, 'listNotifications', 'getHome')
    last.current = unread
  }, [unread, queryClient])
  return (
    <Indicator
      disabled={unread === 0}
      label={unread > 99 ? '99+' : unread}
      size={16}
      offset={11}
      color="red"
      inline
      zIndex={1}
      styles={{ indicator: { pointerEvents: 'none', fontSize: 10, fontWeight: 600, padding: '0 4px' } }}
    >
      <LinkIcon to="/notifications" size={44} aria-label={unread > 0 ? t('bellCount', { count: unread }) : t('bell')}>
        <IconBell size={20} stroke={1.7} />
      </LinkIcon>
    </Indicator>
  )
}
