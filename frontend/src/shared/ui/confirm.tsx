import { Button, Group, Modal, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createStore, useStore } from '@/shared/lib/store'

interface Question {
  title: string
  /** What will happen, in one or two sentences. */
  body: string
  /** The verb on the button: "Publish", not "OK". */
  confirmLabel: string
  isDangerous?: boolean
}

const asked = createStore<(Question & { answer: (yes: boolean) => void }) | undefined>(undefined)

/** Asks once, only for what cannot be undone: `if (!(await confirm({ … }))) return`. */
export function confirm(question: Question): Promise<boolean> {
  asked.get()?.answer(false)
  return new Promise((resolve) => asked.set({ ...question, answer: resolve }))
}

/** Draws the question; mounted once by the application. */
export function ConfirmHost() {
  const question = useStore(asked)
  const [last, setLast] = useState(question)
  const { t } = useTranslation()
  if (question && question !== last) setLast(question)
  const handleAnswer = (yes: boolean) => {
    question?.answer(yes)
    asked.set(undefined)
  }
  return (
    <Modal opened={question !== undefined} onClose={() => handleAnswer(false)} title={last?.title} size="sm" centered>
      <Text size="sm">{last?.body}</Text>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={() => handleAnswer(false)}>
          {t('action.cancel')}
        </Button>
        <Button color={last?.isDangerous ? 'red' : undefined} onClick={() => handleAnswer(true)} data-autofocus>
          {last?.confirmLabel}
        </Button>
      </Group>
    </Modal>
  )
}
