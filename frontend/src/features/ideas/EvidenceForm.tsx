import { Button, Group, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { EvidenceInputBody } from '@/shared/api/generated/types.gen'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import { useAddEvidence } from './api'
import classes from './EvidenceForm.module.css'
import { evidenceKinds } from './evidenceKinds'

const DealValue = lazy(() => import('./DealValue').then((m) => ({ default: m.DealValue })))

interface EvidenceFormProps {
  ideaId: string
  onDone: () => void
}

export function EvidenceForm({ ideaId, onDone }: EvidenceFormProps) {
  const { t } = useTranslation('ideas')
  const { t: tc } = useTranslation()
  const add = useAddEvidence(ideaId)
  const form = useForm({
    initialValues: { kind: 'quote' as EvidenceInputBody['kind'], text: '', source: '', deal_value: '' as number | '' },
  })
  const isDeal = form.values.kind === 'deal'
  const submit = form.onSubmit(({ kind, text, source, deal_value }) => {
    if (add.isPending || !text.trim()) return
    const value = isDeal && typeof deal_value === 'number' ? deal_value : undefined
    add.mutate(
      { kind, text, source: source || undefined, deal_value: value },
      { onError: (error) => setFieldErrors(form, error), onSuccess: onDone },
    )
  })
  return (
    <form
      className={classes.form}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone()
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
      }}
    >
      <Stack gap="sm">
        <div className={classes.kinds}>
          <SegmentedControl
            aria-label={t('evidence.kind')}
            data={evidenceKinds.map((kind) => ({ value: kind, label: t(`evidenceKind.${kind}`) }))}
            {...form.getInputProps('kind')}
          />
        </div>
        <Textarea
          label={t('evidence.text.label')}
          autosize
          minRows={2}
          maxRows={12}
          maxLength={4000}
          required
          autoFocus
          {...form.getInputProps('text')}
        />
        <TextInput
          label={t('evidence.source')}
          placeholder={t('evidence.sourceHint')}
          maxLength={200}
          {...form.getInputProps('source')}
        />
        {isDeal && (
          <Suspense fallback={<TextInput label={t('evidence.value')} readOnly />}>
            <DealValue label={t('evidence.value')} {...form.getInputProps('deal_value')} />
          </Suspense>
        )}
        <FormProblem error={add.error} form={form} />
        <Group gap="xs">
          <Button type="submit" loading={add.isPending}>
            {t('evidence.submit')}
          </Button>
          <Button variant="default" onClick={onDone}>
            {tc('action.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
