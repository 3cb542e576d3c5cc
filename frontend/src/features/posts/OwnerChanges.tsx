import { useTranslation } from 'react-i18next'
import { changesOf } from './diff'
import classes from './OwnerChanges.module.css'

interface OwnerChangesProps {
  before: string
  after: string
}

/** What the owner made of the words that they were offered, word by word. */
export function OwnerChanges({ before, after }: OwnerChangesProps) {
  const { t } = useTranslation('posts')
  return (
    <div className={classes.text}>
      {changesOf(before, after).map(({ kind, text }, i) => {
        const key = `${i}-${kind}`
        if (kind === 'added')
          return (
            <ins key={key}>
              <span className={classes.hidden}>{t('changes.added')} </span>
              {text}
            </ins>
          )
        if (kind === 'removed')
          return (
            <del key={key}>
              <span className={classes.hidden}>{t('changes.removed')} </span>
              {text}
            </del>
          )
        return <span key={key}>{text}</span>
      })}
    </div>
  )
}
