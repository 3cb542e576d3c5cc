import { IconMessageCircle, IconQuote } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Idea } from '@/shared/api/generated/types.gen'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { StateBadge } from '@/shared/ui/StateBadge'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import classes from './IdeaRow.module.css'
import { KindBadge } from './KindBadge'
import { NeededBy } from './NeededBy'
import { VoteButton } from './VoteButton'

interface IdeaRowProps {
  idea: Idea
  onTag: (tag: string) => void
}

/** One idea of the list: the whole row opens it, the votes and tags are presses of their own. */
export function IdeaRow({ idea, onTag }: IdeaRowProps) {
  const { t } = useTranslation('ideas')
  return (
    <li className={classes.row} data-idea={idea.id}>
      <VoteButton idea={idea} />
      <div className={classes.words}>
        <div className={classes.titleLine}>
          <Link to="/ideas/$ideaId" params={{ ideaId: idea.id }} className={classes.title}>
            {idea.title}
          </Link>
          <StateBadge state={idea.state} />
        </div>
        <div className={classes.meta}>
          <span className={classes.author}>
            <PersonAvatar person={idea.author} size={18} />
            {idea.author.name}
          </span>
          <span>
            <TimeAgo when={idea.created_at} />
          </span>
          {idea.kind !== 'idea' && <KindBadge kind={idea.kind} />}
          <NeededBy idea={idea} />
          {idea.visibility !== 'everyone' && <span>{t(`visibility.${idea.visibility}`)}</span>}
          {idea.tags.map((tag) => (
            <button key={tag} type="button" className={classes.tag} onClick={() => onTag(tag)}>
              {tag}
            </button>
          ))}
        </div>
      </div>
      <div className={classes.counts}>
        {idea.evidence_count > 0 && (
          <span title={t('count.evidence', { count: idea.evidence_count })}>
            <IconQuote size={15} stroke={1.6} aria-hidden />
            <span aria-hidden>{idea.evidence_count}</span>
            <span className={classes.spoken}>{t('count.evidence', { count: idea.evidence_count })}</span>
          </span>
        )}
        {idea.comments > 0 && (
          <span title={t('count.comments', { count: idea.comments })}>
            <IconMessageCircle size={15} stroke={1.6} aria-hidden />
            <span aria-hidden>{idea.comments}</span>
            <span className={classes.spoken}>{t('count.comments', { count: idea.comments })}</span>
          </span>
        )}
      </div>
    </li>
  )
}
