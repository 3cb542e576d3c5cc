import './i18n'
import { ActionIcon, type ActionIconProps, Indicator } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { createLink } from '@tanstack/react-router'
import type { AriaAttributes, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { countUnreadOptions } from '@/shared/api/generated/@tanstack/react-query.gen'

const LinkIcon = createLink((props: ActionIconProps & AriaAttributes & { ref?: Ref<HTMLAnchorElement> }) => (
  <ActionIcon component="a" {...props} />
))

/** Link to the inbox with a dot while something is unread. */
export function NotificationBell() {
  const { t } = useTranslation('notifications')
  const { data } = useQuery({ ...countUnreadOptions(), refetchInterval: 60_000, refetchOnWindowFocus: true })
  const unread = data?.unread ?? 0
  return (
    <Indicator disabled={unread === 0} size={9} offset={13} color="red" inline withBorder zIndex={1}>
      <LinkIcon to="/notifications" size={44} aria-label={unread > 0 ? t('bellCount', { count: unread }) : t('bell')}>
        <IconBell size={20} stroke={1.7} />
      </LinkIcon>
    </Indicator>
  )
}
