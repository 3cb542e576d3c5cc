import { useTranslation } from 'react-i18next'
import type { PersonRef } from '@/shared/api/generated/types.gen'
import classes from '@/shared/textdiff/DiffView.module.css'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'

/** Whose the marks are: a line of another kind for each of the first six people. */
export function Writers({ people }: { people: PersonRef[] }) {
  const { t } = useTranslation('drafts')
  if (people.length === 0) return null
  return (
    <ul className={classes.writers} aria-label={t('versions.writers')}>
      {people.map((person, i) => (
        <li key={person.id} data-who={i % 6}>
          <PersonAvatar person={person} size={20} /> <span className={classes.writer}>{person.name}</span>
        </li>
      ))}
    </ul>
  )
}
