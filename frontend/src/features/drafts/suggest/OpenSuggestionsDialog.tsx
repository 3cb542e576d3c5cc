import './i18n'
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { resolveSuggestionsMutation } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Draft } from '@/shared/api/generated/types.gen'
import { toast } from '@/shared/ui/toast'
import { useMoveDraft } from '../api'

interface OpenSuggestionsDialogProps {
  draft: Draft
  action: 'submit' | 'resubmit'
  count: number
  onClose: () => void
}

/** A text with suggestions is no text to approve: asks what becomes of them. */
export function OpenSuggestionsDialog({ draft, action, count, onClose }: OpenSuggestionsDialogProps) {
  const { t } = useTranslation('suggest')
  const { t: tc } = useTranslation()
  const move = useMoveDraft()
  const settle = useMutation(resolveSuggestionsMutation())
  const isBusy = move.isPending || settle.isPending
  const run = async (how: 'accept' | 'reject') => {
    try {
      await settle.mutateAsync({ path: { id: draft.id }, body: { action: how } })
      await move.mutateAsync({ path: { id: draft.id }, body: { action } })
      onClose()
    } catch (error) {
      toast.error(error)
    }
  }
  return (
    <Modal opened onClose={onClose} title={t('open.title', { count })}>
      <Stack>
        <Text size="sm">{t('open.body')}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} disabled={isBusy}>
            {tc('action.cancel')}
          </Button>
          <Button variant="default" onClick={() => void run('reject')} disabled={isBusy}>
            {t('open.reject')}
          </Button>
          <Button onClick={() => void run('accept')} disabled={isBusy}>
            {t('open.accept')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
