import { Button, Checkbox, CloseButton, Group, Popover, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { manyOf, oneOf } from '@/shared/router/search'
import { SearchInput } from '@/shared/ui/SearchInput'
import classes from './IdeaFilters.module.css'
import { type IdeasSearch, ideaKinds, ideaStates } from './routes'

interface IdeaFiltersProps {
  search: IdeasSearch
  onChange: (change: Partial<IdeasSearch>) => void
}

/** Search box, filters behind a counted button, order; what narrows the list stands below and is taken off there. */
export function IdeaFilters({ search, onChange }: IdeaFiltersProps) {
  const { t } = useTranslation('ideas')
  const { t: tc } = useTranslation()
  const { state = [], kind, tag, view } = search
  const isUnanswered = view === 'unanswered'
  const count = (isUnanswered ? 0 : state.length) + (kind ? 1 : 0) + (tag ? 1 : 0)
  const without = (s: string) =>
    onChange({
      state: manyOf(
        state.filter((x) => x !== s),
        ideaStates,
      ),
    })
  return (
    <>
      <Group mb="sm" gap="xs">
        <SearchInput
          label={t('filter.search')}
          value={search.q ?? ''}
          onChange={(words) => onChange({ q: words || undefined })}
        />
        <Popover position="bottom-start" width={280} trapFocus>
          <Popover.Target>
            <Button variant="default" leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.7} />}>
              {count > 0 ? t('filter.buttonCount', { count }) : t('filter.button')}
            </Button>
          </Popover.Target>
          <Popover.Dropdown aria-label={t('filter.button')}>
            <Stack gap="md">
              {!isUnanswered && (
                <Checkbox.Group
                  label={t('filter.state')}
                  value={state}
                  onChange={(values) => onChange({ state: manyOf(values, ideaStates) })}
                >
                  <Stack gap={8} mt={6}>
                    {ideaStates.map((s) => (
                      <Checkbox key={s} value={s} label={tc(`state.${s}`)} />
                    ))}
                  </Stack>
                </Checkbox.Group>
              )}
              <Select
                label={t('filter.kind')}
                placeholder={t('filter.anyKind')}
                clearable
                comboboxProps={{ withinPortal: false }}
                value={kind ?? null}
                onChange={(value) => onChange({ kind: oneOf(value, ideaKinds) })}
                data={ideaKinds.map((k) => ({ value: k, label: t(`kind.${k}`) }))}
              />
              <TextInput
                key={tag}
                label={t('filter.tag')}
                defaultValue={tag}
                maxLength={40}
                onBlur={(event) => onChange({ tag: event.currentTarget.value.trim() || undefined })}
                onKeyDown={(event) => {
                  if (event.key === 'Enter') onChange({ tag: event.currentTarget.value.trim() || undefined })
                }}
              />
            </Stack>
          </Popover.Dropdown>
        </Popover>
        <Select
          aria-label={t('sort.label')}
          className={classes.sort}
          allowDeselect={false}
          value={search.sort ?? (isUnanswered ? 'old' : 'top')}
          onChange={(value) => onChange({ sort: oneOf(value, ['top', 'new', 'old']) })}
          data={[
            { value: 'top', label: t('sort.top') },
            { value: 'new', label: t('sort.new') },
            { value: 'old', label: t('sort.old') },
          ]}
        />
      </Group>
      {count > 0 && (
        <Group gap={6} mb="sm" role="group" aria-label={t('filter.active')}>
          {!isUnanswered && state.map((s) => <Pill key={s} label={tc(`state.${s}`)} onRemove={() => without(s)} />)}
          {kind && <Pill label={t(`kind.${kind}`)} onRemove={() => onChange({ kind: undefined })} />}
          {tag && <Pill label={`#${tag}`} onRemove={() => onChange({ tag: undefined })} />}
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => onChange({ state: undefined, kind: undefined, tag: undefined })}
          >
            {tc('action.clearFilters')}
          </Button>
        </Group>
      )}
    </>
  )
}

function Pill({ label, onRemove }: { label: string; onRemove: () => void }) {
  const { t } = useTranslation('ideas')
  return (
    <span className={classes.pill}>
      <Text span size="sm">
        {label}
      </Text>
      <CloseButton size="xs" aria-label={t('filter.remove', { label })} onClick={onRemove} />
    </span>
  )
}
