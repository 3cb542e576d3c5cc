import { Button, Modal, NativeSelect, Stack, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { ifMatch } from '@/shared/api/client'
import type { SynonymEntry, SynonymFields } from '@/shared/api/generated/types.gen'
import { isStale } from '@/shared/api/problem'
import { DialogFoot } from '@/shared/ui/DialogFoot'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import { StaleNotice } from '@/shared/ui/StaleNotice'
import { toast } from '@/shared/ui/toast'
import { useAddSynonyms, useUpdateSynonyms } from './api'

interface SynonymsDialogProps {
  /** Absent: a new one. */
  entry?: SynonymEntry
  onClose: () => void
}

/** One per line; commas do as well. */
const phrases = (text: string) =>
  text
    .split(/[\n,;]/)
    .map((p) => p.trim())
    .filter(Boolean)

export function SynonymsDialog({ entry, onClose }: SynonymsDialogProps) {
  const { t } = useTranslation('taxonomy')
  const { t: tc } = useTranslation()
  const add = useAddSynonyms()
  const update = useUpdateSynonyms()
  const form = useForm({
    initialValues: {
      kind: entry?.kind ?? ('group' as const),
      words: entry?.words.join('\n') ?? '',
      finds: entry?.finds?.join('\n') ?? '',
    },
  })
  const { values } = form
  const isGroup = values.kind === 'group'
  const words = phrases(values.words)
  const finds = phrases(values.finds)
  const isReady = words.length >= (isGroup ? 2 : 1) && (isGroup || finds.length > 0)
  const isPending = add.isPending || update.isPending
  const send = (rev: number | undefined) => {
    const body: SynonymFields = { kind: values.kind, words, finds: isGroup ? undefined : finds }
    const answers = {
      onError: (error: unknown) => setFieldErrors(form, error),
      onSuccess: () => {
        toast.success(t('synonyms.saved'))
        onClose()
      },
    }
    if (entry) update.mutate({ path: { id: entry.id }, headers: ifMatch(rev ?? entry.rev), body }, answers)
    else add.mutate({ body }, answers)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={entry ? t('synonyms.edit') : t('synonyms.new')}
      closeButtonProps={{ 'aria-label': tc('action.close') }}
    >
      <form
        onSubmit={form.onSubmit(() => {
          if (isReady && !isPending) send(entry?.rev)
        })}
      >
        <Stack>
          <NativeSelect
            label={t('synonyms.how')}
            data={(['group', 'oneway'] as const).map((value) => ({ value, label: t(`synonyms.kind.${value}`) }))}
            {...form.getInputProps('kind')}
          />
          <Textarea
            label={isGroup ? t('synonyms.group') : t('synonyms.from')}
            description={t('synonyms.phraseHint')}
            data-autofocus
            autosize
            minRows={3}
            {...form.getInputProps('words')}
          />
          {!isGroup && <Textarea label={t('synonyms.to')} autosize minRows={3} {...form.getInputProps('finds')} />}
          {!isStale(update.error) && <FormProblem error={add.error ?? update.error} form={form} />}
          <StaleNotice
            error={update.error}
            onTakeTheirs={onClose}
            onKeepMine={() => send(isStale(update.error) ? update.error?.rev : entry?.rev)}
          />
          <DialogFoot>
            <Button variant="default" onClick={onClose}>
              {tc('action.cancel')}
            </Button>
            <Button type="submit" disabled={!isReady} loading={isPending}>
              {tc('action.save')}
            </Button>
          </DialogFoot>
        </Stack>
      </form>
    </Modal>
  )
}
