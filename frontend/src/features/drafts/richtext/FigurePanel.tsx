import { ActionIcon, Checkbox, SegmentedControl, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import type { Editor } from '@tiptap/core'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type FigureAttrs, widths } from '@/shared/editor/nodes/figure'
import { Tip } from '@/shared/ui/Tip'
import classes from './Richtext.module.css'

interface FigurePanelProps {
  editor: Editor
  pos: number
  attrs: FigureAttrs
}

/** What is said about the picture that is selected. */
export function FigurePanel({ editor, pos, attrs }: FigurePanelProps) {
  const { t } = useTranslation('richtext')
  const [alt, setAlt] = useState(attrs.alt ?? '')
  const [caption, setCaption] = useState(attrs.caption)
  const input = useRef<HTMLInputElement>(null)
  const isUndescribed = attrs.alt === null
  useEffect(() => {
    if (isUndescribed) input.current?.focus()
  }, [isUndescribed])
  const set = (change: Partial<FigureAttrs>) => {
    const { tr, doc } = editor.state
    if (doc.nodeAt(pos)?.attrs.asset !== attrs.asset) return // it moved or went meanwhile
    for (const [name, value] of Object.entries(change)) tr.setNodeAttribute(pos, name, value)
    editor.view.dispatch(tr)
  }
  const saveAlt = () => {
    const words = alt.trim()
    if (words !== (attrs.alt ?? '')) set({ alt: words || null })
  }
  const saveCaption = () => {
    if (caption.trim() !== attrs.caption) set({ caption: caption.trim() })
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault()
      saveAlt()
      saveCaption()
    }
    if (event.key === 'Enter' || event.key === 'Escape') editor.commands.focus()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame of its own
    <div className={classes.panel} role="group" aria-label={t('figure.panel')}>
      <TextInput
        ref={input}
        className={classes.wide}
        size="sm"
        label={t('figure.alt')}
        description={t('figure.altHint')}
        maxLength={1000}
        value={alt}
        disabled={attrs.alt === ''}
        onChange={(event) => setAlt(event.currentTarget.value)}
        onBlur={saveAlt}
        onKeyDown={handleKey}
      />
      <TextInput
        className={classes.wide}
        size="sm"
        label={t('figure.caption')}
        maxLength={500}
        value={caption}
        onChange={(event) => setCaption(event.currentTarget.value)}
        onBlur={saveCaption}
        onKeyDown={handleKey}
      />
      <Checkbox
        label={t('figure.decorative')}
        checked={attrs.alt === ''}
        onChange={(event) => {
          setAlt('')
          set({ alt: event.currentTarget.checked ? '' : null })
        }}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('figure.width')}
        value={attrs.width}
        onChange={(width) => set({ width: width as FigureAttrs['width'] })}
        data={widths.map((width) => ({ value: width, label: t(`figure.${width}`) }))}
      />
      <Tip label={t('figure.remove')}>
        <ActionIcon
          variant="subtle"
          color="red"
          aria-label={t('figure.remove')}
          onClick={() => editor.chain().focus().deleteSelection().run()}
        >
          <IconTrash size={17} stroke={1.7} />
        </ActionIcon>
      </Tip>
    </div>
  )
}
