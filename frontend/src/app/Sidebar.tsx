import { ActionIcon, Kbd, UnstyledButton } from '@mantine/core'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconPlus, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Person } from '@/shared/api/generated/types.gen'
import { openNewIdea, openSearch } from '@/shared/ui/overlays'
import { Tip } from '@/shared/ui/Tip'
import type { NavItem } from './navigation'
import classes from './Sidebar.module.css'
import { Bell, Waiting } from './slots'
import { UserMenu } from './UserMenu'
import { Wordmark } from './Wordmark'

interface SidebarProps {
  me: Person
  navigation: { main: NavItem[]; more: NavItem[] }
  isNarrow: boolean
  onNarrowChange: (isNarrow: boolean) => void
}

export function Sidebar({ me, navigation, isNarrow, onNarrowChange }: SidebarProps) {
  const { t } = useTranslation()
  const toggleLabel = isNarrow ? t('nav.expand') : t('nav.collapse')
  return (
    <div className={classes.sidebar} data-narrow={isNarrow || undefined}>
      <div className={classes.top}>
        <Wordmark />
        <Tip label={toggleLabel}>
          <ActionIcon className={classes.toggle} onClick={() => onNarrowChange(!isNarrow)} aria-label={toggleLabel}>
            {isNarrow ? <IconLayoutSidebarLeftExpand size={18} /> : <IconLayoutSidebarLeftCollapse size={18} />}
          </ActionIcon>
        </Tip>
      </div>
      <UnstyledButton className={classes.search} onClick={() => openSearch()} aria-label={t('nav.search')}>
        <IconSearch size={16} aria-hidden />
        <span className={`${classes.label} ${classes.grow}`}>{t('nav.search')}</span>
        <Kbd size="xs" className={classes.label} aria-hidden>
          Ctrl K
        </Kbd>
      </UnstyledButton>
      <nav aria-label={t('nav.main')} className={classes.nav}>
        {navigation.main.map((item) => (
          <SideLink key={item.to} item={item} />
        ))}
        <hr className={classes.rule} />
        {navigation.more.map((item) => (
          <SideLink key={item.to} item={item} />
        ))}
      </nav>
      <UnstyledButton className={classes.newIdea} onClick={() => openNewIdea()} aria-label={t('nav.newIdea')}>
        <IconPlus size={16} stroke={2} aria-hidden />
        <span className={classes.label}>{t('nav.newIdea')}</span>
      </UnstyledButton>
      <div className={classes.foot}>
        <UserMenu me={me} isWide />
        <Bell />
      </div>
    </div>
  )
}

function SideLink({ item }: { item: NavItem }) {
  const { t } = useTranslation()
  const label = t(`nav.${item.label}`)
  return (
    <Link
      to={item.to}
      className={classes.link}
      activeOptions={{ exact: item.to === '/', includeSearch: false }}
      title={label}
    >
      <item.icon size={18} stroke={1.7} aria-hidden />
      <span className={`${classes.label} ${classes.grow}`}>{label}</span>
      {item.to === '/' && (
        <span className={classes.label}>
          <Waiting />
        </span>
      )}
    </Link>
  )
}
