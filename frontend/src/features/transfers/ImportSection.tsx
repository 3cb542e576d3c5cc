import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { beginImportMutation, listTransfersOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Person } from '@/shared/api/generated/types.gen'
import { messageOf } from '@/shared/api/problem'
import { DropArea } from '@/shared/files/DropArea'
import type { Placed } from '@/shared/files/folder'
import { ToneBadge } from '@/shared/ui/StateBadge'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { startUpload, uploaded } from '@/shared/uploads/uploads'
import { isUnderWay, stateTone } from './results'
import classes from './Transfers.module.css'

/** The server looks at so many files at once; a ZIP file may hold more. */
const mostFiles = 500

/** Files are uploaded as everywhere, with the tray; then they are looked at as one import. */
export function ImportSection({ me }: { me: Person }) {
  const { t } = useTranslation('transfers')
  const navigate = useNavigate()
  const [arriving, setArriving] = useState<{ done: number; total: number }>()
  const [problem, setProblem] = useState('')
  const begin = useMutation(beginImportMutation())
  const imports = useQuery({
    ...listTransfersOptions({ query: { kind: 'import' } }),
    refetchInterval: (query) => (query.state.data?.items.some(isUnderWay) ? 1500 : false),
  })
  const handleFiles = async (files: File[], paths?: string[]) => {
    if (files.length === 0 || arriving) return
    if (files.length > mostFiles) return setProblem(t('import.tooMany', { count: files.length }))
    setProblem('')
    setArriving({ done: 0, total: files.length })
    try {
      const assets = await Promise.all(
        files.map(async (file) => {
          const asset = await uploaded(startUpload(file, { userId: me.id }))
          setArriving((now) => now && { ...now, done: now.done + 1 })
          return asset.id
        }),
      )
      const { id } = await begin.mutateAsync({ body: { asset_ids: assets, paths } })
      void navigate({ to: '/transfers/$transferId', params: { transferId: id } })
    } catch (error) {
      setProblem(t('import.failed', { problem: messageOf(error) }))
    } finally {
      setArriving(undefined)
    }
  }
  const handleFolder = (found: Placed[]) => {
    const filled = found.filter((f) => f.file.size > 0)
    void handleFiles(
      filled.map((f) => f.file),
      filled.map((f) => f.path),
    )
  }
  return (
    <section className={classes.section} aria-labelledby="import">
      <h2 id="import">{t('import.title')}</h2>
      <p className={classes.lead}>{t('import.how')}</p>
      <DropArea
        label={t('import.choose')}
        hint={t('import.hint')}
        onFiles={(files) => void handleFiles(files)}
        folder={{ label: t('import.folder'), onFiles: handleFolder }}
      />
      <p className={classes.hint} role="status">
        {arriving && t('import.uploading', arriving)}
      </p>
      {problem && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      {imports.isPending && <SkeletonList rows={2} height={48} />}
      {imports.isError && !imports.data && <ErrorState error={imports.error} onRetry={() => void imports.refetch()} />}
      {imports.data && imports.data.items.length === 0 && <p className={classes.hint}>{t('import.none')}</p>}
      {imports.data && imports.data.items.length > 0 && (
        <ul className={classes.list} aria-label={t('import.latest')}>
          {imports.data.items.map((transfer) => (
            <li key={transfer.id} className={classes.item}>
              <div className={classes.words}>
                <Link to="/transfers/$transferId" params={{ transferId: transfer.id }} className={classes.name}>
                  {transfer.name}
                </Link>
                <p className={classes.hint}>
                  {t('by', { name: transfer.person.name })} · <TimeAgo when={transfer.created_at} />
                </p>
              </div>
              <ToneBadge tone={stateTone[transfer.state]}>{t(`state.${transfer.state}`)}</ToneBadge>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
