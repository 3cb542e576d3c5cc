import { Button, Skeleton, Stack } from '@mantine/core'
import { IconAlertTriangle, IconCloudOff, IconLock, IconMoodEmpty } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, isForbidden, isNotFound, isOffline, messageOf } from '@/shared/api/problem'
import classes from './States.module.css'

interface EmptyStateProps {
  /** A Tabler icon element, size 28. */
  icon?: ReactNode
  title: string
  children?: ReactNode
  /** The one thing to do now. */
  action?: ReactNode
}

/** First use ("why, one button") and no match ("clear the filters"). */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className={classes.state}>
      <span className={classes.icon} aria-hidden>
        {icon ?? <IconMoodEmpty size={28} stroke={1.5} />}
      </span>
      <p className={classes.title}>{title}</p>
      {children && <p className={classes.text}>{children}</p>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  )
}

function iconOf(error: unknown) {
  if (isOffline(error)) return <IconCloudOff size={28} stroke={1.5} />
  if (isForbidden(error)) return <IconLock size={28} stroke={1.5} />
  if (isNotFound(error)) return <IconMoodEmpty size={28} stroke={1.5} />
  return <IconAlertTriangle size={28} stroke={1.5} />
}

interface ErrorStateProps {
  error: unknown
  onRetry?: () => void
}

/** A failed read: says what is wrong and what to do. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const { t } = useTranslation()
  const isFinal = isForbidden(error) || isNotFound(error)
  const requestId = error instanceof ApiError && error.status >= 500 ? error.requestId : undefined
  return (
    <div className={classes.state} role="alert">
      <span className={classes.icon} aria-hidden>
        {iconOf(error)}
      </span>
      <p className={classes.title}>{isNotFound(error) ? t('error.notFound') : t('error.title')}</p>
      <p className={classes.text}>{messageOf(error)}</p>
      {requestId && <p className={classes.small}>{t('error.requestId', { id: requestId })}</p>}
      {onRetry && !isFinal && (
        <div className={classes.action}>
          <Button variant="default" onClick={onRetry}>
            {t('action.tryAgain')}
          </Button>
        </div>
      )}
    </div>
  )
}

interface SkeletonListProps {
  rows?: number
  height?: number
}

/** The shape of a list while it loads. */
export function SkeletonList({ rows = 6, height = 64 }: SkeletonListProps) {
  const { t } = useTranslation()
  return (
    <Stack gap="sm" role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a skeleton have no identity
        <Skeleton key={i} height={height} radius="md" />
      ))}
    </Stack>
  )
}

/** The shape of a page with a title while it loads. */
export function PendingRows({ rows = 6 }: { rows?: number }) {
  return (
    <div>
      <Skeleton height={34} width={240} mb="xl" radius="md" />
      <SkeletonList rows={rows} />
    </div>
  )
}
