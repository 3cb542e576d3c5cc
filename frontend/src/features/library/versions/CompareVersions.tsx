import { Button, Select } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { compareResourceVersionsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Resource, ResourceComparison, ResourceVersion } from '@/shared/api/generated/types.gen'
import { formatDate } from '@/shared/lib/format'
import { isMarketer, useMe } from '@/shared/session/session'
import { PartsView } from '@/shared/textdiff/DiffView'
import { wordChanges } from '@/shared/textdiff/words'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import type { VersionsSearch } from '../routes'
import { FactChanges } from './FactChanges'
import { FileChanges } from './FileChanges'
import { useRestoreVersion } from './useRestoreVersion'
import { VersionNotes } from './VersionNotes'
import classes from './Versions.module.css'

const TextChanges = lazy(() => import('./TextChanges').then((m) => ({ default: m.TextChanges })))

interface CompareVersionsProps {
  resource: Resource
  versions: ResourceVersion[]
  from: ResourceVersion
  to: ResourceVersion
  search: VersionsSearch
  onChange: (search: VersionsSearch) => void
}

export function CompareVersions({ resource, versions, from, to, search, onChange }: CompareVersionsProps) {
  const { t } = useTranslation('library')
  const { t: tc } = useTranslation('compare')
  const me = useMe()
  const restore = useRestoreVersion(resource)
  const compared = useQuery({
    ...compareResourceVersionsOptions({ path: { id: resource.id }, query: { from: from.number, to: to.number } }),
    refetchOnWindowFocus: false,
  })
  const choices = versions.map((v) => ({
    value: String(v.number),
    label: `${t('version.number', { number: v.number })} · ${formatDate(v.created_at)}`,
  }))
  const older = [from, to].find((v) => !v.current)
  return (
    <div className={classes.view}>
      <div className={classes.tools}>
        <Select
          className={classes.pick}
          label={tc('from')}
          allowDeselect={false}
          searchable={versions.length > 12}
          value={String(from.number)}
          onChange={(value) => value && onChange({ from: Number(value), to: to.number, file: undefined })}
          data={choices}
        />
        <Select
          className={classes.pick}
          label={tc('to')}
          allowDeselect={false}
          searchable={versions.length > 12}
          value={String(to.number)}
          onChange={(value) => value && onChange({ from: from.number, to: Number(value), file: undefined })}
          data={choices}
        />
        {older && (isMarketer(me) || me.admin) && (
          <Button
            variant="default"
            className={classes.restore}
            leftSection={<IconArrowBackUp size={16} stroke={1.7} />}
            loading={restore.isPending}
            onClick={() => restore.mutate({ number: older.number, rev: resource.rev, was: resource.version })}
          >
            {tc('restore', { number: older.number })}
          </Button>
        )}
      </div>
      <VersionNotes resource={resource} versions={versions} from={from} to={to} />
      {compared.isError && <ErrorState error={compared.error} onRetry={() => void compared.refetch()} />}
      {compared.isPending && <SkeletonList rows={4} height={72} />}
      {compared.data && (
        <Changes resourceId={resource.id} comparison={compared.data} search={search} onChange={onChange} />
      )}
    </div>
  )
}

function reveal(id: string) {
  document.getElementById(id)?.scrollIntoView({ block: 'start' })
}

interface ChangesProps {
  resourceId: string
  comparison: ResourceComparison
  search: VersionsSearch
  onChange: (search: VersionsSearch) => void
}

function Changes({ resourceId, comparison, search, onChange }: ChangesProps) {
  const { t: tc } = useTranslation('compare')
  const { from, to, changed, files, from_doc, to_doc } = comparison
  if (from.number === to.number) return <p className={classes.none}>{tc('sameVersion')}</p>
  const parts = (['title', 'facts', 'files', 'text'] as const).filter(
    (part) => changed.includes(part) || (part === 'title' && changed.includes('summary')),
  )
  return (
    <>
      {parts.length > 1 && (
        <nav className={classes.parts} aria-label={tc('whatChanged')}>
          <span>{tc('whatChanged')}:</span>
          {parts.map((part) => (
            <button key={part} type="button" onClick={() => reveal(`compare-${part}`)}>
              {tc(`heading.${part}`)}
            </button>
          ))}
        </nav>
      )}
      {changed.length === 0 && <p className={classes.none}>{tc('nothing')}</p>}
      {(changed.includes('title') || changed.includes('summary')) && (
        <section className={classes.section} aria-labelledby="compare-title">
          <h2 id="compare-title">{tc('heading.title')}</h2>
          {changed.includes('title') && (
            <p className={`reading ${classes.title}`}>
              <PartsView parts={wordChanges(from.title, to.title)} />
            </p>
          )}
          {changed.includes('summary') && (
            <p className={classes.summary}>
              <PartsView parts={wordChanges(from.summary, to.summary)} />
            </p>
          )}
        </section>
      )}
      {changed.includes('facts') && from.facts && to.facts && <FactChanges before={from.facts} after={to.facts} />}
      {files.length > 0 && (
        <FileChanges
          resourceId={resourceId}
          files={files}
          from={from.number}
          to={to.number}
          search={search}
          onChange={onChange}
        />
      )}
      {from_doc !== undefined && to_doc !== undefined && (
        <Suspense fallback={<SkeletonList rows={5} height={24} />}>
          <TextChanges before={from_doc} after={to_doc} />
        </Suspense>
      )}
    </>
  )
}
