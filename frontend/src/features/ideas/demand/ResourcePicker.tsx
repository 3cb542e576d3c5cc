import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listResourcesOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Resource } from '@/shared/api/generated/types.gen'
import { contentTypeIcon, contentTypeLabel } from '@/shared/lib/contentType'
import { PickNote, PickOne, PickTitle, usePickerWords } from '@/shared/ui/PickOne'
import { isForEverybody } from './forEverybody'

interface ResourcePickerProps {
  /** Words for which something may be found, until others are typed. */
  like: string
  value: Resource | undefined
  onChange: (resource: Resource | undefined) => void
}

/** Finds one resource that everybody can read now. */
export function ResourcePicker({ like, value, onChange }: ResourcePickerProps) {
  const { t } = useTranslation('ideas')
  const { words, setWords, q } = usePickerWords()
  const list = useQuery({
    ...listResourcesOptions({ query: { q: q || like, limit: 12 } }),
    placeholderData: keepPreviousData,
  })
  return (
    <PickOne
      label={t('demand.there.search')}
      words={words}
      onWords={setWords}
      list={list}
      options={(list.data?.items ?? []).filter((r) => isForEverybody(r))}
      title={q ? t('picker.found') : t('demand.there.found')}
      none={q ? t('demand.there.none') : t('demand.there.noneSimilar')}
      value={value}
      onChange={onChange}
    >
      {(r) => {
        const Icon = contentTypeIcon(r.content_type)
        return (
          <>
            <Icon size={18} stroke={1.6} aria-hidden />
            <PickTitle>{r.title}</PickTitle>
            <PickNote>{contentTypeLabel(r.content_type)}</PickNote>
          </>
        )
      }}
    </PickOne>
  )
}
