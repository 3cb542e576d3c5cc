import { Button, Popover, SegmentedControl, VisuallyHidden } from '@mantine/core'
import { IconPencilQuestion } from '@tabler/icons-react'
import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/shared/api/generated/types.gen'
import { SkeletonList } from '@/shared/ui/States'
import { LeftOutNote } from './LeftOutNote'
import classes from './Suggest.module.css'
import { useSuggesting, useSuggestions } from './useSuggesting'

const loadList = () => import('./SuggestionList')
const SuggestionList = lazy(() => loadList().then((m) => ({ default: m.SuggestionList })))

/** How one writes here, and what is suggested. */
export function SuggestBar({ editor, draft }: { editor: Editor; draft: Draft }) {
  const { t } = useTranslation('drafts')
  const { isFixed } = useSuggesting(draft)
  const found = useSuggestions(editor)
  const [isOpen, setOpen] = useState(false)
  const hasAny = found.length > 0
  useEffect(() => {
    if (hasAny) loadList().catch(() => {})
  }, [hasAny])
  const isOn = useEditorState({ editor, selector: ({ editor: now }) => now.storage.suggest.isOn })
  const handleMode = (mode: string) => {
    editor
      .chain()
      .setSuggesting(mode === 'suggesting')
      .focus()
      .run()
  }
  return (
    <div className={classes.bar}>
      {isFixed ? (
        <p className={classes.why}>{t('suggest.fixed', { name: draft.writer.name })}</p>
      ) : (
        <SegmentedControl
          size="xs"
          className={classes.mode}
          aria-label={t('suggest.mode')}
          value={isOn ? 'suggesting' : 'editing'}
          onChange={handleMode}
          data={[
            { value: 'editing', label: t('suggest.editing') },
            { value: 'suggesting', label: t('suggest.suggesting') },
          ]}
        />
      )}
      <VisuallyHidden role="status">{t('suggest.count', { count: found.length })}</VisuallyHidden>
      {hasAny && (
        <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={380} withinPortal trapFocus>
          <Popover.Target>
            <Button
              size="compact-sm"
              variant="default"
              className={classes.open}
              leftSection={<IconPencilQuestion size={15} aria-hidden />}
              onClick={() => setOpen(!isOpen)}
            >
              {t('suggest.count', { count: found.length })}
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <Suspense fallback={<SkeletonList rows={2} />}>
              <SuggestionList editor={editor} draft={draft} found={found} />
            </Suspense>
          </Popover.Dropdown>
        </Popover>
      )}
      <LeftOutNote editor={editor} />
    </div>
  )
}
