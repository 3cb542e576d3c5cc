import { Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { compareResourceFilesOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { VersionFile, VersionFileChange } from '@/shared/api/generated/types.gen'
import { formatBytes } from '@/shared/lib/format'
import { type Tone, ToneBadge } from '@/shared/ui/StateBadge'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import type { VersionsSearch } from '../routes'
import classes from './Versions.module.css'

const PagesCompare = lazy(() => import('./PagesCompare').then((m) => ({ default: m.PagesCompare })))
const LineChanges = lazy(() => import('./TextChanges').then((m) => ({ default: m.LineChanges })))

interface FileChangesProps {
  resourceId: string
  files: VersionFileChange[]
  from: number
  to: number
  search: VersionsSearch
  onChange: (search: VersionsSearch) => void
}

const idOf = (c: VersionFileChange) => (c.after ?? c.before)?.asset_id ?? ''
const tones: Record<VersionFileChange['change'], Tone> = {
  same: 'neutral',
  replaced: 'amber',
  added: 'green',
  removed: 'red',
}

/** The files of two versions: which took the place of which, and what changed in it. */
export function FileChanges({ resourceId, files, from, to, search, onChange }: FileChangesProps) {
  const { t: tc } = useTranslation('compare')
  const shown = files.find((f) => idOf(f) === search.file) ?? files.find((f) => f.change !== 'same') ?? files[0]
  if (!shown) return null
  return (
    <section className={classes.section} aria-labelledby="compare-files">
      <h2 id="compare-files">{tc('heading.files')}</h2>
      {files.length > 1 && (
        <Tabs
          value={idOf(shown)}
          onChange={(file) => file && onChange({ from, to, file })}
          className={classes.tabs}
          variant="pills"
        >
          <Tabs.List aria-label={tc('heading.files')}>
            {files.map((f) => (
              <Tabs.Tab key={idOf(f)} value={idOf(f)}>
                {(f.after ?? f.before)?.name} <ToneBadge tone={tones[f.change]}>{tc(`file.${f.change}`)}</ToneBadge>
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
      )}
      <OneFile
        key={idOf(shown)}
        resourceId={resourceId}
        change={shown}
        from={from}
        to={to}
        all={search.all === true}
        onAll={(all) => onChange({ all: all || undefined })}
      />
    </section>
  )
}

interface OneFileProps {
  resourceId: string
  change: VersionFileChange
  from: number
  to: number
  all: boolean
  onAll: (all: boolean) => void
}

function OneFile({ resourceId, change, from, to, all, onAll }: OneFileProps) {
  const { t: tc } = useTranslation('compare')
  const { before, after } = change
  const isRead = [before, after].some((f) => f && ['pages', 'text', 'table', 'captions'].includes(f.viewer))
  const compared = useQuery({
    ...compareResourceFilesOptions({
      path: { id: resourceId },
      query: { from, to, before: before?.asset_id, after: after?.asset_id },
    }),
    enabled: isRead && change.change !== 'same',
    refetchOnWindowFocus: false,
    refetchInterval: ({ state }) => (state.data?.waiting ? 4000 : false), // pictures are being made
  })
  const { data } = compared
  return (
    <>
      <FileFacts change={change} />
      {change.change === 'same' && <p className={classes.none}>{tc('sameFile')}</p>}
      {compared.isError && <ErrorState error={compared.error} onRetry={() => void compared.refetch()} />}
      {compared.isLoading && <SkeletonList rows={2} height={220} />}
      {data?.waiting && <p className={classes.none}>{tc('waiting')}</p>}
      {data && (
        <Suspense fallback={<SkeletonList rows={2} height={220} />}>
          {data.pages.length > 0 && (
            <PagesCompare
              resourceId={resourceId}
              pages={data.pages}
              before={before && { number: from, file: before }}
              after={after && { number: to, file: after }}
              all={all}
              onAll={onAll}
            />
          )}
          {data.pages.length === 0 && (data.before_text !== '' || data.after_text !== '') && (
            <>
              <LineChanges before={data.before_text} after={data.after_text} />
              {data.more && <p className={classes.none}>{tc('more')}</p>}
            </>
          )}
          {data.pages.length === 0 && data.before_text === '' && data.after_text === '' && !data.waiting && (
            <p className={classes.none}>{tc('noText')}</p>
          )}
        </Suspense>
      )}
      {!isRead && change.change !== 'same' && <p className={classes.none}>{tc('noText')}</p>}
    </>
  )
}

/** Name, size, pages and content of a file before and after, in two columns. */
function FileFacts({ change: { change, before, after } }: { change: VersionFileChange }) {
  const { t: tc } = useTranslation('compare')
  const both = before && after
  const sizeOf = (f: VersionFile) =>
    [formatBytes(f.size), f.pages > 0 && tc('pages', { count: f.pages })].filter(Boolean).join(' · ')
  const file = (f: VersionFile | undefined, label: string, missing: string) => (
    <div className={classes.file} data-missing={!f || undefined}>
      <span className={classes.detail}>{label}</span>
      {f ? (
        <>
          <strong>{f.name}</strong>
          <span className={classes.detail}>{sizeOf(f)}</span>
          {f.sha256 && (
            <span className={classes.detail}>
              SHA-256 <code title={f.sha256}>{f.sha256.slice(0, 12)}</code>
            </span>
          )}
        </>
      ) : (
        <span>{missing}</span>
      )}
    </div>
  )
  if (change === 'same' && both) return <div className={classes.fileFacts}>{file(after, tc('both'), '')}</div>
  return (
    <div className={classes.fileFacts}>
      {file(before, tc('before'), tc('notThere'))}
      {file(after, tc('after'), tc('notThere'))}
    </div>
  )
}
