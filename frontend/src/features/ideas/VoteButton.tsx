import './i18n'

import { IconCaretUp, IconCaretUpFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Idea } from '@/shared/api/generated/types.gen'
import { formatCompact } from '@/shared/lib/format'
import { Tip } from '@/shared/ui/Tip'
import { useVote } from './api'
import { canVote } from './policy'
import classes from './VoteButton.module.css'

interface VoteButtonProps {
  idea: Idea
  size?: 'small' | 'normal' | 'large'
}

/** The number of votes and one's own, in one press. */
export function VoteButton({ idea, size = 'normal' }: VoteButtonProps) {
  const { t } = useTranslation('ideas')
  const vote = useVote(idea.id)
  const isOpen = canVote(idea)
  const hint = idea.voted ? t('vote.takeBack') : t('vote.give')
  const Caret = idea.voted ? IconCaretUpFilled : IconCaretUp
  return (
    <Tip label={isOpen ? hint : t('vote.closed')}>
      <button
        type="button"
        className={classes.vote}
        data-vote
        data-size={size}
        aria-pressed={idea.voted}
        aria-disabled={!isOpen || undefined}
        aria-label={t('vote.label', { title: idea.title, count: idea.votes })}
        onClick={() => isOpen && vote.mutate({ voted: !idea.voted, before: idea })}
      >
        <Caret size={size === 'large' ? 18 : 14} aria-hidden />
        <span>{formatCompact(idea.votes)}</span>
      </button>
    </Tip>
  )
}
