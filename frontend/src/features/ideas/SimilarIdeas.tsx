import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listSimilarIdeasOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { StateBadge } from '@/shared/ui/StateBadge'
import classes from './NewIdeaDialog.module.css'
import { VoteButton } from './VoteButton'

interface SimilarIdeasProps {
  title: string
  /** Somebody goes to one of them instead. */
  onOpen: () => void
}

/** Ideas like the one that is being typed: a vote instead of a second one. Says nothing when there are none. */
export function SimilarIdeas({ title, onOpen }: SimilarIdeasProps) {
  const { t } = useTranslation('ideas')
  const [words] = useDebouncedValue(title.trim(), 250)
  const isLong = words.length >= 4
  const { data } = useQuery({
    ...listSimilarIdeasOptions({ query: { title: words } }),
    enabled: isLong,
    placeholderData: keepPreviousData,
  })
  const ideas = isLong && title.trim().length >= 4 ? (data?.items ?? []) : []
  return (
    <div aria-live="polite">
      {ideas.length > 0 && (
        <div className={classes.similar}>
          <p className={classes.similarTitle}>{t('new.similar')}</p>
          <ul className={classes.list}>
            {ideas.map((idea) => (
              <li key={idea.id} className={classes.item}>
                <VoteButton idea={idea} size="small" />
                <Link to="/ideas/$ideaId" params={{ ideaId: idea.id }} className={classes.itemTitle} onClick={onOpen}>
                  {idea.title}
                </Link>
                <StateBadge state={idea.state} isCompact />
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
