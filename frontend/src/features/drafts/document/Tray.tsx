import { Button, CopyButton, Group } from '@mantine/core'
import type { Editor } from '@tiptap/core'
import { useTranslation } from 'react-i18next'
import { useStore } from '@/shared/lib/store'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { toast } from '@/shared/ui/toast'
import classes from './Tray.module.css'
import type { DocumentTransport, Unplaced } from './transport'

interface TrayProps {
  transport: DocumentTransport
  /** Absent while one cannot write. */
  editor?: Editor
}

/** Text of this person that found no place in the text any more: nothing of it is lost. */
export function Tray({ transport, editor }: TrayProps) {
  const { t } = useTranslation('drafts')
  const { t: tc } = useTranslation()
  const all = useStore(transport.unplaced)
  if (all.length === 0) return null
  const take = (item: Unplaced) => transport.setUnplaced(transport.unplaced.get().filter((x) => x.id !== item.id))
  const handleInsert = (item: Unplaced) => {
    const paragraphs = item.text.split('\n').map((text) => ({
      type: 'paragraph',
      content: text ? [{ type: 'text', text }] : [],
    }))
    editor
      ?.chain()
      .focus()
      .insertContent(paragraphs.length > 1 ? paragraphs : item.text)
      .run()
    take(item)
  }
  const handleDiscard = (item: Unplaced) => {
    take(item)
    toast.undo({
      message: t('text.tray.discarded'),
      onUndo: () => transport.setUnplaced([...transport.unplaced.get(), item]),
    })
  }
  const whyOf = ({ why }: Unplaced): string => {
    if (why === 'conflict') return t('text.tray.why.conflict')
    return why === 'late' ? t('text.tray.why.late') : why
  }
  return (
    <section className={classes.tray} aria-label={t('text.tray.label')}>
      <h2 className={classes.title}>{t('text.tray.title')}</h2>
      <ul className={classes.items}>
        {all.map((item) => (
          <li key={item.id}>
            <blockquote className={classes.words}>{item.text}</blockquote>
            <p className={classes.why}>
              {whyOf(item)} <TimeAgo when={new Date(item.at).toISOString()} />
            </p>
            <Group gap={6}>
              <CopyButton value={item.text}>
                {({ copied, copy }) => (
                  <Button size="compact-sm" variant="default" onClick={copy}>
                    {copied ? tc('action.copied') : tc('action.copy')}
                  </Button>
                )}
              </CopyButton>
              {editor && (
                <Button size="compact-sm" variant="default" onClick={() => handleInsert(item)}>
                  {t('text.tray.insert')}
                </Button>
              )}
              <Button size="compact-sm" variant="subtle" color="gray" onClick={() => handleDiscard(item)}>
                {t('text.tray.discard')}
              </Button>
            </Group>
          </li>
        ))}
      </ul>
    </section>
  )
}
