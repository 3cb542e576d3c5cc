import { Button, Modal, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { previewShareHandover } from '@/shared/api/generated/sdk.gen'
import type { Share } from '@/shared/api/generated/types.gen'
import { PersonSelect } from '@/shared/people/PersonSelect'
import { DialogFoot } from '@/shared/ui/DialogFoot'
import { FormProblem } from '@/shared/ui/FormProblem'
import classes from './HandoverDialog.module.css'
import { useHandover } from './handover'

/** Gives several shares to a colleague, and says first which of them stay where they are. */
export function HandoverDialog({
  shares,
  onClose,
  onDone,
}: {
  shares: Share[]
  onClose: () => void
  onDone: () => void
}) {
  const { t } = useTranslation('shares')
  const { t: tc } = useTranslation()
  const [to, setTo] = useState<{ id: string; name: string }>()
  const give = useHandover()
  const ids = shares.map((s) => s.id)
  const preview = useQuery({
    queryKey: ['previewShareHandover', to?.id, ids],
    queryFn: async () =>
      (await previewShareHandover({ body: { ids, person_id: to?.id ?? '' }, throwOnError: true })).data,
    enabled: to !== undefined,
    gcTime: 0,
    retry: false,
  })
  const moving = preview.data?.moved.length ?? 0
  const handleSubmit = () => {
    if (!to) return
    give.mutate(
      { ids, to },
      {
        onSuccess: () => {
          onClose()
          onDone()
        },
      },
    )
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('handover.title', { count: shares.length })}
      closeButtonProps={{ 'aria-label': tc('action.close') }}
    >
      <Stack>
        <Text size="sm">{t('handover.hint')}</Text>
        <PersonSelect
          label={t('transfer.person')}
          value={to?.id ?? null}
          onChange={(id, person) => setTo(id && person ? { id, name: person.name } : undefined)}
        />
        <div aria-live="polite">
          {to && preview.isPending && <Text size="sm">{tc('loading')}</Text>}
          {to && preview.data && (
            <>
              <Text size="sm">{t('handover.moving', { count: moving, name: to.name })}</Text>
              {preview.data.stays.length > 0 && (
                <>
                  <Text size="sm" mt="xs">
                    {t('handover.staying', { count: preview.data.stays.length })}
                  </Text>
                  <ul className={classes.staying}>
                    {preview.data.stays.map((s) => (
                      <li key={s.id}>
                        {s.recipient || shares.find((x) => x.id === s.id)?.recipient}
                        <Text size="sm" span c="dimmed">
                          {' · '}
                          {t(`handover.reason.${s.reason}`, { name: to.name })}
                        </Text>
                      </li>
                    ))}
                  </ul>
                </>
              )}
            </>
          )}
        </div>
        <FormProblem error={give.error ?? preview.error} />
        <DialogFoot>
          <Button variant="default" onClick={onClose}>
            {tc('action.cancel')}
          </Button>
          <Button disabled={moving === 0} loading={give.isPending} data-once onClick={handleSubmit}>
            {t('handover.submit', { count: moving })}
          </Button>
        </DialogFoot>
      </Stack>
    </Modal>
  )
}
