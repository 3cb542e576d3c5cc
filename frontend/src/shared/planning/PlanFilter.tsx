import './i18n'
import { Button, CloseButton, Popover, Skeleton } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { getIdeaOptions, getPersonOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { contentTypeLabel } from '@/shared/lib/contentType'
import classes from './PlanFilter.module.css'
import { countFilters, noPlanFilters, type OnlyThese, type PlanFilters } from './plan'

const PlanFields = lazy(() => import('./PlanFields').then((m) => ({ default: m.PlanFields })))

interface PlanFilterProps {
  search: PlanFilters
  onChange: (change: PlanFilters) => void
  hasStep?: boolean
  only?: OnlyThese
}

/** The filters behind a counted button. */
export function PlanFilter({ search, onChange, hasStep = false, only }: PlanFilterProps) {
  const { t } = useTranslation('planning')
  const count = countFilters(search) + (only?.isOn ? 1 : 0)
  return (
    <Popover position="bottom-start" width={280} trapFocus>
      <Popover.Target>
        <Button variant={count > 0 ? 'light' : 'default'} leftSection={<IconFilter size={15} />}>
          {count > 0 ? t('filter.buttonCount', { count }) : t('filter.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('filter.button')}>
        <Suspense fallback={<Skeleton height={300} />}>
          <PlanFields search={search} onChange={onChange} hasStep={hasStep} only={only} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}

/** What narrows the page, in words, each to be taken off. */
export function PlanPills({ search, onChange }: { search: PlanFilters; onChange: (change: PlanFilters) => void }) {
  const { t } = useTranslation('planning')
  const { t: tc } = useTranslation()
  const { person, type, side, step, idea } = search
  const who = useQuery({ ...getPersonOptions({ path: { id: person ?? '' } }), enabled: Boolean(person) })
  const what = useQuery({ ...getIdeaOptions({ path: { id: idea ?? '' } }), enabled: Boolean(idea) })
  const pills: [keyof PlanFilters, string | undefined][] = [
    ['person', person && (who.data?.name ?? t('filter.onePerson'))],
    ['type', type && contentTypeLabel(type)],
    ['side', side && tc(`side.${side}`)],
    ['step', step && tc(`state.${step}`)],
    ['idea', idea && (what.data?.title ?? t('filter.oneIdea'))],
  ]
  const shown = pills.filter(([, label]) => label)
  if (shown.length === 0) return null
  return (
    <div className={classes.pills}>
      {shown.map(([key, label]) => (
        <span key={key} className={classes.pill}>
          <span className={classes.label}>{label}</span>
          <CloseButton
            size="xs"
            aria-label={t('filter.remove', { label })}
            onClick={() => onChange({ [key]: undefined })}
          />
        </span>
      ))}
      <Button variant="subtle" size="compact-sm" onClick={() => onChange(noPlanFilters)}>
        {tc('action.clearFilters')}
      </Button>
    </div>
  )
}
