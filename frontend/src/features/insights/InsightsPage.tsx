import './i18n'
import { Group, SegmentedControl } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PersonNumbers } from '@/shared/insights/PersonNumbers'
import { oneOf } from '@/shared/router/search'
import { isMarketer, useMe } from '@/shared/session/session'
import { PageHeader } from '@/shared/ui/PageHeader'
import classes from './InsightsPage.module.css'
import { OverviewNumbers } from './OverviewNumbers'
import { insightsRoute, periods, scopes } from './routes'

/** What came of the work: one's own first for a rep, the company's for marketing. */
export function InsightsPage() {
  const { t } = useTranslation('insights')
  const me = useMe()
  const { days = '90', scope } = insightsRoute.useSearch()
  const navigate = useNavigate({ from: insightsRoute.fullPath })
  const isCompany = isMarketer(me) || me.admin
  const maySeeOthers = isCompany || me.lead
  const shown = maySeeOthers ? (scope ?? (me.side === 'sales' ? 'mine' : 'team')) : 'mine'
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <Group mb="xl" gap="sm">
        {maySeeOthers && (
          <SegmentedControl
            aria-label={t('scope.label')}
            className={classes.control}
            value={shown}
            onChange={(value) =>
              void navigate({ search: (old) => ({ ...old, scope: oneOf(value, scopes) }), replace: true })
            }
            data={[
              { value: 'mine', label: t('scope.mine') },
              { value: 'team', label: t(isCompany ? 'scope.company' : 'scope.team') },
            ]}
          />
        )}
        <SegmentedControl
          aria-label={t('period.label')}
          className={classes.control}
          value={days}
          onChange={(value) =>
            void navigate({ search: (old) => ({ ...old, days: oneOf(value, periods) }), replace: true })
          }
          data={periods.map((value) => ({ value, label: t(`period.${value}`) }))}
        />
      </Group>
      {shown === 'mine' ? (
        <PersonNumbers personId={me.id} days={Number(days)} isMine />
      ) : (
        <OverviewNumbers days={Number(days)} />
      )}
    </>
  )
}
