import './i18n'
import { NativeSelect, SegmentedControl } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { listTaxonomyOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { oneOf } from '@/shared/router/search'
import { useMe } from '@/shared/session/session'
import { LinkAnchor, LinkButton } from '@/shared/ui/links'
import { PageHeader } from '@/shared/ui/PageHeader'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import { Changes } from './Changes'
import { MissingTags } from './MissingTags'
import { tagFacets, taxonomyRoute } from './routes'
import classes from './TaxonomyPage.module.css'
import { ValueList } from './ValueList'

const RequiredTags = lazy(() => import('./RequiredTags').then((m) => ({ default: m.RequiredTags })))

/** The values of each part of the taxonomy, what types ask for, and what was merged. */
export function TaxonomyPage() {
  const { t } = useTranslation('taxonomy')
  const { t: tc } = useTranslation()
  const me = useMe()
  const mayEdit = me.lead || me.admin
  const { facet = 'persona' } = taxonomyRoute.useSearch()
  const navigate = useNavigate({ from: taxonomyRoute.fullPath })
  const isPhone = useMediaQuery('(max-width: 48em)')
  const values = useQuery(listTaxonomyOptions({ query: { facet } }))
  const choose = (next: string) =>
    void navigate({ search: { facet: oneOf(next, tagFacets) }, replace: true, resetScroll: false })
  const data = tagFacets.map((value) => ({ value, label: t(`facet.${value}`) }))
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={mayEdit ? t('lead') : `${t('lead')} ${t('readOnly')}`}
        above={<LinkAnchor to="/settings">{tc('nav.profile')}</LinkAnchor>}
      >
        <LinkButton to="/settings/content-types" variant="default">
          {t('types')}
        </LinkButton>
      </PageHeader>
      {isPhone ? (
        <NativeSelect
          aria-label={t('facets')}
          value={facet}
          data={data}
          size="md"
          onChange={(event) => choose(event.currentTarget.value)}
        />
      ) : (
        <SegmentedControl aria-label={t('facets')} value={facet} onChange={choose} data={data} />
      )}
      <div className={classes.columns}>
        <div>
          {values.isPending && <SkeletonList />}
          {values.isError && <ErrorState error={values.error} onRetry={() => void values.refetch()} />}
          {values.data && <ValueList key={facet} facet={facet} values={values.data.items} mayEdit={mayEdit} />}
        </div>
        <div className={classes.side}>
          <Suspense fallback={<SkeletonList rows={6} height={78} />}>
            <RequiredTags mayEdit={mayEdit} />
          </Suspense>
          {mayEdit && <Changes />}
        </div>
      </div>
      {(mayEdit || me.side === 'marketing') && <MissingTags />}
    </>
  )
}
