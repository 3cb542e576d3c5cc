import { Button, CopyButton, Group, TextInput, type TextInputProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface CopyFieldProps extends Pick<TextInputProps, 'label' | 'description'> {
  value: string
  /** The main thing to do here: its button is filled, and has the focus of a dialog. */
  isPrimary?: boolean
  copyLabel?: string
}

/** Something to take away, an address or a passcode: selected when one comes to it, copied by its button. */
export function CopyField({ value, isPrimary = false, copyLabel, ...rest }: CopyFieldProps) {
  const { t } = useTranslation()
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap" w="100%">
      <TextInput {...rest} value={value} readOnly flex={1} onFocus={(event) => event.currentTarget.select()} />
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button
            variant={isPrimary ? 'filled' : 'default'}
            flex="none"
            onClick={copy}
            disabled={value === ''}
            data-autofocus={isPrimary || undefined}
          >
            {copied ? t('action.copied') : (copyLabel ?? t('action.copy'))}
          </Button>
        )}
      </CopyButton>
    </Group>
  )
}
