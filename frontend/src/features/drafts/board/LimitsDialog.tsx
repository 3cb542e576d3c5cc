import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Board } from '@/shared/api/generated/types.gen'
import { toast } from '@/shared/ui/toast'

const columns = ['brief', 'writing', 'in_review', 'approved'] as const

interface LimitsDialogProps {
  board: Board
  isBusy: boolean
  onSave: (limits: Board['limits']) => Promise<unknown>
  onClose: () => void
}

/** How many pieces each column should hold: more are marked, never refused. */
export function LimitsDialog({ board, isBusy, onSave, onClose }: LimitsDialogProps) {
  const { t } = useTranslation('drafts')
  const { t: tc } = useTranslation()
  const [limits, setLimits] = useState(board.limits)
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault()
    try {
      await onSave(limits)
      onClose()
    } catch (error) {
      toast.error(error)
    }
  }
  return (
    <Modal opened onClose={onClose} title={t('limits.title')} closeButtonProps={{ 'aria-label': tc('action.close') }}>
      <form onSubmit={(event) => void handleSubmit(event)}>
        <Stack gap="md">
          <Text size="sm">{t('limits.hint')}</Text>
          {columns.map((state) => (
            <TextInput
              key={state}
              label={tc(`state.${state}`)}
              placeholder={t('limits.none')}
              type="number"
              inputMode="numeric"
              min={1}
              max={99}
              value={limits[state] ?? ''}
              onChange={(event) => {
                const most = Math.min(99, Math.trunc(Number(event.currentTarget.value)))
                const { [state]: _, ...others } = limits
                setLimits(most > 0 ? { ...others, [state]: most } : others)
              }}
            />
          ))}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {tc('action.cancel')}
            </Button>
            <Button type="submit" loading={isBusy}>
              {tc('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
