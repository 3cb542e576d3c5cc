import { Button, Group, Text, Textarea, TextInput } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './EditableText.module.css'

interface EditableTextProps {
  value: string
  label: string
  /** Name of the button that begins. */
  buttonLabel: string
  maxLength: number
  isLong?: boolean
  isRequired?: boolean
  canEdit: boolean
  /** Resolves to whether it was saved; the input stays open otherwise. */
  onSave: (value: string) => Promise<boolean>
  children: ReactNode
}

/** Text that is edited where it stands: press, type, Enter (long texts: Ctrl+Enter) saves, Esc cancels. */
export function EditableText(props: EditableTextProps) {
  const { value, label, buttonLabel, maxLength, isLong = false, isRequired = false, canEdit, onSave, children } = props
  const { t } = useTranslation('ideas')
  const { t: tc } = useTranslation()
  const [text, setText] = useState<string>()
  const [isSaving, setSaving] = useState(false)

  if (text === undefined) {
    if (!canEdit) return children
    return (
      <div className={classes.text}>
        {children}
        <button
          type="button"
          data-edit={isLong ? 'body' : 'title'}
          className={classes.pencil}
          aria-label={buttonLabel}
          onClick={() => setText(value)}
        >
          <IconPencil size={16} stroke={1.7} />
        </button>
      </div>
    )
  }
  const close = () => setText(undefined)
  const save = async () => {
    const next = text.trim()
    if (isSaving || (isRequired && !next)) return
    if (next === value) return close()
    setSaving(true)
    const isSaved = await onSave(next)
    setSaving(false)
    if (isSaved) close()
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') close()
    else if (event.key === 'Enter' && (!isLong || event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void save()
    }
  }
  const shared = { 'aria-label': label, value: text, maxLength, autoFocus: true, onKeyDown: handleKey }
  if (!isLong) {
    return (
      <TextInput
        {...shared}
        size="md"
        className={classes.line}
        classNames={{ input: classes.title }}
        readOnly={isSaving}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => void save()}
      />
    )
  }
  return (
    <div>
      <Textarea
        {...shared}
        autosize
        minRows={4}
        maxRows={24}
        readOnly={isSaving}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group gap="xs" mt="xs">
        <Button size="sm" loading={isSaving} onClick={() => void save()}>
          {tc('action.save')}
        </Button>
        <Button size="sm" variant="default" onClick={close}>
          {tc('action.cancel')}
        </Button>
        <Text size="xs" c="dimmed" visibleFrom="sm">
          {t('edit.hint')}
        </Text>
      </Group>
    </div>
  )
}
