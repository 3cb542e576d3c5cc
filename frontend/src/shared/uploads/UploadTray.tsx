import './i18n'
import { ActionIcon, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { invalidate } from '@/shared/api/invalidate'
import { useStore } from '@/shared/lib/store'
import { Tip } from '@/shared/ui/Tip'
import { UploadRow } from './UploadRow'
import classes from './UploadTray.module.css'
import { dismissUpload, isEnded, restoreUploads, type UploadItem, uploads } from './uploads'

const isMoving = (item: UploadItem) => item.state === 'checking' || item.state === 'uploading'

/** Uploads of this person, over every page: in the corner, on phones as a bar above the tabs. */
export function UploadTray({ userId }: { userId: string }) {
  const { t } = useTranslation('uploads')
  const [isOpen, setOpen] = useState(true)
  const all = useStore(uploads).filter((item) => item.userId === userId)
  const items = all.filter((item) => !item.isQuiet)
  useEffect(() => restoreUploads(userId), [userId])
  useRefreshed(all)
  useWarning(all.some(isMoving))
  if (items.length === 0) return null

  const active = items.filter(isMoving)
  const size = active.reduce((sum, item) => sum + item.size, 0)
  const done = active.reduce((sum, item) => sum + (item.state === 'uploading' ? item.done : 0), 0)
  const isAllEnded = items.every(isEnded)
  const toggle = isOpen ? t('hide') : t('show')
  return (
    <section className={classes.tray} aria-label={t('region')} data-open={isOpen || undefined}>
      <div className={classes.head}>
        <UnstyledButton
          className={classes.title}
          aria-expanded={isOpen}
          aria-label={toggle}
          onClick={() => setOpen(!isOpen)}
        >
          <span aria-live="polite">
            {active.length > 0 ? t('active', { count: active.length }) : t('title', { count: items.length })}
          </span>
          {isOpen ? <IconChevronDown size={16} aria-hidden /> : <IconChevronUp size={16} aria-hidden />}
        </UnstyledButton>
        {isAllEnded && (
          <Tip label={t('clear')}>
            <ActionIcon aria-label={t('clear')} onClick={() => items.map((item) => dismissUpload(item.key))}>
              <IconX size={16} />
            </ActionIcon>
          </Tip>
        )}
      </div>
      {!isOpen && active.length > 0 && (
        <div className={classes.bar} style={{ width: `${size > 0 ? (100 * done) / size : 0}%` }} />
      )}
      {isOpen && (
        <ul className={classes.list}>
          {items.map((item) => (
            <UploadRow key={item.key} item={item} />
          ))}
        </ul>
      )}
    </section>
  )
}

/** What shows the files of a thing learns of those that arrived. */
function useRefreshed(items: UploadItem[]): void {
  const queryClient = useQueryClient()
  const arrived = items
    .filter((item) => item.target && (item.state === 'processing' || isEnded(item)))
    .map((item) => `${item.key} ${item.state}`)
    .join()
  useEffect(() => {
    if (arrived) void invalidate(queryClient, 'listDraftAssets', 'getDraft', 'listApprovals', 'getTimeline')
  }, [arrived, queryClient])
}

/** Asks before the tab is closed over an upload. */
function useWarning(isBusy: boolean): void {
  useEffect(() => {
    if (!isBusy) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isBusy])
}
