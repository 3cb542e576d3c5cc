import { Button, Modal } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ifMatch } from '@/shared/api/client'
import { getShareOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Share } from '@/shared/api/generated/types.gen'
import { isStale } from '@/shared/api/problem'
import { DialogFoot } from '@/shared/ui/DialogFoot'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import { StaleNotice } from '@/shared/ui/StaleNotice'
import { toast } from '@/shared/ui/toast'
import { useUpdateShare } from './api'
import { fieldsOf, valuesOf } from './form'
import { ShareFieldset } from './ShareFieldset'

/** Changes what is said about a share; its link stays. */
export function EditShareDialog({ share, onClose }: { share: Share; onClose: () => void }) {
  const { t } = useTranslation('shares')
  const { t: tc } = useTranslation()
  const queryClient = useQueryClient()
  const form = useForm({ initialValues: valuesOf(share) })
  const save = useUpdateShare()
  const submit = (rev: number) =>
    save.mutate(
      { path: { id: share.id }, headers: ifMatch(rev), body: fieldsOf(form.getValues()) },
      {
        onError: (error) => setFieldErrors(form, error),
        onSuccess: () => {
          toast.success(t('form.saved'))
          onClose()
        },
      },
    )
  const readNewest = () => queryClient.fetchQuery({ ...getShareOptions({ path: { id: share.id } }), staleTime: 0 })
  const handleTakeTheirs = async () => {
    form.setValues(valuesOf(await readNewest()))
    save.reset()
  }
  const handleKeepMine = async () => submit((await readNewest()).rev)
  return (
    <Modal opened onClose={onClose} title={t('form.titleEdit')} closeButtonProps={{ 'aria-label': tc('action.close') }}>
      <form onSubmit={form.onSubmit(() => submit(share.rev))}>
        <ShareFieldset
          form={form}
          isNew={false}
          hasPasscode={share.has_passcode}
          hasHeading={share.resources.length > 1}
        />
        {!isStale(save.error) && <FormProblem error={save.error} form={form} />}
        <StaleNotice
          error={save.error}
          onTakeTheirs={() => void handleTakeTheirs()}
          onKeepMine={() => void handleKeepMine()}
        />
        <DialogFoot>
          <Button variant="default" onClick={onClose}>
            {tc('action.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {t('form.save')}
          </Button>
        </DialogFoot>
      </form>
    </Modal>
  )
}
