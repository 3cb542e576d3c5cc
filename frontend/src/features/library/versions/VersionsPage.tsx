import '../i18n'
import './i18n'
import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getResourceOptions, listResourceVersionsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { LinkAnchor, LinkButton } from '@/shared/ui/links'
import { PageHeader } from '@/shared/ui/PageHeader'
import { EmptyState, ErrorState, PendingRows } from '@/shared/ui/States'
import { type VersionsSearch, versionsRoute } from '../routes'
import { CompareVersions } from './CompareVersions'
import { VersionList } from './VersionList'
import classes from './Versions.module.css'

/** The versions of a resource, and what changed from one to another. */
export function VersionsPage() {
  const { t } = useTranslation('library')
  const { t: tc } = useTranslation('compare')
  const { resourceId } = versionsRoute.useParams()
  const search = versionsRoute.useSearch()
  const navigate = useNavigate({ from: versionsRoute.fullPath })
  const resource = useQuery(getResourceOptions({ path: { id: resourceId } }))
  const list = useQuery(listResourceVersionsOptions({ path: { id: resourceId } }))
  const error = resource.error ?? list.error
  if (error && !(resource.data && list.data)) {
    return (
      <ErrorState
        error={error}
        onRetry={() => {
          void resource.refetch()
          void list.refetch()
        }}
      />
    )
  }
  if (!resource.data || !list.data) return <PendingRows rows={8} />
  const versions = list.data.items
  const to = versions.find((v) => v.number === search.to) ?? versions[0]
  const at = to ? versions.indexOf(to) : -1
  const from = versions.find((v) => v.number === search.from) ?? versions[at + 1] ?? versions[at]
  const choose = (next: VersionsSearch) =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true, resetScroll: false })
  return (
    <div data-wide className={classes.page}>
      <PageHeader
        title={t('versions')}
        above={
          <>
            <LinkAnchor to="/library">{t('title')}</LinkAnchor>
            <span className={classes.crumb}>
              <LinkAnchor to="/library/$resourceId" params={{ resourceId }}>
                {resource.data.title}
              </LinkAnchor>
            </span>
          </>
        }
      />
      {versions.length < 2 && (
        <EmptyState
          icon={<IconHistory size={28} stroke={1.5} />}
          title={tc('onlyOne')}
          action={
            <LinkButton to="/library/$resourceId" params={{ resourceId }} variant="default">
              {tc('back')}
            </LinkButton>
          }
        >
          {tc('onlyOneHint')}
        </EmptyState>
      )}
      {versions.length > 1 && from && to && (
        <div className={classes.split}>
          <VersionList
            versions={versions}
            from={from.number}
            to={to.number}
            onChoose={(number) => choose({ to: number, from: undefined, file: undefined })}
          />
          <CompareVersions
            key={`${from.number} ${to.number}`}
            resource={resource.data}
            versions={versions}
            from={from}
            to={to}
            search={search}
            onChange={choose}
          />
        </div>
      )}
    </div>
  )
}
