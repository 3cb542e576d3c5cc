import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import {
  listResourceOriginsOptions,
  listResourceVersionsOptions,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Resource } from '@/shared/api/generated/types.gen'
import { Timeline } from '@/shared/discussion/Timeline'
import { formatDate, formatIn, formatNumber } from '@/shared/lib/format'
import { lazyPart } from '@/shared/lib/lazyPart'
import type { FacetName } from '@/shared/search/facets'
import { LinkAnchor } from '@/shared/ui/links'
import { StateBadge } from '@/shared/ui/StateBadge'
import { labelOf } from './filters'
import classes from './ResourcePage.module.css'
import { ReviewBox } from './ReviewBox'
import { WhoHasIt } from './WhoHasIt'

const Holders = lazy(() => import('./ReplaceDialog').then((m) => ({ default: m.Holders })))

const Related = lazyPart(() => import('./Related').then((m) => m.Related))

/** Facts beside a resource: for whom, who keeps it right, how well used, where it comes from, what happened to it. */
export function ResourceAside({ resource }: { resource: Resource }) {
  const { t } = useTranslation('library')
  const { taxonomy } = resource
  return (
    <aside className={classes.aside} aria-label={t('aside')}>
      <ReviewBox resource={resource} />
      <dl className={classes.facts}>
        <Values facet="persona" values={taxonomy.personas} />
        <Values facet="stage" values={taxonomy.stages} />
        <Values facet="industry" values={taxonomy.industries} />
        <Values facet="product" values={taxonomy.products} />
        <Values facet="region" values={taxonomy.regions} />
        <Values facet="lang" values={[resource.lang]} />
        {taxonomy.tags.length > 0 && <Fact name={t('fact.tags')}>{taxonomy.tags.join(', ')}</Fact>}
        {resource.authors.length > 0 && <Fact name={t('fact.authors')}>{resource.authors.join(', ')}</Fact>}
        {resource.release_at && (
          <Fact name={t('fact.release')}>{formatIn(resource.release_at, resource.dates_zone)}</Fact>
        )}
        {resource.expires_at && (
          <Fact name={t('fact.expires')}>{formatIn(resource.expires_at, resource.dates_zone)}</Fact>
        )}
        {/^https?:\/\//.test(resource.public_url) && (
          <Fact name={t('fact.public')}>
            <Anchor href={resource.public_url} target="_blank" rel="noopener noreferrer" size="sm">
              {new URL(resource.public_url).host}
            </Anchor>
          </Fact>
        )}
        {resource.source_repo && resource.source_repo !== 'demo' && (
          <Fact name={t('fact.source')}>
            {[resource.source_repo, resource.source_path, resource.licence].filter(Boolean).join(' · ')}
          </Fact>
        )}
      </dl>
      <div className={classes.box}>
        <span className={classes.number}>{formatNumber(resource.views)}</span>
        <span className={classes.small}>
          {t('used.since', { count: resource.views })} {t('used.recent', { count: resource.recent_views })}
        </span>
      </div>
      {resource.state === 'archived' && <StillHeld id={resource.id} />}
      {resource.shareable && <WhoHasIt id={resource.id} />}
      <Suspense>
        <Related id={resource.id} />
      </Suspense>
      <Origins id={resource.id} />
      <Versions resource={resource} />
      <section>
        <h2>{t('history')}</h2>
        <Timeline type="resource" id={resource.id} withoutComments />
      </section>
    </aside>
  )
}

/** Of an archived one, for marketing: others do not see it. */
function StillHeld({ id }: { id: string }) {
  return (
    <Suspense>
      <Holders id={id} />
    </Suspense>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** Each value leads to everything that has it. */
function Values({ facet, values }: { facet: FacetName; values: string[] }) {
  const { t } = useTranslation('library')
  if (values.length === 0) return null
  return (
    <Fact name={t(`facet.${facet}`)}>
      <span className={classes.tags}>
        {values.map((value) => (
          <Link key={value} to="/library" search={{ [facet]: [value] }} className={classes.tag}>
            {labelOf(facet, value)}
          </Link>
        ))}
      </span>
    </Fact>
  )
}

function Origins({ id }: { id: string }) {
  const { t } = useTranslation('library')
  const { data } = useQuery(listResourceOriginsOptions({ path: { id } }))
  if (!data || data.items.length === 0) return null
  return (
    <section>
      <h2>{t('origins')}</h2>
      <ul className={classes.lines}>
        {data.items.map((origin) => (
          <li key={origin.id}>
            {origin.type === 'idea' ? (
              <LinkAnchor to="/ideas/$ideaId" params={{ ideaId: origin.id }} size="sm">
                {origin.title}
              </LinkAnchor>
            ) : (
              <LinkAnchor to="/drafts/$draftId" params={{ draftId: origin.id }} size="sm">
                {origin.title}
              </LinkAnchor>
            )}
            <span className={classes.small}>
              {origin.type === 'idea'
                ? t('origin.idea', { name: origin.person.name, count: origin.votes })
                : t('origin.draft', { name: origin.person.name })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Versions({ resource }: { resource: Resource }) {
  const { t } = useTranslation('library')
  const { data } = useQuery(listResourceVersionsOptions({ path: { id: resource.id } }))
  if (!data || data.items.length === 0) return null
  const isMany = data.items.length > 1
  const name = (number: number) => t('version.number', { number })
  return (
    <section>
      <h2>{t('versions')}</h2>
      <ol className={classes.lines}>
        {data.items.slice(0, 3).map((version) => (
          <li key={version.id}>
            {isMany ? (
              <LinkAnchor
                to="/library/$resourceId/versions"
                params={{ resourceId: resource.id }}
                search={{ to: version.number }}
                size="sm"
              >
                {name(version.number)}
              </LinkAnchor>
            ) : (
              name(version.number)
            )}{' '}
            {version.number === resource.version && <StateBadge state="live" />}
            <span className={classes.small}>
              {version.by
                ? t('version.by', { date: formatDate(version.created_at), name: version.by.name })
                : formatDate(version.created_at)}
            </span>
            {version.note && <p className={classes.said}>{version.note}</p>}
          </li>
        ))}
      </ol>
      {isMany && (
        <LinkAnchor
          to="/library/$resourceId/versions"
          params={{ resourceId: resource.id }}
          size="sm"
          className={classes.allVersions}
        >
          {data.items.length > 3 ? t('version.all', { count: data.items.length }) : t('version.compare')}
        </LinkAnchor>
      )}
    </section>
  )
}
