import './i18n'
import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isNotFound, messageOf } from '@/shared/api/problem'
import { ErrorState } from '@/shared/ui/States'
import { OpenReview } from './OpenReview'
import classes from './Review.module.css'
import { reviewRoute } from './routes'
import { useReview } from './useReview'
import { useWriting } from './useWriting'

/** A draft as somebody outside sees it, by a link and without an account. */
export function ReviewPage() {
  const { t } = useTranslation('outsideReview')
  const { token } = reviewRoute.useParams()
  const writing = useWriting()
  const { review, threads, closed } = useReview(token, Boolean(writing.place))
  if (closed) {
    const title = isNotFound(closed) ? t('unknownTitle') : t('closedTitle')
    return (
      <Frame title={title}>
        <div className={classes.closed}>
          <h1 className={classes.title}>{title}</h1>
          <p>{messageOf(closed)}</p>
          <p className={classes.quiet}>{t('closedHint')}</p>
        </div>
      </Frame>
    )
  }
  if (review.data) {
    return (
      <Frame title={review.data.title}>
        <OpenReview token={token} review={review.data} threads={threads.data} writing={writing} />
      </Frame>
    )
  }
  return (
    <Frame title="">
      {review.isError ? (
        <ErrorState error={review.error} onRetry={() => void review.refetch()} />
      ) : (
        <div className={classes.sheet}>
          <Skeleton height={40} width="70%" mb="xl" radius="md" />
          <Skeleton height={320} radius="md" />
        </div>
      )}
    </Frame>
  )
}

function Frame({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className={classes.frame}>
      <title>{title || 'Byline'}</title>
      <header className={classes.brand}>
        Byline
        <span className={classes.caret} aria-hidden />
      </header>
      <main className={classes.main}>{children}</main>
    </div>
  )
}
