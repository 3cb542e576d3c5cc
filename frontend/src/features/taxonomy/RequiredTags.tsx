import { Loader, MultiSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listRequiredTagsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { RequiredTags as Required } from '@/shared/api/generated/types.gen'
import { contentTypeLabel, contentTypes } from '@/shared/lib/contentType'
import { useContentTypes } from '@/shared/lib/useContentTypes'
import { toast } from '@/shared/ui/toast'
import { useRequire } from './api'
import { tagFacets } from './routes'
import classes from './TaxonomyPage.module.css'

const facets = tagFacets.filter((f) => f !== 'lang')

/** What resources of each type must have. */
export function RequiredTags({ mayEdit }: { mayEdit: boolean }) {
  const { t } = useTranslation('taxonomy')
  const { data } = useQuery(listRequiredTagsOptions())
  const { all } = useContentTypes()
  const named = all.filter((type) => !type.archived).map((type) => type.key)
  const asked = data?.items.map((r) => r.content_type) ?? []
  const keys = [...new Set([...named, ...asked, ...Object.keys(contentTypes)])]
  return (
    <section aria-labelledby="required">
      <h2 id="required" className={classes.heading}>
        {t('required.title')}
      </h2>
      <p className={classes.hint}>{t('required.hint')}</p>
      {!data && <Loader size="sm" />}
      {data && (
        <ul className={classes.list}>
          {keys.map((key) => (
            <TypeRow key={key} type={key} required={data.items.find((r) => r.content_type === key)} mayEdit={mayEdit} />
          ))}
        </ul>
      )}
    </section>
  )
}

function TypeRow({ type, required, mayEdit }: { type: string; required?: Required; mayEdit: boolean }) {
  const { t } = useTranslation('taxonomy')
  const save = useRequire()
  const chosen = save.isPending ? (save.variables.body.facets ?? []) : (required?.facets ?? [])
  return (
    <li className={classes.type}>
      <span className={classes.typeName}>
        {contentTypeLabel(type)}
        {required && required.missing > 0 && (
          <span className={classes.lacking}>{t('required.missing', { count: required.missing })}</span>
        )}
      </span>
      <MultiSelect
        aria-label={t('required.label', { type: contentTypeLabel(type) })}
        placeholder={chosen.length === 0 ? t('required.nothing') : undefined}
        readOnly={!mayEdit}
        data={facets.map((value) => ({ value, label: t(`facet.${value}`) }))}
        value={chosen}
        onChange={(next) =>
          save.mutate(
            { path: { key: type }, body: { facets: facets.filter((f) => next.includes(f)) } },
            { onSuccess: () => toast.success(t('required.saved')) },
          )
        }
      />
    </li>
  )
}
