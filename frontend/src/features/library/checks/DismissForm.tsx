import './i18n'
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Checks.module.css'

interface DismissFormProps {
  onDismiss: (reason: string) => void
  onClose: () => void
}

/** Why it is none. */
export function DismissForm({ onDismiss, onClose }: DismissFormProps) {
  const { t } = useTranslation('checks')
  const { t: tc } = useTranslation()
  const [reason, setReason] = useState('')
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!reason.trim()) return
        onDismiss(reason.trim())
        onClose()
      }}
    >
      <TextInput
        label={t('reason')}
        maxLength={300}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" disabled={!reason.trim()}>
        {t('dismiss')}
      </Button>
      <Button variant="default" onClick={onClose}>
        {tc('action.cancel')}
      </Button>
    </form>
  )
}
