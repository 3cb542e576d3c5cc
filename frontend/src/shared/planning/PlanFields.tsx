import './i18n'
import { Select, Stack, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useContentTypeChoices } from '@/shared/lib/useContentTypes'
import { PersonSelect } from '@/shared/people/PersonSelect'
import { oneOf } from '@/shared/router/search'
import { IdeaSelect } from './IdeaSelect'
import { type OnlyThese, type PlanFilters, steps } from './plan'

interface PlanFieldsProps {
  search: PlanFilters
  onChange: (change: PlanFilters) => void
  /** On a board the columns say it. */
  hasStep: boolean
  only?: OnlyThese
}

/** The filters of pieces: the same on the board, in the list and in the calendar. Loaded when they are opened. */
export function PlanFields({ search, onChange, hasStep, only }: PlanFieldsProps) {
  const { t } = useTranslation('planning')
  const { t: tc } = useTranslation()
  const types = useContentTypeChoices(search.type)
  const inPlace = { withinPortal: false }
  return (
    <Stack gap="sm">
      <PersonSelect
        label={t('filter.person')}
        value={search.person ?? null}
        onChange={(id) => onChange({ person: id ?? undefined })}
        clearable
        comboboxProps={inPlace}
      />
      <Select
        label={t('filter.type')}
        placeholder={t('filter.anyType')}
        clearable
        value={search.type ?? null}
        onChange={(type) => onChange({ type: type ?? undefined })}
        data={types}
        comboboxProps={inPlace}
      />
      <Select
        label={t('filter.side')}
        placeholder={t('filter.anySide')}
        clearable
        value={search.side ?? null}
        onChange={(side) => onChange({ side: oneOf(side, ['sales', 'marketing']) })}
        data={(['sales', 'marketing'] as const).map((value) => ({ value, label: tc(`side.${value}`) }))}
        comboboxProps={inPlace}
      />
      {hasStep && (
        <Select
          label={t('filter.step')}
          placeholder={t('filter.anyStep')}
          clearable
          value={search.step ?? null}
          onChange={(step) => onChange({ step: oneOf(step, steps) })}
          data={steps.map((value) => ({ value, label: tc(`state.${value}`) }))}
          comboboxProps={inPlace}
        />
      )}
      <IdeaSelect value={search.idea} onChange={(idea) => onChange({ idea })} />
      {only && (
        <Switch
          label={only.label}
          checked={only.isOn}
          onChange={(event) => only.onChange(event.currentTarget.checked)}
        />
      )}
    </Stack>
  )
}
