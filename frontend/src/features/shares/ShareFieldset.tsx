import { Button, Checkbox, Collapse, Group, NativeSelect, Stack, Switch, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown } from '@tabler/icons-react'
import { Suspense, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { lazyPart } from '@/shared/lib/lazyPart'
import { expiries, type ShareValues, suggestPasscode } from './form'
import { Recent } from './Recent'
import classes from './Shares.module.css'

const GateFields = lazyPart(() => import('./GateFields').then((m) => m.GateFields))

interface ShareFieldsetProps {
  form: UseFormReturnType<ShareValues>
  isNew: boolean
  hasPasscode?: boolean
  /** Asks for the words above what is shown. */
  hasHeading?: boolean
}

/** What one says about a share: who, until when, a few words; the rest when it is wanted. */
export function ShareFieldset({ form, isNew, hasPasscode = false, hasHeading = false }: ShareFieldsetProps) {
  const { t } = useTranslation('shares')
  const [isOpen, { toggle }] = useDisclosure(!isNew)
  const id = useId()
  const { expiry, withoutPasscode } = form.getValues()
  return (
    <Stack>
      <TextInput
        label={t('form.recipient')}
        description={isNew ? t('form.recipientHint') : undefined}
        required
        maxLength={120}
        data-autofocus
        {...form.getInputProps('recipient')}
      />
      {isNew && <Recent onChoose={(known) => form.setValues(known)} />}
      {hasHeading && (
        <TextInput
          label={t('form.heading')}
          description={t('form.headingHint')}
          maxLength={120}
          {...form.getInputProps('title')}
        />
      )}
      <div className={classes.pair}>
        <TextInput label={t('form.organisation')} maxLength={120} {...form.getInputProps('organisation')} />
        <NativeSelect
          label={t('form.expires')}
          data={expiries.map((value) => ({ value, label: t(`expiry.${value}`) }))}
          {...form.getInputProps('expiry')}
        />
      </div>
      {expiry === 'custom' && (
        <TextInput type="datetime-local" label={t('expiry.custom')} required {...form.getInputProps('expires_at')} />
      )}
      <Textarea
        label={t('form.note')}
        placeholder={t('form.notePlaceholder')}
        maxLength={2000}
        autosize
        minRows={2}
        {...form.getInputProps('note')}
      />
      <Button
        variant="subtle"
        size="compact-md"
        className={classes.moreButton}
        aria-expanded={isOpen}
        aria-controls={id}
        rightSection={<IconChevronDown size={16} data-open={isOpen || undefined} className={classes.chevron} />}
        onClick={toggle}
      >
        {isOpen ? t('form.fewer') : t('form.more')}
      </Button>
      <Collapse expanded={isOpen} id={id}>
        <Stack>
          <Group align="flex-end" gap="xs" wrap="nowrap">
            <TextInput
              label={t('form.passcode')}
              description={hasPasscode ? t('form.passcodeKept') : t('form.passcodeHint')}
              maxLength={64}
              autoComplete="off"
              disabled={withoutPasscode}
              className={classes.grow}
              {...form.getInputProps('passcode')}
            />
            <Button
              variant="default"
              disabled={withoutPasscode}
              onClick={() => form.setFieldValue('passcode', suggestPasscode())}
            >
              {t('form.suggest')}
            </Button>
          </Group>
          {hasPasscode && (
            <Checkbox label={t('form.passcodeOff')} {...form.getInputProps('withoutPasscode', { type: 'checkbox' })} />
          )}
          <Switch
            label={t('form.downloads')}
            description={t('form.downloadsHint')}
            {...form.getInputProps('downloads', { type: 'checkbox' })}
          />
          {isNew && (
            <Switch
              label={t('form.once')}
              description={t('form.onceHint')}
              {...form.getInputProps('once', { type: 'checkbox' })}
            />
          )}
          {isOpen && (
            <Suspense fallback={null}>
              <GateFields form={form} />
            </Suspense>
          )}
        </Stack>
      </Collapse>
    </Stack>
  )
}
