import { Alert, Button } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/shared/api/generated/types.gen'
import { useStore } from '@/shared/lib/store'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import { toast } from '@/shared/ui/toast'
import type { ThreadView } from '../threads/useThreadView'
import classes from './Document.module.css'
import { Editor } from './Editor'
import type { DocumentTransport, SaveStatus } from './transport'
import type { OpenDocument } from './useDocument'

interface TextTabProps {
  draft: Draft
  text: OpenDocument
  threads: ThreadView
}

export function TextTab({ draft, text, threads }: TextTabProps) {
  const { t } = useTranslation('drafts')
  const { transport, error, isKept, retry } = text
  useEffect(() => {
    if (isKept) toast.success(t('text.kept'))
  }, [isKept, t])
  if (error) return <ErrorState error={error} onRetry={retry} />
  if (!transport) return <SkeletonList rows={6} height={28} />
  return <OpenText draft={draft} transport={transport} threads={threads} onRetry={retry} />
}

/** Why a text cannot be changed, if so. What the connection says comes before what the page knew. */
function useReadOnly({ allowed, state }: Draft, status: SaveStatus): string | undefined {
  const { t } = useTranslation('drafts')
  if (status.kind === 'ended') return t(`text.ended.${status.why}`)
  const isFixed = state === 'approved' || state === 'published' || state === 'archived'
  if (status.kind === 'reading' && status.why === 'frozen' && !isFixed) return t('text.readOnly.approved')
  if (allowed.includes('edit') && status.kind !== 'reading') return undefined
  return t(isFixed ? `text.readOnly.${state}` : 'text.readOnly.rights')
}

interface OpenTextProps {
  draft: Draft
  transport: DocumentTransport
  threads: ThreadView
  onRetry: () => void
}

function OpenText({ draft, transport, threads, onRetry }: OpenTextProps) {
  const { t } = useTranslation('drafts')
  const { t: tc } = useTranslation()
  const status = useStore(transport.status)
  const reason = useReadOnly(draft, status)
  return (
    <>
      {status.kind === 'ended' && (
        <Alert color="yellow" variant="light" role="alert" mb="md" title={t(`text.ended.${status.why}`)}>
          <Button size="xs" variant="default" onClick={status.why === 'schema' ? () => location.reload() : onRetry}>
            {status.why === 'schema' ? t('text.reload') : tc('action.tryAgain')}
          </Button>
        </Alert>
      )}
      {!reason && draft.state === 'in_review' && draft.approved_by.length > 0 && (
        <p className={classes.review}>{t('text.review')}</p>
      )}
      <Editor
        draft={draft}
        transport={transport}
        threads={threads}
        isEditable={!reason}
        reason={status.kind === 'ended' ? undefined : reason}
      />
    </>
  )
}
