import { Button, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DemandCard, Resource } from '@/shared/api/generated/types.gen'
import { DialogFoot } from '@/shared/ui/DialogFoot'
import { FormProblem } from '@/shared/ui/FormProblem'
import { useAnswerDemand } from './api'
import { ResourcePicker } from './ResourcePicker'

interface ThereDialogProps {
  demand: DemandCard
  onAnswered: (card: DemandCard) => void
  onClose: () => void
}

/** Finds what is there already and was not found, and tells those who searched. */
export function ThereDialog({ demand, onAnswered, onClose }: ThereDialogProps) {
  const { t } = useTranslation('ideas')
  const { t: tc } = useTranslation()
  const [chosen, setChosen] = useState<Resource>()
  const answer = useAnswerDemand((card) => {
    onClose()
    onAnswered(card)
  })
  const handleSubmit = () => {
    if (!chosen || answer.isPending) return
    answer.mutate({ path: { id: demand.id }, body: { resource_id: chosen.id } })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('demand.there.title', { words: demand.words })}
      size="lg"
      closeButtonProps={{ 'aria-label': tc('action.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          handleSubmit()
        }}
      >
        <Stack>
          <Text size="sm" c="dimmed">
            {t('demand.there.lead')}
          </Text>
          <ResourcePicker like={demand.words} value={chosen} onChange={setChosen} />
          {demand.request && <Text size="sm">{t('demand.there.request', { title: demand.request.title })}</Text>}
          {demand.request_hidden && <Text size="sm">{t('demand.there.requestHidden')}</Text>}
          <FormProblem error={answer.error} />
          <DialogFoot>
            <Button variant="default" onClick={onClose}>
              {tc('action.cancel')}
            </Button>
            <Button type="submit" disabled={!chosen} loading={answer.isPending}>
              {t('demand.there.submit')}
            </Button>
          </DialogFoot>
        </Stack>
      </form>
    </Modal>
  )
}
