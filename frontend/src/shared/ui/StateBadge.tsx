import { useTranslation } from 'react-i18next'
import type common from '@/shared/i18n/en.json'
import classes from './StateBadge.module.css'

export type Tone = 'neutral' | 'accent' | 'violet' | 'amber' | 'green' | 'red'

type State = keyof (typeof common)['state']

/** One colour per meaning: grey is asleep, accent new, violet in work, amber waits for somebody, green done, red stopped. */
export const toneOf: Record<State, Tone> = {
  // ideas
  new: 'accent',
  under_review: 'amber',
  planned: 'violet',
  in_progress: 'violet',
  published: 'green',
  declined: 'red',
  merged: 'neutral',
  // drafts and resources
  brief: 'neutral',
  writing: 'violet',
  in_review: 'amber',
  approved: 'green',
  archived: 'neutral',
  live: 'green',
  review_due: 'amber',
  expired: 'red',
  // posts
  offered: 'amber',
  sealed: 'green',
  shared: 'green',
  recalled: 'neutral',
  // assets
  uploading: 'accent',
  processing: 'accent',
  ready: 'green',
  limited: 'amber',
  refused: 'red',
}

interface StateBadgeProps {
  state: string
  /** Only the dot is drawn; the word is read out and shown on hover. */
  isCompact?: boolean
}

function isState(state: string): state is State {
  return state in toneOf
}

/** The state of an idea, draft, post, resource or asset, in words and colour. */
export function StateBadge({ state, isCompact = false }: StateBadgeProps) {
  const { t } = useTranslation()
  if (!isState(state)) return <ToneBadge tone="neutral">{state}</ToneBadge>
  const label = t(`state.${state}`)
  if (isCompact)
    return <span className={classes.dot} data-tone={toneOf[state]} role="img" aria-label={label} title={label} />
  return <ToneBadge tone={toneOf[state]}>{label}</ToneBadge>
}

interface ToneBadgeProps {
  tone: Tone
  children: React.ReactNode
}

/** The same look for other words, e.g. "Confidential" or "Overdue". */
export function ToneBadge({ tone, children }: ToneBadgeProps) {
  return (
    <span className={classes.badge} data-tone={tone}>
      <span className={classes.dot} data-tone={tone} aria-hidden />
      {children}
    </span>
  )
}
