import './i18n'
import { CloseButton, Drawer, SegmentedControl, VisuallyHidden } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/shared/api/generated/types.gen'
import { useStore } from '@/shared/lib/store'
import type { DocumentTransport } from '../document/transport'
import { openEditor } from '../richtext/editors'
import { StartCard } from './StartCard'
import { ThreadList } from './ThreadList'
import classes from './Threads.module.css'
import { useShownThreads } from './useShownThreads'
import type { ThreadView } from './useThreadView'

interface ThreadsPanelProps {
  draft: Draft
  transport: DocumentTransport | undefined
  view: ThreadView
}

/** Comments in the text: a column beside it, on small screens a sheet over it. */
export function ThreadsPanel(props: ThreadsPanelProps) {
  const { t } = useTranslation('threads')
  const { t: tc } = useTranslation()
  const isSmall = useMediaQuery('(max-width: 62em)', undefined, { getInitialValueInEffect: false })
  const { view } = props
  const close = () => view.setOpen(false)
  if (isSmall) {
    return (
      <Drawer
        opened
        onClose={close}
        position="bottom"
        size="min(78dvh, 640px)"
        title={t('title')}
        closeButtonProps={{ 'aria-label': tc('action.close'), size: 44 }}
        classNames={{ content: classes.sheet, header: classes.sheetHead, body: classes.sheetBody }}
      >
        <Body {...props} />
      </Drawer>
    )
  }
  return (
    <aside className={classes.panel} aria-label={t('title')}>
      <div className={classes.head}>
        <h2 className={classes.title}>{t('title')}</h2>
        <CloseButton aria-label={t('close')} onClick={close} />
      </div>
      <Body {...props} />
    </aside>
  )
}

function Body({ draft, transport, view }: ThreadsPanelProps) {
  const { t } = useTranslation('threads')
  const opened = useStore(openEditor)
  const editor = opened?.draftId === draft.id ? opened.editor : undefined
  const shown = useShownThreads(draft.id, view)
  return (
    <>
      <SegmentedControl
        size="xs"
        fullWidth
        className={classes.filter}
        aria-label={t('filter.label')}
        value={shown.state}
        onChange={(state) => shown.setState(state as typeof shown.state)}
        data={[
          { value: 'open', label: t('filter.open', { count: shown.open ?? 0 }) },
          { value: 'resolved', label: t('filter.resolved') },
        ]}
      />
      <VisuallyHidden role="status">{shown.open !== undefined && t('count', { count: shown.open })}</VisuallyHidden>
      {view.begun && transport && <StartCard draft={draft} editor={editor} transport={transport} view={view} />}
      <ThreadList draft={draft} editor={editor} view={view} shown={shown} />
    </>
  )
}
