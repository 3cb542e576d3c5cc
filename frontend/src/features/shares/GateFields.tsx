import { Stack, Switch, TagsInput, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getShareGatesOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { ShareValues } from './form'

/** The address of the recipient, and whether it is asked for and shown by a code; which others may be. */
export function GateFields({ form }: { form: UseFormReturnType<ShareValues> }) {
  const { t } = useTranslation('shares')
  const { t: tc } = useTranslation()
  const { data } = useQuery({ ...getShareGatesOptions(), staleTime: Number.POSITIVE_INFINITY })
  const isGated = form.getValues().email_gate
  const cannot = data?.email_gate === false
  return (
    <Stack>
      <TextInput
        type="email"
        label={t('form.email')}
        description={isGated ? t('form.emailGated') : t('form.emailHint')}
        maxLength={254}
        {...form.getInputProps('email')}
      />
      <Switch
        label={t('form.gate')}
        description={cannot ? t('form.gateWithoutMail') : t('form.gateHint')}
        disabled={cannot && !isGated}
        {...form.getInputProps('email_gate', { type: 'checkbox' })}
      />
      {isGated && (
        <TagsInput
          label={t('form.domains')}
          description={t('form.domainsHint')}
          placeholder={form.getValues().domains.length > 0 ? undefined : 'nordwind.example'}
          splitChars={[',', ' ', ';']}
          acceptValueOnBlur
          maxTags={20}
          clearable
          clearButtonProps={{ 'aria-label': tc('action.clear') }}
          {...form.getInputProps('domains')}
        />
      )}
    </Stack>
  )
}
