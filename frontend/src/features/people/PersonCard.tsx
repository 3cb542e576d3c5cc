import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Person } from '@/shared/api/generated/types.gen'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { ToneBadge } from '@/shared/ui/StateBadge'
import classes from './PeoplePage.module.css'

export function PersonCard({ person }: { person: Person }) {
  const { t } = useTranslation()
  const detail = [person.title, person.team?.name].filter(Boolean).join(' · ')
  return (
    <Link to="/people/$personId" params={{ personId: person.id }} className={classes.card}>
      <PersonAvatar person={person} size={44} />
      <span className={classes.words}>
        <span className={classes.name}>
          {person.name}
          {person.lead && <ToneBadge tone="accent">{t('role.lead')}</ToneBadge>}
        </span>
        <div className={classes.detail}>{detail || t(`side.${person.side}`)}</div>
      </span>
    </Link>
  )
}
