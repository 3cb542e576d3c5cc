import './i18n'
import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import type { ViewFields } from '@/shared/api/generated/types.gen'
import { useMe } from '@/shared/session/session'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'

export interface ViewDialogProps {
  title: string
  initial: ViewFields
  /** A lead puts a shared view in order, but only its maker takes it back. */
  isMine: boolean
  isBusy: boolean
  error: unknown
  onSave: (fields: ViewFields) => Promise<unknown>
  onClose: () => void
}

/** Name of a view, and who has it. */
export function ViewDialog({ title, initial, isMine, isBusy, error, onSave, onClose }: ViewDialogProps) {
  const { t } = useTranslation('views')
  const { t: tc } = useTranslation()
  const me = useMe()
  const form = useForm<ViewFields>({ initialValues: initial })
  const handleSubmit = async (fields: ViewFields) => {
    try {
      await onSave(fields)
      onClose()
    } catch (problem) {
      setFieldErrors(form, problem)
    }
  }
  const choices: ViewFields['shared'][] = isMine ? ['nobody', 'side', 'everybody'] : ['side', 'everybody']
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': tc('action.close') }}>
      <form onSubmit={form.onSubmit((fields) => void handleSubmit(fields))}>
        <fieldset disabled={isBusy} style={{ all: 'unset', display: 'block' }}>
          <Stack gap="md">
            <TextInput
              label={t('dialog.name')}
              maxLength={60}
              required
              data-autofocus
              {...form.getInputProps('name')}
            />
            <Radio.Group label={t('dialog.shared')} {...form.getInputProps('shared')}>
              <Stack gap={10} mt={6}>
                {choices.map((value) => (
                  <Radio
                    key={value}
                    value={value}
                    label={value === 'side' ? t(`dialog.side.${me.side}`) : t(`dialog.${value}`)}
                  />
                ))}
              </Stack>
            </Radio.Group>
            <Text size="sm" c="dimmed">
              {t('dialog.hint')}
            </Text>
            <FormProblem error={error} form={form} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {tc('action.cancel')}
              </Button>
              <Button type="submit" loading={isBusy}>
                {t('dialog.submit')}
              </Button>
            </Group>
          </Stack>
        </fieldset>
      </form>
    </Modal>
  )
}
