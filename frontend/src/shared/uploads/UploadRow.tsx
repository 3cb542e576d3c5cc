import { ActionIcon, Button, FileButton, Progress } from '@mantine/core'
import {
  IconAlertCircle,
  IconCircleCheck,
  IconFile,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconX,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatBytes, formatPercent } from '@/shared/lib/format'
import { LinkAnchor } from '@/shared/ui/links'
import { Tip } from '@/shared/ui/Tip'
import classes from './UploadTray.module.css'
import { cancelUpload, dismissUpload, isEnded, pauseUpload, resumeUpload, type UploadItem } from './uploads'

export function UploadRow({ item }: { item: UploadItem }) {
  const { t } = useTranslation('uploads')
  const { name, key, state } = item
  const share = item.size > 0 ? item.done / item.size : 0
  const percent = formatPercent(share)
  const isBad = state === 'failed' || state === 'refused'
  const words = t(`state.${state}`, { done: formatBytes(item.done), size: formatBytes(item.size), percent })
  return (
    <li className={classes.row}>
      <span className={classes.icon} data-state={state}>
        <StateIcon state={state} />
      </span>
      <div className={classes.words}>
        <span className={classes.name} title={name}>
          {name}
        </span>
        {(state === 'uploading' || state === 'checking' || state === 'paused') && (
          <Progress
            size={4}
            value={share * 100}
            color={state === 'uploading' ? undefined : 'gray'}
            aria-label={t('progress', { name, percent })}
          />
        )}
        <span className={classes.state} role={isBad ? 'alert' : undefined} data-bad={isBad || undefined}>
          {item.problem ?? words}
        </span>
        {state === 'needsFile' && (
          <FileButton onChange={(file) => file && resumeUpload(key, file)}>
            {(props) => (
              <Button {...props} size="compact-xs" variant="light" mt={4} w="fit-content">
                {t('choose')}
              </Button>
            )}
          </FileButton>
        )}
        {isEnded(item) && item.target && (
          <LinkAnchor
            to="/drafts/$draftId"
            params={{ draftId: item.target.id }}
            search={{ tab: 'files' }}
            size="xs"
            w="fit-content"
          >
            {t('open')}
          </LinkAnchor>
        )}
      </div>
      <span className={classes.buttons}>
        {state === 'uploading' && (
          <RowButton label={t('pause', { name })} onClick={() => pauseUpload(key)}>
            <IconPlayerPause size={15} />
          </RowButton>
        )}
        {state === 'paused' && (
          <RowButton label={t('resume', { name })} onClick={() => resumeUpload(key)}>
            <IconPlayerPlay size={15} />
          </RowButton>
        )}
        {state === 'failed' && (
          <RowButton label={t('retry', { name })} onClick={() => resumeUpload(key)}>
            <IconRefresh size={15} />
          </RowButton>
        )}
        {isEnded(item) ? (
          <RowButton label={t('dismiss', { name })} onClick={() => dismissUpload(key)}>
            <IconX size={15} />
          </RowButton>
        ) : (
          state !== 'processing' && (
            <RowButton label={t('cancel', { name })} onClick={() => cancelUpload(key)}>
              <IconX size={15} />
            </RowButton>
          )
        )}
      </span>
    </li>
  )
}

function StateIcon({ state }: { state: UploadItem['state'] }) {
  if (state === 'ready' || state === 'limited') return <IconCircleCheck size={18} aria-hidden />
  if (state === 'failed' || state === 'refused' || state === 'needsFile')
    return <IconAlertCircle size={18} aria-hidden />
  return <IconFile size={18} aria-hidden />
}

interface RowButtonProps {
  label: string
  onClick: () => void
  children: ReactNode
}

function RowButton({ label, onClick, children }: RowButtonProps) {
  return (
    <Tip label={label}>
      <ActionIcon size={28} aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tip>
  )
}
