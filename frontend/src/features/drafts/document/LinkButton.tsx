import { ActionIcon, Button, Group, Popover, TextInput } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Tip } from '@/shared/ui/Tip'
import classes from './Document.module.css'

/** "example.com" -> "https://example.com"; undefined for what is no address that the server takes. */
export function addressOf(words: string): string | undefined {
  const text = words.trim()
  if (/^(https?:\/\/|mailto:)\S+$/i.test(text)) return text
  if (/^[^\s@/]+@[^\s@]+\.[^\s@]+$/.test(text)) return `mailto:${text}`
  if (/^[^\s:/?#]+\.[^\s:/?#]{2,}([/?#]\S*)?$/.test(text)) return `https://${text}`
  return undefined
}

/** Sets, changes and removes the link under the caret. */
export function LinkButton({ editor }: { editor: Editor }) {
  const { t } = useTranslation('drafts')
  const [words, setWords] = useState<string>()
  const [isBad, setBad] = useState(false)
  const link = useEditorState({
    editor,
    selector: ({ editor: now }) => now.getAttributes('link').href as string | undefined,
  })
  const close = () => {
    setWords(undefined)
    setBad(false)
    editor.commands.focus()
  }
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    const href = addressOf(words ?? '')
    if (!href) return setBad(true)
    const isEmpty = editor.state.selection.empty && !link
    const chain = editor.chain().focus().extendMarkRange('link')
    if (isEmpty) chain.insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] }).run()
    else chain.setLink({ href }).run()
    close()
  }
  const handleRemove = () => {
    editor.chain().focus().extendMarkRange('link').unsetLink().run()
    close()
  }
  return (
    <Popover opened={words !== undefined} onClose={close} trapFocus position="bottom-start" width={320}>
      <Popover.Target>
        <Tip label={t('text.link')}>
          <ActionIcon
            className={classes.tool}
            aria-label={t('text.link')}
            aria-pressed={Boolean(link)}
            onClick={() => (words === undefined ? setWords(link ?? '') : close())}
          >
            <IconLink size={18} stroke={1.7} />
          </ActionIcon>
        </Tip>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={handleSubmit}>
          <TextInput
            label={t('text.address')}
            placeholder="https://"
            value={words ?? ''}
            error={isBad && t('text.badAddress')}
            onChange={(event) => {
              setWords(event.currentTarget.value)
              setBad(false)
            }}
            data-autofocus
          />
          <Group gap="xs" mt="sm" justify="flex-end">
            {link && (
              <Button size="xs" variant="default" onClick={handleRemove}>
                {t('text.unlink')}
              </Button>
            )}
            <Button size="xs" type="submit">
              {t('text.setLink')}
            </Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
