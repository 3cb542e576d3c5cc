import { ActionIcon } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Person } from '@/shared/api/generated/types.gen'
import { openNewIdea, openSearch } from '@/shared/ui/overlays'
import type { NavItem } from './navigation'
import classes from './PhoneBars.module.css'
import { Bell } from './slots'
import { UserMenu } from './UserMenu'
import { Wordmark } from './Wordmark'

export function PhoneBar({ me }: { me: Person }) {
  const { t } = useTranslation()
  return (
    <header className={classes.bar}>
      <Wordmark />
      <span className={classes.actions}>
        <ActionIcon size={44} onClick={() => openNewIdea()} aria-label={t('nav.newIdea')}>
          <IconPlus size={21} />
        </ActionIcon>
        <ActionIcon size={44} onClick={() => openSearch()} aria-label={t('nav.search')}>
          <IconSearch size={20} />
        </ActionIcon>
        <Bell />
        <UserMenu me={me} />
      </span>
    </header>
  )
}

/** The daily places at the thumb; six fit at 360 px. */
export function PhoneTabs({ items }: { items: NavItem[] }) {
  const { t } = useTranslation()
  return (
    <nav className={classes.tabs} aria-label={t('nav.main')}>
      {items.map((item) => (
        <Link
          key={item.to}
          to={item.to}
          className={classes.tab}
          activeOptions={{ exact: item.to === '/', includeSearch: false }}
        >
          <item.icon size={21} stroke={1.7} aria-hidden />
          <span>{t(`nav.${item.label}`)}</span>
        </Link>
      ))}
    </nav>
  )
}
