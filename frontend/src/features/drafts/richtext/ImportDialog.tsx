import './i18n'
import { Alert, Button, FileButton, Group, Loader, Modal, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { DOMSerializer, Node as PMNode } from '@tiptap/pm/model'
import type { Editor } from '@tiptap/react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { nameVersion } from '@/shared/api/generated/sdk.gen'
import { invalidate } from '@/shared/api/invalidate'
import { messageOf } from '@/shared/api/problem'
import { useMe } from '@/shared/session/session'
import { toast } from '@/shared/ui/toast'
import { openDocuments } from '../document/pending'
import { pictureMark } from './cleanPaste'
import { uploadMarked } from './Media'
import classes from './Richtext.module.css'
import { type ReadFile, readFile, Unimportable } from './readFile'

interface ImportDialogProps {
  draftId: string
  editor: Editor
  onClose: () => void
}

/** Reads a file, shows what it holds, and puts it into the text as one step. */
export function ImportDialog({ draftId, editor, onClose }: ImportDialogProps) {
  const { t } = useTranslation('richtext')
  const { t: tc } = useTranslation()
  const me = useMe()
  const queryClient = useQueryClient()
  const [mode, setMode] = useState<'replace' | 'append'>('append')
  const read = useMutation({ mutationFn: (file: File) => readFile(file, draftId, editor) })
  const put = useMutation({
    mutationFn: async (file: ReadFile) => {
      if (!(await openDocuments.flush(draftId))) throw new Error(t('import.unsaved'))
      const label = t('import.keptAs', { name: file.name }).slice(0, 120)
      await nameVersion({ path: { id: draftId }, body: { label } })
      const { state, view } = editor
      const nodes = file.content.map((node) => PMNode.fromJSON(state.schema, node))
      const size = state.doc.content.size
      const isEmpty = state.doc.textContent === '' && state.doc.childCount === 1
      view.dispatch(state.tr.replaceWith(mode === 'replace' || isEmpty ? 0 : size, size, nodes))
      uploadMarked(view, file.pictures, { draftId, userId: me.id })
    },
    onSuccess: async (_nothing, file) => {
      toast.success(t('import.done', { name: file.name }))
      onClose()
      await invalidate(queryClient, 'listVersions')
    },
  })
  const problem = read.error ?? put.error
  const words = problem instanceof Unimportable ? t(`import.${problem.problem}`) : problem && messageOf(problem)
  const file = read.data
  return (
    <Modal opened onClose={onClose} title={t('import.title')} size="lg">
      <Stack>
        {!file && !read.isPending && (
          <>
            <FileButton accept=".docx,.md,.markdown,.txt" onChange={(chosen) => chosen && read.mutate(chosen)}>
              {(props) => (
                <Button {...props} variant="default" leftSection={<IconFileImport size={16} />} data-autofocus>
                  {t('import.choose')}
                </Button>
              )}
            </FileButton>
            <Text size="sm" c="dimmed">
              {t('import.hint')}
            </Text>
          </>
        )}
        {read.isPending && (
          <Group gap="sm" role="status">
            <Loader size="sm" /> {t('import.reading', { name: read.variables.name })}
          </Group>
        )}
        {words && (
          <Alert color="red" role="alert">
            {words}
          </Alert>
        )}
        {file && (
          <>
            <Preview file={file} editor={editor} />
            {file.links > 0 && <Text size="sm">{t('links', { count: file.links })}</Text>}
            {file.html > 0 && <Text size="sm">{t('import.html', { count: file.html })}</Text>}
            <SegmentedControl
              aria-label={t('import.title')}
              value={mode}
              onChange={(value) => setMode(value as typeof mode)}
              data={[
                { value: 'append', label: t('import.append') },
                { value: 'replace', label: t('import.replace') },
              ]}
            />
            <Text size="sm" c="dimmed">
              {t('import.kept')}
            </Text>
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {tc('action.cancel')}
              </Button>
              <Button loading={put.isPending} onClick={() => put.mutate(file)}>
                {t(`import.${mode}`)}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Modal>
  )
}

/** The text as it will stand: written by ProseMirror from the schema, so nothing else can be in it. */
function Preview({ file, editor }: { file: ReadFile; editor: Editor }) {
  const { t } = useTranslation('richtext')
  const box = useRef<HTMLElement>(null)
  const doc = useMemo(() => PMNode.fromJSON(editor.schema, { type: 'doc', content: file.content }), [file, editor])
  useEffect(() => {
    const shown = DOMSerializer.fromSchema(editor.schema).serializeFragment(doc.content)
    const walker = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const text = walker.currentNode
      text.nodeValue = (text.nodeValue ?? '').replace(new RegExp(`${pictureMark}(\\d+)-`, 'g'), (_all, n) =>
        t('import.picture', { number: Number(n) + 1 }),
      )
    }
    box.current?.replaceChildren(shown)
  }, [doc, editor, t])
  return (
    <section
      ref={box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a long preview is scrolled with the keyboard too
      tabIndex={0}
      className={`reading tiptap ${classes.preview}`}
      aria-label={t('import.preview', { name: file.name })}
    />
  )
}
