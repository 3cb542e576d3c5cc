import { Button } from '@mantine/core'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/shared/api/problem'
import { LinkButton } from '@/shared/ui/links'
import { EmptyState, ErrorState } from '@/shared/ui/States'

/** A page that could not be loaded or crashed while drawing. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  if (error instanceof ApiError) return <ErrorState error={error} onRetry={reset} />
  return (
    <div role="alert">
      <EmptyState
        title={t('error.title')}
        action={<Button onClick={() => globalThis.location.reload()}>{t('error.reload')}</Button>}
      >
        {t('error.crash')}
      </EmptyState>
    </div>
  )
}

export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <EmptyState
      title={t('error.notFound')}
      action={
        <LinkButton to="/" variant="default">
          {t('error.goHome')}
        </LinkButton>
      }
    >
      {t('error.noPage')}
    </EmptyState>
  )
}
