import { Switch, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BlockView } from '@/shared/textdiff/DiffView'
import diff from '@/shared/textdiff/DiffView.module.css'
import { countWords, diffDocs } from '@/shared/textdiff/diff'
import type { DocJson } from '@/shared/textdiff/doc'
import { onlyChanged } from '@/shared/textdiff/words'
import classes from './Versions.module.css'

/** The text of two versions in one, word by word; passages that are the same are left out at first. */
export function TextChanges({ before, after }: { before: unknown; after: unknown }) {
  const { t: tc } = useTranslation('compare')
  const blocks = useMemo(() => diffDocs(before as DocJson, after as DocJson), [before, after])
  return (
    <section className={classes.section} aria-labelledby="compare-text">
      <h2 id="compare-text">{tc('heading.text')}</h2>
      <Blocks blocks={blocks} />
    </section>
  )
}

const linesOf = (text: string): DocJson => ({
  type: 'doc',
  content: text.split('\n').map((line) => ({ type: 'paragraph', content: [{ type: 'text', text: line }] })),
})

/** The words of two files, line by line. */
export function LineChanges({ before, after }: { before: string; after: string }) {
  const blocks = useMemo(() => diffDocs(linesOf(before), linesOf(after)), [before, after])
  return <Blocks blocks={blocks} />
}

function Blocks({ blocks }: { blocks: ReturnType<typeof diffDocs> }) {
  const { t: tc } = useTranslation('compare')
  const [isWhole, setWhole] = useState(false)
  const words = useMemo(() => countWords(blocks), [blocks])
  const shown = isWhole ? blocks : onlyChanged(blocks)
  const isSame = words.added + words.removed === 0
  return (
    <>
      <div className={classes.textBar}>
        <Text size="sm" c="dimmed">
          {isSame ? tc('sameWords') : tc('words', words)}
        </Text>
        {blocks.some((b) => b.change === 'same') && (
          <Switch
            label={tc('wholeText')}
            checked={isWhole}
            onChange={(event) => setWhole(event.currentTarget.checked)}
          />
        )}
      </div>
      {!(isSame && !isWhole) && (
        <div className={`reading ${diff.diff}`}>
          {shown.map((block, i) =>
            block ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: drawn once and never reordered
              <BlockView key={i} block={block} people={[]} />
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: likewise
              <p key={i} className={classes.gap}>
                …
              </p>
            ),
          )}
        </div>
      )}
    </>
  )
}
