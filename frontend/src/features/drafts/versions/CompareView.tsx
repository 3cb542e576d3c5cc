import { Button, SegmentedControl, Select, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { compareDraftOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { ComparedText, Draft, DraftVersion } from '@/shared/api/generated/types.gen'
import { formatDateTime } from '@/shared/lib/format'
import { DiffView } from '@/shared/textdiff/DiffView'
import { countWords, diffDocs } from '@/shared/textdiff/diff'
import { SidesView } from '@/shared/textdiff/SidesView'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import type { DocJson } from '../document/transport'
import { useRestore } from './useRestore'
import classes from './Versions.module.css'
import { Writers } from './Writers'

const NameVersionDialog = lazy(() => import('./NameVersionDialog').then((m) => ({ default: m.NameVersionDialog })))

interface CompareViewProps {
  draft: Draft
  versions: DraftVersion[]
  /** Id of a version, or a word of the API (now, looked, submitted, approved). */
  shown: string
  other: string
  isSideBySide: boolean
  onChange: (change: { version?: string; with?: string; sides?: true | undefined }) => void
  /** Has seen the changes up to this text. */
  onSeen: (docVersion: number) => void
}

/** Two texts of the piece: as one with marks, or side by side; and who wrote what. */
export function CompareView({ draft, versions, shown, other, isSideBySide, onChange, onSeen }: CompareViewProps) {
  const { t } = useTranslation('drafts')
  const restore = useRestore(draft)
  const [isNaming, setNaming] = useState(false)
  // what one has seen does not move under one's eyes
  const compared = useQuery({
    ...compareDraftOptions({ path: { id: draft.id }, query: { from: other, to: shown } }),
    staleTime: shown === 'now' ? 0 : Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
  const { data } = compared
  const blocks = useMemo(() => data && diffDocs(data.from.doc as DocJson, data.to.doc as DocJson, data), [data])
  const seen = other === 'looked' && data ? data.to.doc_version : undefined
  useEffect(() => {
    if (seen !== undefined) onSeen(seen)
  }, [seen, onSeen])

  const version = versions.find((v) => v.id === shown)
  const words = blocks && countWords(blocks)
  const nameOf = (text: ComparedText) => {
    if (text.version) return text.version.label || t('versions.number', { number: text.version.number })
    if (other === 'looked' && text === data?.from) return t('versions.seenOn', { when: formatDateTime(text.at) })
    return t('versions.text')
  }
  const choices = [
    { value: 'now', label: t('versions.text') },
    ...(other === 'looked' ? [{ value: 'looked', label: t('versions.looked') }] : []),
    ...versions.map((v) => ({
      value: v.id,
      label: v.label ? `${v.number} · ${v.label}` : t('versions.number', { number: v.number }),
    })),
  ]
  return (
    <div className={classes.view}>
      <div className={classes.tools}>
        <Select
          className={classes.pick}
          size="sm"
          label={t('versions.from')}
          allowDeselect={false}
          searchable={versions.length > 12}
          value={other}
          onChange={(id) => id && onChange({ version: shown, with: id })}
          data={choices}
        />
        <Select
          className={classes.pick}
          size="sm"
          label={t('versions.to')}
          allowDeselect={false}
          searchable={versions.length > 12}
          value={shown}
          onChange={(id) => id && onChange({ version: id, with: other })}
          data={choices.filter((choice) => choice.value !== 'looked')}
        />
        <SegmentedControl
          size="sm"
          aria-label={t('versions.layout')}
          value={isSideBySide ? 'sides' : 'one'}
          onChange={(value) => onChange({ version: shown, with: other, sides: value === 'sides' || undefined })}
          data={[
            { value: 'one', label: t('versions.one') },
            { value: 'sides', label: t('versions.sides') },
          ]}
        />
      </div>
      <div className={classes.facts}>
        {words && (
          <Text size="sm" c="dimmed">
            {words.added + words.removed > 0 ? t('versions.changes', words) : t('versions.same')}
          </Text>
        )}
        {version && draft.allowed.includes('edit') && (
          <div className={classes.does}>
            <Button size="xs" variant="default" onClick={() => setNaming(true)}>
              {version.label ? t('versions.rename') : t('versions.name')}
            </Button>
            <Button size="xs" variant="default" loading={restore.isPending} onClick={() => restore.mutate(version)}>
              {t('versions.restore')}
            </Button>
          </div>
        )}
      </div>
      {data && blocks && words && words.added + words.removed > 0 && <Writers people={data.people} />}
      {compared.isError && <ErrorState error={compared.error} onRetry={() => void compared.refetch()} />}
      {compared.isPending && <SkeletonList rows={5} height={24} />}
      {data && blocks && !isSideBySide && <DiffView blocks={blocks} people={data.people} />}
      {data && blocks && isSideBySide && (
        <SidesView blocks={blocks} people={data.people} names={[nameOf(data.from), nameOf(data.to)]} />
      )}
      {isNaming && version && (
        <Suspense>
          <NameVersionDialog draftId={draft.id} version={version} onClose={() => setNaming(false)} />
        </Suspense>
      )}
    </div>
  )
}
