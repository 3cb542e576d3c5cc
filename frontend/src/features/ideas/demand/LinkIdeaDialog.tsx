import { Button, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DemandCard, Idea } from '@/shared/api/generated/types.gen'
import { DialogFoot } from '@/shared/ui/DialogFoot'
import { FormProblem } from '@/shared/ui/FormProblem'
import { IdeaPicker } from '../IdeaPicker'
import { useLinkIdea } from './api'

interface LinkIdeaDialogProps {
  demand: DemandCard
  onLinked: (card: DemandCard) => void
  onClose: () => void
}

// all of marketing and every lead read the card: the server takes no idea that they may not see
const toBeMade: Idea['state'][] = ['new', 'under_review', 'planned', 'in_progress']

/** Finds the idea that asks already for what was searched. */
export function LinkIdeaDialog({ demand, onLinked, onClose }: LinkIdeaDialogProps) {
  const { t } = useTranslation('ideas')
  const { t: tc } = useTranslation()
  const [chosen, setChosen] = useState<Idea>()
  const link = useLinkIdea((card) => {
    onClose()
    onLinked(card)
  })
  const handleSubmit = () => {
    if (!chosen || link.isPending) return
    link.mutate({ path: { id: demand.id }, body: { idea_id: chosen.id } })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('demand.link.title', { words: demand.words })}
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
            {t('demand.link.lead')}
          </Text>
          <IdeaPicker
            like={demand.words}
            accepts={(i) => i.visibility === 'everyone' && toBeMade.includes(i.state)}
            states={toBeMade}
            label={t('demand.link.search')}
            noneAlike={t('demand.link.noneSimilar')}
            noneFound={t('demand.link.none')}
            value={chosen}
            onChange={setChosen}
          />
          <FormProblem error={link.error} />
          <DialogFoot>
            <Button variant="default" onClick={onClose}>
              {tc('action.cancel')}
            </Button>
            <Button type="submit" disabled={!chosen} loading={link.isPending}>
              {t('demand.link.submit')}
            </Button>
          </DialogFoot>
        </Stack>
      </form>
    </Modal>
  )
}
