import { Button, Modal, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Share } from '@/shared/api/generated/types.gen'
import { PersonSelect } from '@/shared/people/PersonSelect'
import { DialogFoot } from '@/shared/ui/DialogFoot'
import { FormProblem } from '@/shared/ui/FormProblem'
import { toast } from '@/shared/ui/toast'
import { useTransfer } from './api'

/** Gives a share to a colleague. */
export function TransferDialog({ share, onClose }: { share: Share; onClose: () => void }) {
  const { t } = useTranslation('shares')
  const { t: tc } = useTranslation()
  const navigate = useNavigate()
  const [to, setTo] = useState<{ id: string; name: string }>()
  const transfer = useTransfer()
  const handleSubmit = () => {
    if (!to) return
    transfer.mutate(
      { path: { id: share.id }, body: { person_id: to.id } },
      {
        onSuccess: () => {
          toast.success(t('transfer.done', { name: to.name }))
          onClose()
          void navigate({ to: '/shares' }) // it may be out of one's own sight now
        },
      },
    )
  }
  return (
    <Modal opened onClose={onClose} title={t('transfer.title')} closeButtonProps={{ 'aria-label': tc('action.close') }}>
      <Stack>
        <Text size="sm">{t('transfer.hint')}</Text>
        <PersonSelect
          label={t('transfer.person')}
          value={to?.id ?? null}
          exclude={[share.owner.id]}
          onChange={(id, person) => setTo(id && person ? { id, name: person.name } : undefined)}
        />
        <FormProblem error={transfer.error} />
        <DialogFoot>
          <Button variant="default" onClick={onClose}>
            {tc('action.cancel')}
          </Button>
          <Button disabled={!to} loading={transfer.isPending} onClick={handleSubmit}>
            {t('transfer.submit')}
          </Button>
        </DialogFoot>
      </Stack>
    </Modal>
  )
}
