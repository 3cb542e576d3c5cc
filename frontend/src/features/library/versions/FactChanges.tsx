import { useTranslation } from 'react-i18next'
import type { ResourceVersionFacts } from '@/shared/api/generated/types.gen'
import { contentTypeLabel } from '@/shared/lib/contentType'
import { labelOf } from '../filters'
import classes from './Versions.module.css'

const lists = ['personas', 'stages', 'industries', 'products', 'regions', 'tags'] as const
const names = {
  personas: 'facet.persona',
  stages: 'facet.stage',
  industries: 'facet.industry',
  products: 'facet.product',
  regions: 'facet.region',
  tags: 'fact.tags',
} as const
const facets = {
  personas: 'persona',
  stages: 'stage',
  industries: 'industry',
  products: 'product',
  regions: 'region',
} as const

/** Type, language and tags that came and went. */
export function FactChanges({ before, after }: { before: ResourceVersionFacts; after: ResourceVersionFacts }) {
  const { t } = useTranslation('library')
  const { t: tc } = useTranslation('compare')
  const rows = [
    {
      name: tc('type'),
      gone: [contentTypeLabel(before.content_type)],
      come: [contentTypeLabel(after.content_type)],
    },
    { name: t('facet.lang'), gone: [labelOf('lang', before.lang)], come: [labelOf('lang', after.lang)] },
    ...lists.map((list) => {
      const label = (v: string) => (list === 'tags' ? v : labelOf(facets[list], v))
      return {
        name: t(names[list]),
        gone: before.taxonomy[list].map(label),
        come: after.taxonomy[list].map(label),
      }
    }),
  ]
    .map(({ name, gone, come }) => ({
      name,
      gone: gone.filter((v) => !come.includes(v)),
      come: come.filter((v) => !gone.includes(v)),
    }))
    .filter(({ gone, come }) => gone.length + come.length > 0)
  if (rows.length === 0) return null
  return (
    <section className={classes.section} aria-labelledby="compare-facts">
      <h2 id="compare-facts">{tc('heading.facts')}</h2>
      <dl className={classes.facts}>
        {rows.map(({ name, gone, come }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {gone.map((value) => (
                <del key={value}>{value}</del>
              ))}
              {come.map((value) => (
                <ins key={value}>{value}</ins>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
