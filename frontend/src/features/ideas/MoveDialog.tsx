import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Idea, MoveIdeaInputBody } from '@/shared/api/generated/types.gen'
import { FormProblem } from '@/shared/ui/FormProblem'
import { useMoveIdea } from './api'

interface MoveDialogProps {
  idea: Idea
  to: MoveIdeaInputBody['to']
  onClose: () => void
}

/** A move with a word for those who wait; declining needs one. */
export function MoveDialog({ idea, to, onClose }: MoveDialogProps) {
  const { t } = useTranslation('ideas')
  const { t: tc } = useTranslation()
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const move = useMoveIdea(idea)
  const isDeclining = to === 'declined'
  const state = tc(`state.${to}`)
  const submit = () => {
    if (move.isPending) return
    if (isDeclining && !reason.trim()) return setMissing(true)
    move.mutate({ to, reason: reason.trim() || undefined }, { onSuccess: onClose })
  }
  return (
    <Modal opened onClose={onClose} title={isDeclining ? t('move.declineTitle') : t('move.title', { state })}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Stack>
          <Textarea
            label={isDeclining ? t('move.declineReason') : t('move.reason')}
            description={isDeclining ? t('move.declineHint') : t('move.reasonOptional')}
            autosize
            minRows={3}
            maxRows={10}
            maxLength={2000}
            required={isDeclining}
            data-autofocus
            value={reason}
            error={isMissing && !reason.trim() ? t('move.needReason') : undefined}
            onChange={(event) => setReason(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
                event.preventDefault()
                submit()
              }
            }}
          />
          <FormProblem error={move.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {tc('action.cancel')}
            </Button>
            <Button type="submit" color={isDeclining ? 'red' : undefined} loading={move.isPending}>
              {isDeclining ? t('move.declineButton') : t('move.title', { state })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
