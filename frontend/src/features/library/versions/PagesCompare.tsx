import { ActionIcon, SegmentedControl, Switch } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconMinus, IconPlus } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageComparison, VersionFile } from '@/shared/api/generated/types.gen'
import { useShortcuts } from '@/shared/lib/keys'
import { PagePair } from './PagePair'
import classes from './Pages.module.css'
import { rowsOf } from './rows'

/** A file in one of the versions. */
export interface Side {
  number: number
  file: VersionFile
}

export type Look = 'both' | 'before' | 'after'

const zooms = [1, 1.5, 2, 3, 4]

interface PagesCompareProps {
  resourceId: string
  pages: PageComparison[]
  before?: Side
  after?: Side
  all: boolean
  onAll: (all: boolean) => void
}

/** Pages of two versions beside each other; those that are the same are left out at first. */
export function PagesCompare({ resourceId, pages, before, after, all, onAll }: PagesCompareProps) {
  const { t } = useTranslation('library')
  const { t: tc } = useTranslation('compare')
  const [look, setLook] = useState<Look>('both')
  const [zoom, setZoom] = useState(1)
  const [current, setCurrent] = useState(-1)
  const ref = useRef<HTMLDivElement>(null)
  const changes = pages.filter((p) => p.change !== 'same')
  const group = tc('keys.group')
  const go = (by: 1 | -1) => {
    if (changes.length === 0) return
    const next = Math.min(Math.max(current + by, 0), changes.length - 1)
    setCurrent(next)
    const row = ref.current?.querySelector(`[data-change="${next}"]`)
    const isStill = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches
    row?.scrollIntoView({ block: 'start', behavior: isStill ? 'auto' : 'smooth' })
  }
  const step = (by: 1 | -1) => setZoom((old) => zooms[zooms.indexOf(old) + by] ?? old)
  const flip = () => setLook((old) => (old === 'before' ? 'after' : 'before'))
  const hasBoth = Boolean(before && after)
  useShortcuts([
    { keys: 'j', label: tc('keys.next'), group, run: () => go(1) },
    { keys: 'k', label: tc('keys.previous'), group, run: () => go(-1) },
    // in a page that is larger than its frame they move the page
    ...(zoom === 1
      ? [
          { keys: 'ArrowRight', label: tc('keys.next'), group, run: () => go(1) },
          { keys: 'ArrowLeft', label: tc('keys.previous'), group, run: () => go(-1) },
        ]
      : []),
    ...(hasBoth ? [{ keys: 's', label: tc('keys.swap'), group, run: flip }] : []),
    { keys: '+', label: t('viewer.larger'), group, run: () => step(1) },
    { keys: '-', label: t('viewer.smaller'), group, run: () => step(-1) },
  ])
  const count = (change: PageComparison['change']) => pages.filter((p) => p.change === change).length
  const summary = (['changed', 'inserted', 'removed', 'moved', 'same'] as const)
    .map((change) => [change, count(change)] as const)
    .filter(([, n]) => n > 0)
    .map(([change, n]) => tc(`count.${change}`, { count: n }))
    .join(' · ')
  return (
    <div ref={ref} className={classes.compare}>
      <p className={classes.summary}>{summary}</p>
      <div className={classes.bar} role="toolbar" aria-label={tc('bar')}>
        {changes.length > 0 && (
          <span className={classes.group}>
            <ActionIcon
              size={36}
              variant="default"
              aria-label={tc('previous')}
              disabled={current <= 0}
              onClick={() => go(-1)}
            >
              <IconChevronUp size={18} />
            </ActionIcon>
            <ActionIcon
              size={36}
              variant="default"
              aria-label={tc('next')}
              disabled={current >= changes.length - 1}
              onClick={() => go(1)}
            >
              <IconChevronDown size={18} />
            </ActionIcon>
            <span className={classes.at} aria-live="polite">
              {current < 0
                ? tc('changes', { count: changes.length })
                : tc('at', { at: current + 1, count: changes.length })}
            </span>
          </span>
        )}
        {hasBoth && (
          <SegmentedControl
            aria-label={tc('look')}
            value={look}
            onChange={(value) => setLook(value as Look)}
            data={(['both', 'before', 'after'] as const).map((value) => ({
              value,
              label: tc(`looks.${value}`),
            }))}
          />
        )}
        <span className={classes.group}>
          <ActionIcon
            size={36}
            variant="subtle"
            aria-label={t('viewer.smaller')}
            disabled={zoom === zooms[0]}
            onClick={() => step(-1)}
          >
            <IconMinus size={17} />
          </ActionIcon>
          <span className={classes.zoom}>{Math.round(zoom * 100)} %</span>
          <ActionIcon
            size={36}
            variant="subtle"
            aria-label={t('viewer.larger')}
            disabled={zoom === zooms.at(-1)}
            onClick={() => step(1)}
          >
            <IconPlus size={17} />
          </ActionIcon>
        </span>
        {changes.length > 0 && changes.length < pages.length && (
          <Switch
            className={classes.all}
            label={tc('allPages')}
            checked={all}
            onChange={(event) => onAll(event.currentTarget.checked)}
          />
        )}
      </div>
      {changes.length === 0 && <p className={classes.same}>{tc('allSame', { count: pages.length })}</p>}
      <ol className={classes.rows}>
        {rowsOf(pages, all || changes.length === 0).map((row) => {
          if (row.kind === 'run') {
            return (
              <li key={`same ${row.from}`} className={classes.run}>
                {tc('run', { count: row.to - row.from + 1, from: row.from, to: row.to })}
              </li>
            )
          }
          const at = changes.indexOf(row.page)
          return (
            <li key={row.at} data-change={at < 0 ? undefined : at} className={classes.row}>
              <PagePair
                resourceId={resourceId}
                page={row.page}
                before={before}
                after={after}
                look={hasBoth ? look : 'both'}
                zoom={zoom}
                isCurrent={at >= 0 && at === current}
                onFlip={look === 'both' || !hasBoth ? undefined : flip}
              />
            </li>
          )
        })}
      </ol>
    </div>
  )
}
