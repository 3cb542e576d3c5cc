import { Button, Modal, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Idea } from '@/shared/api/generated/types.gen'
import { DialogFoot } from '@/shared/ui/DialogFoot'
import { FormProblem } from '@/shared/ui/FormProblem'
import { toast } from '@/shared/ui/toast'
import { useMergeIdea } from './api'
import { IdeaPicker } from './IdeaPicker'

interface MergeDialogProps {
  idea: Idea
  onClose: () => void
}

/** Finds the idea that stays and asks once. */
export function MergeDialog({ idea, onClose }: MergeDialogProps) {
  const { t } = useTranslation('ideas')
  const { t: tc } = useTranslation()
  const navigate = useNavigate()
  const [into, setInto] = useState<Idea>()
  const merge = useMergeIdea(idea.id)
  const submit = () => {
    if (!into || merge.isPending) return
    merge.mutate(into.id, {
      onSuccess: (stays) => {
        toast.success(t('merge.done'))
        onClose()
        void navigate({ to: '/ideas/$ideaId', params: { ideaId: stays.id } })
      },
    })
  }
  return (
    <Modal opened onClose={onClose} title={t('merge.title')} size="lg">
      <Stack>
        <Text size="sm" c="dimmed">
          {t('merge.lead')}
        </Text>
        <IdeaPicker
          like={idea.title}
          accepts={(i) => i.id !== idea.id}
          label={t('merge.search')}
          noneAlike={t('merge.hint')}
          noneFound={t('merge.none')}
          value={into}
          onChange={setInto}
        />
        {into && <Text size="sm">{t('merge.warning', { from: idea.title, into: into.title })}</Text>}
        <FormProblem error={merge.error} />
        <DialogFoot>
          <Button variant="default" onClick={onClose}>
            {tc('action.cancel')}
          </Button>
          <Button disabled={!into} loading={merge.isPending} onClick={submit}>
            {t('merge.button')}
          </Button>
        </DialogFoot>
      </Stack>
    </Modal>
  )
}
