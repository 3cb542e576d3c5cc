import { Select, Stack, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PersonSelect } from '@/shared/people/PersonSelect'
import { contentTypes } from '../stages'
import type { BoardFiltersProps } from './BoardFilters'

/** The filters that are used less; loaded when they are opened. */
export function FilterFields({ search, onChange }: BoardFiltersProps) {
  const { t } = useTranslation('drafts')
  return (
    <Stack gap="sm">
      <PersonSelect
        label={t('filter.person')}
        value={search.person ?? null}
        onChange={(id) => onChange({ person: id ?? undefined })}
        clearable
        comboboxProps={{ withinPortal: false }}
      />
      <Select
        label={t('filter.type')}
        placeholder={t('filter.anyType')}
        clearable
        value={search.type ?? null}
        onChange={(type) => onChange({ type: type ?? undefined })}
        data={contentTypes.map((value) => ({ value, label: t(`type.${value}`) }))}
        comboboxProps={{ withinPortal: false }}
      />
      <Switch
        label={t('filter.archived')}
        checked={search.archived ?? false}
        onChange={(event) => onChange({ archived: event.currentTarget.checked || undefined })}
      />
    </Stack>
  )
}
