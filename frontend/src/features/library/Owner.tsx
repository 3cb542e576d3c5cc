import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Resource } from '@/shared/api/generated/types.gen'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import classes from './ResourcePage.module.css'

/** Who keeps a resource right. */
export function Owner({ resource }: { resource: Resource }) {
  const { t } = useTranslation('library')
  if (!resource.owner) return <span>{t('noOwner')}</span>
  return (
    <Link to="/people/$personId" params={{ personId: resource.owner.id }} className={classes.person}>
      <PersonAvatar person={resource.owner} size={24} />
      {resource.owner.name}
    </Link>
  )
}
