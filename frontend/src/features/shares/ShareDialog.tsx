import './i18n'
import { Button, Modal, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconLink } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { copyLater } from '@/shared/lib/copyLater'
import { DialogFoot } from '@/shared/ui/DialogFoot'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import type { SharedPlace, SharedSet } from '@/shared/ui/overlays'
import { addressOf, useCreateShare } from './api'
import { emptyValues, newShareOf } from './form'
import { LeavingFiles } from './LeavingFiles'
import { Ready } from './Ready'
import { linkAt } from './recent'
import { ShareFieldset } from './ShareFieldset'

interface ShareDialogProps {
  resources: { id: string; title: string }[]
  /** Where it opens; else at its beginning. */
  at?: SharedPlace
  /** In the place of resources. */
  set?: SharedSet
  onClose: () => void
}

/** Makes a link for one person outside, and copies it in the same press. */
export function ShareDialog({ resources, at, set, onClose }: ShareDialogProps) {
  const { t } = useTranslation('shares')
  const { t: tc } = useTranslation()
  const form = useForm({ initialValues: { ...emptyValues, title: set?.title ?? '' } })
  const create = useCreateShare()
  const [isCopied, setCopied] = useState(false)
  const handleSubmit = form.onSubmit((values) => {
    const body = newShareOf(values, set ? { collection_id: set.id } : { resources: resources.map((r) => r.id) })
    const made = create.mutateAsync({ body }, { onError: (error) => setFieldErrors(form, error) })
    void copyLater(made.then(async (share) => linkAt(await addressOf(share.id), at))).then(setCopied, () => undefined)
  })
  const made = create.data
  return (
    <Modal
      opened
      onClose={onClose}
      title={made ? t('ready.title', { name: made.recipient }) : t('form.title')}
      closeButtonProps={{ 'aria-label': tc('action.close') }}
    >
      {made ? (
        <Ready share={made} passcode={form.getValues().passcode} at={at} isCopied={isCopied} onClose={onClose} />
      ) : (
        <form onSubmit={handleSubmit}>
          {set && <AboutSet set={set} />}
          <Text size="sm" c="dimmed" mb="md">
            {resources.map((r) => r.title).join(', ')}
            {at && ` · ${t('form.opensAt', { page: at.page })}`}
          </Text>
          <ShareFieldset form={form} isNew hasHeading={set !== undefined} />
          <FormProblem error={create.error} form={form} />
          <DialogFoot>
            {form.getValues().downloads && <LeavingFiles resources={resources} set={set} />}
            <Button variant="default" onClick={onClose}>
              {tc('action.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending} leftSection={<IconLink size={16} />}>
              {t('form.submit')}
            </Button>
          </DialogFoot>
        </form>
      )}
    </Modal>
  )
}

/** What of a collection leaves, and what becomes of it later: said before it is shared. */
function AboutSet({ set }: { set: SharedSet }) {
  const { t } = useTranslation('shares')
  const { count, withheld } = set
  return (
    <Text size="sm" c="dimmed" mb="md">
      {[t('set.count', { count }), withheld > 0 && t('set.withheld', { count: withheld }), t('set.later')]
        .filter(Boolean)
        .join(' ')}
    </Text>
  )
}
