import { Menu, SegmentedControl, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { IconKeyboard, IconLogout, IconSettings, IconUser } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { signOut } from '@/shared/api/generated/sdk.gen'
import type { Person } from '@/shared/api/generated/types.gen'
import { leave } from '@/shared/session/leave'
import { openKeys } from '@/shared/ui/overlays'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { toast } from '@/shared/ui/toast'
import classes from './UserMenu.module.css'

interface UserMenuProps {
  me: Person
  /** With name and side beside the picture. */
  isWide?: boolean
}

export function UserMenu({ me, isWide = false }: UserMenuProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { colorScheme, setColorScheme } = useMantineColorScheme()

  const handleSignOut = async () => {
    try {
      await signOut()
      leave(queryClient)
    } catch (error) {
      toast.error(error)
    }
  }

  return (
    <Menu position="top-start" width={240}>
      <Menu.Target>
        <UnstyledButton className={classes.target} aria-label={t('nav.account')}>
          <PersonAvatar person={me} size={30} />
          {isWide && (
            <span className={classes.words}>
              <span className={classes.name}>{me.name}</span>
              <span className={classes.side}>{me.title || t(`side.${me.side}`)}</span>
            </span>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconUser size={16} />}
          onClick={() => void navigate({ to: '/people/$personId', params: { personId: me.id } })}
        >
          {t('nav.myPage')}
        </Menu.Item>
        <Menu.Item leftSection={<IconSettings size={16} />} onClick={() => void navigate({ to: '/settings' })}>
          {t('nav.profile')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={openKeys} visibleFrom="sm">
          {t('nav.keys')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('nav.appearance')}</Menu.Label>
        <SegmentedControl
          fullWidth
          size="xs"
          mx={6}
          mb={6}
          aria-label={t('nav.appearance')}
          value={colorScheme}
          onChange={setColorScheme}
          data={[
            { value: 'light', label: t('nav.light') },
            { value: 'dark', label: t('nav.dark') },
            { value: 'auto', label: t('nav.auto') },
          ]}
        />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void handleSignOut()}>
          {t('nav.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
