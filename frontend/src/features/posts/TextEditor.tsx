import { Button, Group, Kbd, Menu, Text, Textarea, TextInput } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useBlocker } from '@tanstack/react-router'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Post } from '@/shared/api/generated/types.gen'
import { isStale } from '@/shared/api/problem'
import { confirm } from '@/shared/ui/confirm'
import { FormProblem } from '@/shared/ui/FormProblem'
import { StaleNotice } from '@/shared/ui/StaleNotice'
import { toast } from '@/shared/ui/toast'
import { useSavePost } from './api'
import { CountLine } from './CountLine'
import { composed, lengthOn, rulesOf } from './network'
import classes from './TextEditor.module.css'

interface TextEditorProps {
  post: Post
  onClose: () => void
}

/** The owner makes the words their own, in the place where they stand. */
export function TextEditor({ post, onClose }: TextEditorProps) {
  const { t } = useTranslation('posts')
  const { t: tc } = useTranslation()
  const [text, setText] = useState(post.text)
  const [disclosure, setDisclosure] = useState(post.disclosure)
  const save = useSavePost(post)
  const isDirty = text !== post.text || disclosure !== post.disclosure
  const words = { text, disclosure, link_url: post.link_url }
  const isTooLong = lengthOn(post.network, composed(words)) > rulesOf[post.network].most

  useBlocker({
    shouldBlockFn: async () =>
      isDirty &&
      !save.isSuccess &&
      !(await confirm({
        title: t('edit.leave'),
        body: t('edit.leaveBody'),
        confirmLabel: t('edit.leaveYes'),
        isDangerous: true,
      })),
    enableBeforeUnload: () => isDirty && !save.isSuccess,
  })

  const submit = async (base?: Post) => {
    if (save.isPending || !text.trim() || isTooLong) return
    const changed = await save.change({ text, disclosure }, base).catch(() => undefined) // said below
    if (!changed) return
    toast.success(post.state === 'sealed' && changed.state === 'offered' ? t('edit.savedUnsealed') : t('edit.saved'))
    onClose()
  }
  const handleTakeTheirs = async () => {
    const newest = await save.readNewest()
    setText(newest.text)
    setDisclosure(newest.disclosure)
    save.reset()
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      if (isDirty) void submit()
    }
    if (event.key === 'Escape' && !isDirty) onClose()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts of the fields inside
    <div className={classes.editor} onKeyDown={handleKey}>
      {post.state === 'sealed' && (
        <Text size="sm" className={classes.note} role="note">
          {t('edit.unseals')}
        </Text>
      )}
      <Textarea
        aria-label={t('field.text')}
        value={text}
        onChange={(e) => setText(e.currentTarget.value)}
        autosize
        minRows={6}
        autoFocus
        variant="unstyled"
        classNames={{ input: classes.text }}
      />
      <TextInput
        label={t('field.disclosure')}
        value={disclosure}
        maxLength={200}
        onChange={(e) => setDisclosure(e.currentTarget.value)}
      />
      <CountLine network={post.network} {...words} />
      {!isStale(save.error) && <FormProblem error={save.error} />}
      <StaleNotice
        error={save.error}
        onTakeTheirs={() => void handleTakeTheirs()}
        onKeepMine={() => void save.readNewest().then(submit)}
      />
      <Group gap="xs">
        <Button onClick={() => void submit()} loading={save.isPending} disabled={!isDirty || !text.trim() || isTooLong}>
          {tc('action.save')}
        </Button>
        <Button variant="default" onClick={onClose} disabled={save.isPending}>
          {tc('action.cancel')}
        </Button>
        <Text size="xs" c="dimmed" visibleFrom="sm">
          <Kbd size="xs">Ctrl</Kbd> <Kbd size="xs">Enter</Kbd>
        </Text>
        {post.suggestions.length > 0 && (
          <Menu position="bottom-end" width={340}>
            <Menu.Target>
              <Button variant="subtle" rightSection={<IconChevronDown size={15} />} ml="auto">
                {t('edit.other', { count: post.suggestions.length })}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {post.suggestions.map((words) => (
                <Menu.Item key={words} onClick={() => setText(words)}>
                  <Text size="sm" lineClamp={3}>
                    {words}
                  </Text>
                </Menu.Item>
              ))}
              {text !== post.text && (
                <Menu.Item onClick={() => setText(post.text)} c="dimmed">
                  {t('edit.back')}
                </Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
    </div>
  )
}
