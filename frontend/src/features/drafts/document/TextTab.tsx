import { lazy, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '@/shared/api/generated/types.gen'
import { useStore } from '@/shared/lib/store'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import { toast } from '@/shared/ui/toast'
import classes from './Document.module.css'
import { Editor } from './Editor'
import { RefusedPanel } from './RefusedPanel'
import type { DocumentTransport } from './transport'
import type { OpenDocument } from './useDocument'

const ConflictPanel = lazy(() => import('./ConflictPanel').then((m) => ({ default: m.ConflictPanel })))

interface TextTabProps {
  draft: Draft
  text: OpenDocument
}

export function TextTab({ draft, text }: TextTabProps) {
  const { t } = useTranslation('drafts')
  const { transport, error, isKept, retry } = text
  useEffect(() => {
    if (isKept) toast.success(t('text.kept'))
  }, [isKept, t])
  if (error) return <ErrorState error={error} onRetry={retry} />
  if (!transport) return <SkeletonList rows={6} height={28} />
  return <OpenText draft={draft} transport={transport} />
}

/** Why a text cannot be changed, if so. */
function useReadOnly({ allowed, state }: Draft): string | undefined {
  const { t } = useTranslation('drafts')
  if (allowed.includes('edit')) return undefined
  if (state === 'approved' || state === 'published' || state === 'archived') return t(`text.readOnly.${state}`)
  return t('text.readOnly.rights')
}

function OpenText({ draft, transport }: { draft: Draft; transport: DocumentTransport }) {
  const { t } = useTranslation('drafts')
  const status = useStore(transport.status)
  const reason = useReadOnly(draft)
  if (status.kind === 'conflict') {
    return (
      <ConflictPanel draftId={draft.id} conflict={status.conflict} onChoose={(choice) => transport.resolve(choice)} />
    )
  }
  return (
    <>
      {status.kind === 'refused' && <RefusedPanel status={status} onDiscard={() => transport.discard()} />}
      {!reason && draft.state === 'in_review' && draft.approved_by.length > 0 && (
        <p className={classes.review}>{t('text.review')}</p>
      )}
      <Editor transport={transport} isEditable={!reason && status.kind !== 'refused'} reason={reason} />
    </>
  )
}
