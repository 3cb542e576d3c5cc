import {
  Button,
  Checkbox,
  CopyButton,
  Group,
  Modal,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { createInvitationMutation, listTeamsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Person } from '@/shared/api/generated/types.gen'
import { formatDate } from '@/shared/lib/format'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'

interface InviteDialogProps {
  me: Person
  onClose: () => void
}

/** Makes a link that works once; leads invite for their own side, administrators for both. */
export function InviteDialog({ me, onClose }: InviteDialogProps) {
  const { t } = useTranslation('people')
  const { t: tc } = useTranslation()
  const { data: teams } = useQuery(listTeamsOptions())
  const form = useForm({
    initialValues: { email: '', side: me.side, team_id: null as string | null, lead: false, admin: false },
  })
  const invite = useMutation({ ...createInvitationMutation(), onError: (error) => setFieldErrors(form, error) })
  const handleSubmit = form.onSubmit(({ team_id, ...values }) =>
    invite.mutate({ body: { ...values, team_id: team_id ?? undefined } }),
  )
  const made = invite.data

  return (
    <Modal opened onClose={onClose} title={t('invite.title')}>
      {made ? (
        <Stack>
          <Text size="sm">{t('invite.ready', { email: made.email, until: formatDate(made.expires_at) })}</Text>
          <TextInput label={t('invite.link')} value={made.link ?? ''} readOnly onFocus={(e) => e.target.select()} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('invite.done')}
            </Button>
            <CopyButton value={made.link ?? ''}>
              {({ copied, copy }) => <Button onClick={copy}>{copied ? tc('action.copied') : tc('action.copy')}</Button>}
            </CopyButton>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={handleSubmit}>
          <Stack>
            <TextInput
              label={t('invite.email')}
              type="email"
              required
              data-autofocus
              {...form.getInputProps('email')}
            />
            {me.admin && (
              <SegmentedControl
                aria-label={t('invite.side')}
                data={[
                  { value: 'sales', label: tc('side.sales') },
                  { value: 'marketing', label: tc('side.marketing') },
                ]}
                {...form.getInputProps('side')}
              />
            )}
            <Select
              label={t('invite.team')}
              placeholder={t('invite.noTeam')}
              clearable
              data={(teams?.items ?? []).map((team) => ({ value: team.id, label: team.name }))}
              {...form.getInputProps('team_id')}
            />
            <Checkbox
              label={t('invite.lead')}
              description={t('invite.leadHint')}
              {...form.getInputProps('lead', { type: 'checkbox' })}
            />
            {me.admin && (
              <Checkbox
                label={t('invite.admin')}
                description={t('invite.adminHint')}
                {...form.getInputProps('admin', { type: 'checkbox' })}
              />
            )}
            <FormProblem error={invite.error} form={form} />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {tc('action.cancel')}
              </Button>
              <Button type="submit" loading={invite.isPending}>
                {t('invite.submit')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  )
}
