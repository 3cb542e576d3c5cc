import { Group, SegmentedControl, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { PeopleSelect } from '@/shared/people/PeopleSelect'
import { useMe } from '@/shared/session/session'
import { evidenceKinds } from './evidenceKinds'
import { today } from './NeededBy'
import classes from './NewIdeaDetails.module.css'
import type { NewIdeaWords } from './newIdea'
import { ideaKinds } from './routes'

/** Everything that may be said beside the title. */
export function NewIdeaDetails({ form }: { form: UseFormReturnType<NewIdeaWords> }) {
  const { t } = useTranslation('ideas')
  const me = useMe()
  const { kind, visibility } = form.values
  const visibilities = (['everyone', 'team', 'private'] as const).filter((v) => v !== 'team' || me.team)
  return (
    <Stack>
      <div>
        <div className={classes.kinds}>
          <SegmentedControl
            aria-label={t('new.kind')}
            data={ideaKinds.map((k) => ({ value: k, label: t(`kind.${k}`) }))}
            {...form.getInputProps('kind')}
          />
        </div>
        <Text size="xs" c="dimmed" mt={4}>
          {t(`kindHint.${kind}`)}
        </Text>
      </div>
      {kind === 'request' && (
        <TextInput
          type="date"
          label={t('new.neededBy')}
          min={today()}
          w={200}
          autoFocus
          {...form.getInputProps('needed_by')}
        />
      )}
      <Textarea
        label={t('new.body')}
        placeholder={t('new.bodyHint')}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={20_000}
        {...form.getInputProps('body')}
      />
      <Textarea
        label={t('evidence.title')}
        placeholder={t('evidence.text.label')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={4000}
        {...form.getInputProps('evidence')}
      />
      {form.values.evidence.trim() && (
        <Group grow preventGrowOverflow={false} align="flex-start">
          <Select
            label={t('evidence.kind')}
            allowDeselect={false}
            data={evidenceKinds.filter((k) => k !== 'deal').map((k) => ({ value: k, label: t(`evidenceKind.${k}`) }))}
            {...form.getInputProps('evidence_kind')}
          />
          <TextInput
            label={t('evidence.source')}
            placeholder={t('evidence.sourceHint')}
            maxLength={200}
            {...form.getInputProps('source')}
          />
        </Group>
      )}
      <Select
        label={t('new.who')}
        allowDeselect={false}
        data={visibilities.map((v) => ({ value: v, label: t(`visibility.${v}`) }))}
        {...form.getInputProps('visibility')}
      />
      {visibility === 'private' && (
        <PeopleSelect
          label={t('new.people')}
          exclude={[me.id]}
          value={form.values.people}
          onChange={(people) => form.setFieldValue('people', people)}
          error={form.errors.people}
        />
      )}
    </Stack>
  )
}
