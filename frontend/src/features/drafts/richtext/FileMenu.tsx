import './i18n'
import { ActionIcon } from '@mantine/core'
import { IconFileDownload, IconFileImport, IconFileText, IconFileTypeDocx, IconMarkdown } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/shared/api/generated/types.gen'
import { useStore } from '@/shared/lib/store'
import { ActionMenu } from '@/shared/ui/ActionMenu'
import { openDocuments } from '../document/pending'
import { openEditor } from './editors'
import classes from './FileMenu.module.css'

const ImportDialog = lazy(() => import('./ImportDialog').then((m) => ({ default: m.ImportDialog })))

const formats = [
  ['docx', IconFileTypeDocx],
  ['html', IconFileText],
  ['markdown', IconMarkdown],
] as const

/** The text as a file, and a file as the text. */
export function FileMenu({ draft }: { draft: Draft }) {
  const { t } = useTranslation('richtext')
  const [isImporting, setImporting] = useState(false)
  const open = useStore(openEditor)
  const editor = open?.draftId === draft.id ? open.editor : undefined
  const download = async (format: string) => {
    await openDocuments.flush(draft.id) // what was typed just now belongs to it
    const link = document.createElement('a')
    link.href = `/api/v1/drafts/${draft.id}/export?format=${format}`
    link.download = ''
    link.click()
  }
  return (
    <>
      <ActionMenu
        position="bottom-end"
        target={
          <ActionIcon variant="default" size={36} className={classes.menu} aria-label={t('menu.label')}>
            <IconFileDownload size={17} stroke={1.7} />
          </ActionIcon>
        }
        actions={[
          ...formats.map(([format, Icon]) => ({
            key: format,
            label: t(`menu.${format}`),
            icon: <Icon size={16} stroke={1.7} />,
            onClick: () => void download(format),
          })),
          ...(draft.allowed.includes('edit') && !editor?.storage.suggest?.isFixed
            ? [
                {
                  key: 'import',
                  label: t('menu.import'),
                  icon: <IconFileImport size={16} stroke={1.7} />,
                  disabled: !editor,
                  onClick: () => setImporting(true),
                },
              ]
            : []),
        ]}
      />
      <Suspense>
        {isImporting && editor && (
          <ImportDialog draftId={draft.id} editor={editor} onClose={() => setImporting(false)} />
        )}
      </Suspense>
    </>
  )
}
