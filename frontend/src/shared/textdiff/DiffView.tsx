import './i18n'
import { useTranslation } from 'react-i18next'
import type { PersonRef } from '@/shared/api/generated/types.gen'
import classes from './DiffView.module.css'
import type { DiffBlock, Part } from './diff'

interface DiffViewProps {
  blocks: DiffBlock[]
  people?: PersonRef[]
}

/** Two documents in one: what was added is underlined, what went is crossed out. Text only, so nothing can be markup. */
export function DiffView({ blocks, people = [] }: DiffViewProps) {
  return (
    <div className={`reading ${classes.diff}`}>
      {blocks.map((block, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a diff is drawn once and never reordered
        <BlockView key={i} block={block} people={people} />
      ))}
    </div>
  )
}

interface BlockViewProps {
  block: DiffBlock
  people: PersonRef[]
  /** Only what the earlier or the later text has. */
  only?: 'before' | 'after'
}

export function BlockView({ block, people, only }: BlockViewProps) {
  const { kind, depth, isItem, change, parts } = block
  const style = depth > 0 ? { marginLeft: `${depth * 1.3}em` } : undefined
  if (kind === 'rule') return <hr data-change={change} />
  const hidden = only === 'before' ? 'added' : only === 'after' ? 'removed' : undefined
  const content = parts.map((part, i) =>
    part.change === hidden ? null : (
      // biome-ignore lint/suspicious/noArrayIndexKey: likewise
      <PartView key={i} part={part} people={people} />
    ),
  )
  if (kind.startsWith('heading')) {
    return (
      <p className={classes.heading} data-level={kind.at(-1)} style={style}>
        {content}
      </p>
    )
  }
  const look = { code: classes.code, object: classes.object }[kind as string]
  return (
    <p className={look} data-item={isItem || undefined} style={style}>
      {content}
    </p>
  )
}

/** Words in a line of their own: a title, or some of a page. */
export function PartsView({ parts }: { parts: Part[] }) {
  return (
    <span className={classes.diff}>
      {parts.map((part, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: likewise
        <PartView key={i} part={part} people={[]} />
      ))}
    </span>
  )
}

function PartView({ part, people }: { part: Part; people: PersonRef[] }) {
  const { t } = useTranslation('textdiff')
  if (part.change === 'same') return part.text
  const who = people.findIndex((person) => person.id === part.by)
  const name = people[who]?.name
  const Mark = part.change === 'added' ? 'ins' : 'del'
  const words = t(part.change)
  return (
    <Mark data-who={who < 0 ? undefined : who % 6} title={name && t(`${part.change}By`, { name })}>
      <span className={classes.hidden}>[{name ? t(`${part.change}By`, { name }) : words} </span>
      {part.text}
      <span className={classes.hidden}>]</span>
    </Mark>
  )
}
