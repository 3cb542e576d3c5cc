import { Menu, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { IconKeyboard, IconLogout, IconSettings, IconUser } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { signOut } from '@/shared/api/generated/sdk.gen'
import type { Person } from '@/shared/api/generated/types.gen'
import { leave } from '@/shared/session/leave'
import { openKeys } from '@/shared/ui/overlays'
import { toast } from '@/shared/ui/toast'
import { AccountButton } from './AccountButton'
import { navigationOf } from './navigation'

interface AccountMenuProps {
  me: Person
  isWide: boolean
}

/** Mounted by the first press of its button: opens at once, and the focus comes back to the button when it closes. */
export function AccountMenu({ me, isWide }: AccountMenuProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { colorScheme, setColorScheme } = useMantineColorScheme()

  const target = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    target.current?.focus()
    setOpen(true)
  }, [])

  const handleSignOut = async () => {
    try {
      await signOut()
      leave(queryClient)
    } catch (error) {
      toast.error(error)
    }
  }

  return (
    <Menu position="top-start" width={240} opened={isOpen} onChange={setOpen}>
      <Menu.Target>
        <AccountButton ref={target} me={me} isWide={isWide} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconUser size={16} />}
          onClick={() => void navigate({ to: '/people/$personId', params: { personId: me.id } })}
        >
          {t('nav.myPage')}
        </Menu.Item>
        {!isWide && // the sidebar has these; the bar of a phone has room for the daily places only
          navigationOf(me).more.map(({ to, label, icon: Icon }) => (
            <Menu.Item key={to} leftSection={<Icon size={16} />} onClick={() => void navigate({ to })}>
              {t(`nav.${label}`)}
            </Menu.Item>
          ))}
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
