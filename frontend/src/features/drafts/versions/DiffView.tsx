import { useTranslation } from 'react-i18next'
import classes from './DiffView.module.css'
import type { DiffBlock, Part } from './diff'

/** Two documents in one: what was added is underlined, what went is crossed out. Text only, so nothing can be markup. */
export function DiffView({ blocks }: { blocks: DiffBlock[] }) {
  return (
    <div className={`reading ${classes.diff}`}>
      {blocks.map((block, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a diff is drawn once and never reordered
        <BlockView key={i} block={block} />
      ))}
    </div>
  )
}

function BlockView({ block }: { block: DiffBlock }) {
  const { kind, depth, isItem, change, parts } = block
  const style = depth > 0 ? { marginLeft: `${depth * 1.3}em` } : undefined
  if (kind === 'rule') return <hr data-change={change} />
  const content = parts.map((part, i) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: likewise
    return <PartView key={i} part={part} />
  })
  if (kind.startsWith('heading')) {
    return (
      <p className={classes.heading} data-level={kind.at(-1)} style={style}>
        {content}
      </p>
    )
  }
  return (
    <p className={kind === 'code' ? classes.code : undefined} data-item={isItem || undefined} style={style}>
      {content}
    </p>
  )
}

function PartView({ part }: { part: Part }) {
  const { t } = useTranslation('drafts')
  if (part.change === 'added') {
    return (
      <ins>
        <span className={classes.hidden}>[{t('versions.added')} </span>
        {part.text}
        <span className={classes.hidden}>]</span>
      </ins>
    )
  }
  if (part.change === 'removed') {
    return (
      <del>
        <span className={classes.hidden}>[{t('versions.removed')} </span>
        {part.text}
        <span className={classes.hidden}>]</span>
      </del>
    )
  }
  return part.text
}
