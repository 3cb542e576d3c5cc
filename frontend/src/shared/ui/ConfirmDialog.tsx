import { Button, Group, Modal, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Question } from './confirm'

interface ConfirmDialogProps {
  question: Question
  isOpen: boolean
  onAnswer: (yes: boolean) => void
}

export function ConfirmDialog({ question, isOpen, onAnswer }: ConfirmDialogProps) {
  const { t } = useTranslation()
  return (
    <Modal opened={isOpen} onClose={() => onAnswer(false)} title={question.title} size="sm" centered>
      <Text size="sm">{question.body}</Text>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={() => onAnswer(false)}>
          {t('action.cancel')}
        </Button>
        <Button color={question.isDangerous ? 'red' : undefined} onClick={() => onAnswer(true)} data-autofocus>
          {question.confirmLabel}
        </Button>
      </Group>
    </Modal>
  )
}
