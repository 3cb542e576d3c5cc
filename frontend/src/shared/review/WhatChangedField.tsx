import './i18n'
import { Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const most = 500

interface WhatChangedFieldProps {
  value: string
  onChange: (value: string) => void
  error?: string
  /** Said later: nobody is told any more. */
  isLater?: boolean
}

/** What changed with a new version, in a sentence or two. */
export function WhatChangedField({ value, onChange, error, isLater = false }: WhatChangedFieldProps) {
  const { t } = useTranslation('review')
  const left = most - [...value].length
  return (
    <Textarea
      label={t('note.label')}
      description={left < 100 ? t('note.left', { count: left }) : t(isLater ? 'note.later' : 'note.hint')}
      placeholder={t('note.example')}
      data-autofocus
      autosize
      minRows={2}
      maxRows={8}
      maxLength={most}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
