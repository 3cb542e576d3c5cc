import { useTranslation } from 'react-i18next'
import type { Present } from '@/shared/editor/live/presence'
import { useStore } from '@/shared/lib/store'
import { initialsOf } from '@/shared/ui/PersonAvatar'
import classes from './Here.module.css'
import type { DocumentTransport } from './transport'

const most = 5

/** Who else has the text open, in the colours of their carets. */
export function Here({ transport }: { transport: DocumentTransport }) {
  const { t } = useTranslation('drafts')
  const people = useStore(transport.people)
  if (people.length === 0) return null
  const wordsOf = (person: Present) =>
    t(person.readOnly ? 'text.here.reads' : 'text.here.writes', { name: person.name })
  return (
    <ul className={classes.people} aria-label={t('text.here.label')}>
      {people.slice(0, most).map((person) => (
        <li key={person.user}>
          <span
            className={classes.person}
            style={{ background: `var(--live-${person.color})` }}
            data-reads={person.readOnly || undefined}
            title={wordsOf(person)}
            role="img"
            aria-label={wordsOf(person)}
          >
            {initialsOf(person.name)}
          </span>
        </li>
      ))}
      {people.length > most && <li className={classes.more}>{t('text.here.more', { count: people.length - most })}</li>}
    </ul>
  )
}
