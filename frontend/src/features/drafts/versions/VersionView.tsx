import { Button, Select, Text } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { getDocumentOptions, getVersionOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Draft, DraftVersion } from '@/shared/api/generated/types.gen'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import type { DocJson } from '../document/transport'
import { DiffView } from './DiffView'
import { countWords, diffDocs } from './diff'
import { useRestore } from './useRestore'
import classes from './Versions.module.css'

const empty: DocJson = { type: 'doc', content: [] }

interface VersionViewProps {
  draft: Draft
  versions: DraftVersion[]
  version: DraftVersion
  /** What it is compared with: a version, "text" for the text now, "none". */
  other: string | undefined
  onOther: (id: string) => void
}

/** One version, with what changed since the one before (or another one). */
export function VersionView({ draft, versions, version, other, onOther }: VersionViewProps) {
  const { t } = useTranslation('drafts')
  const path = { id: draft.id }
  const restore = useRestore(draft)
  const before = versions.find((v) => v.number === version.number - 1)
  const against = other ?? before?.id ?? 'none'
  const versionOptions = (id: string) => ({
    ...getVersionOptions({ path: { id: path.id, version_id: id } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const isAgainstVersion = against !== 'text' && against !== 'none'
  const [shown, compared, now] = useQueries({
    queries: [
      versionOptions(version.id),
      { ...versionOptions(isAgainstVersion ? against : version.id), enabled: isAgainstVersion },
      { ...getDocumentOptions({ path }), enabled: against === 'text' },
    ],
  })
  const doc = shown.data?.doc as DocJson | undefined
  const base =
    against === 'none' ? empty : ((against === 'text' ? now.data?.doc : compared.data?.doc) as DocJson | undefined)
  const isLater = against === 'text' || (versions.find((v) => v.id === against)?.number ?? 0) > version.number
  const blocks = useMemo(() => {
    if (!doc || !base) return undefined
    if (base === empty) return diffDocs(doc, doc) // nothing to compare with: its text as it is
    return isLater ? diffDocs(doc, base) : diffDocs(base, doc)
  }, [doc, base, isLater])
  const error = shown.error ?? (isAgainstVersion ? compared.error : null) ?? (against === 'text' ? now.error : null)
  const words = blocks && countWords(blocks)
  return (
    <div className={classes.view}>
      <div className={classes.tools}>
        <Select
          size="sm"
          label={t('versions.compare')}
          allowDeselect={false}
          value={against}
          onChange={(id) => id && onOther(id)}
          data={[
            { value: 'none', label: t('versions.nothing') },
            { value: 'text', label: t('versions.text') },
            ...versions
              .filter((v) => v.id !== version.id)
              .map((v) => ({ value: v.id, label: t('versions.number', { number: v.number }) })),
          ]}
        />
        {draft.allowed.includes('edit') && (
          <Button size="sm" variant="default" loading={restore.isPending} onClick={() => restore.mutate(version)}>
            {t('versions.restore')}
          </Button>
        )}
      </div>
      {words && against !== 'none' && (
        <Text size="sm" c="dimmed" mb="md">
          {words.added + words.removed > 0 ? t('versions.changes', words) : t('versions.same')}
        </Text>
      )}
      {error && <ErrorState error={error} onRetry={() => void shown.refetch()} />}
      {!blocks && !error && <SkeletonList rows={5} height={24} />}
      {blocks && <DiffView blocks={blocks} />}
    </div>
  )
}
