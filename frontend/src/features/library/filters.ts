import type { FacetCount, ListResourcesData } from '@/shared/api/generated/types.gen'
import { i18n } from '@/shared/i18n'
import { contentTypeLabel } from '@/shared/lib/contentType'
import { type FacetName, facetNames } from '@/shared/search/facets'
import type { LibrarySearch, Sort, Tab } from './search'

type Query = NonNullable<ListResourcesData['query']>

/** The same, as the API wants it. */
export function queryOf({
  q,
  tab,
  type,
  stage,
  persona,
  industry,
  product,
  region,
  lang,
  sharing,
  freshness,
  collection,
}: LibrarySearch): Query {
  return { q, tab, content_type: type, stage, persona, industry, product, region, lang, sharing, freshness, collection }
}

/** Which order holds: the best match when words are searched, unless another one was chosen. */
export function sortOf({ q, sort }: LibrarySearch): Sort {
  if (q) return sort ?? 'best'
  return sort === undefined || sort === 'best' ? 'new' : sort
}

export function toggled(values: string[] | undefined, value: string): string[] | undefined {
  const next = values?.includes(value) ? values.filter((v) => v !== value) : [...(values ?? []), value]
  return next.length > 0 ? next : undefined
}

/** Every chosen value, to be shown and taken off. */
export function chosen(search: LibrarySearch): { facet: FacetName; value: string }[] {
  return facetNames.flatMap((facet) => (search[facet] ?? []).map((value) => ({ facet, value })))
}

export function withoutFilters({ tab, sort, view }: LibrarySearch): LibrarySearch {
  return { tab, sort, view }
}

const journey = ['awareness', 'consideration', 'decision', 'onboarding']

function compareStages(a: FacetCount, b: FacetCount): number {
  const place = ({ value }: FacetCount) => (journey.includes(value) ? journey.indexOf(value) : journey.length)
  return place(a) - place(b)
}

/** The values of one facet with their counts; chosen ones stay although nothing is left of them. */
export function valuesOf(counts: FacetCount[], facet: FacetName, selected: string[] = []): FacetCount[] {
  const name = facet === 'type' ? 'content_type' : facet
  const found = counts.filter((c) => c.facet === name)
  const gone = selected.filter((value) => !found.some((c) => c.value === value))
  const all = [...found, ...gone.map((value): FacetCount => ({ facet: name, value, count: 0 }))]
  return facet === 'stage' ? all.sort(compareStages) : all
}

export function tabCount(counts: FacetCount[], tab: Tab): number | undefined {
  return counts.find((c) => c.facet === 'tab' && c.value === tab)?.count
}

const languages = new Intl.DisplayNames('en', { type: 'language' })

function languageLabel(value: string): string {
  try {
    return languages.of(value) ?? value
  } catch {
    return value // an import may bring what is no language tag
  }
}

const capital = (value: string) => value.charAt(0).toUpperCase() + value.slice(1)

const freshnesses = ['new', 'current', 'due', 'expired'] as const

/** A value of a facet in words; the names of collections come with the counts. */
export function labelOf(facet: FacetName, value: string, counts: FacetCount[] = []): string {
  if (facet === 'collection') {
    return counts.find((c) => c.facet === facet && c.value === value)?.label ?? i18n.t('library:facet.aCollection')
  }
  if (facet === 'freshness') {
    const known = freshnesses.find((f) => f === value)
    return known ? i18n.t(`library:freshness.${known}`) : value
  }
  if (facet === 'type') return contentTypeLabel(value)
  if (facet === 'lang') return languageLabel(value)
  if (facet === 'stage') return capital(value)
  if (facet === 'sharing') return value === 'shareable' ? i18n.t('library:shareable') : i18n.t('library:internal')
  return value
}
