import type { PersonRef } from '@/shared/api/generated/types.gen'
import { BlockView } from './DiffView'
import classes from './DiffView.module.css'
import type { DiffBlock } from './diff'

interface SidesViewProps {
  blocks: DiffBlock[]
  people: PersonRef[]
  names: [string, string]
}

/** Two texts beside each other, passage by passage; on a phone what changed stands above what it became. */
export function SidesView({ blocks, people, names }: SidesViewProps) {
  return (
    <div className={`reading ${classes.diff} ${classes.sides}`}>
      <div className={classes.sideName}>{names[0]}</div>
      <div className={classes.sideName}>{names[1]}</div>
      {blocks.map((block, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a diff is drawn once and never reordered
        <div key={i} className={classes.pair} data-change={block.change}>
          <div className={classes.before}>
            {block.change !== 'added' && <BlockView block={block} people={people} only="before" />}
          </div>
          <div className={classes.after}>
            {block.change !== 'removed' && <BlockView block={block} people={people} only="after" />}
          </div>
        </div>
      ))}
    </div>
  )
}
