import './i18n'
import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useInfiniteList } from '@/shared/api/useInfiniteList'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import { commentsOptions } from './api'
import { CommentItem } from './CommentItem'
import { Composer } from './Composer'
import classes from './Discussion.module.css'
import type { Thing } from './thing'

interface DiscussionProps extends Thing {
  /** For things that may be read but not talked about any more. */
  isClosed?: boolean
}

/** What people say about a thing, oldest first, with the box to answer below. Brings no heading. */
export function Discussion({ type, id, isClosed = false }: DiscussionProps) {
  const { t } = useTranslation('discussion')
  const thing = { type, id }
  const list = useInfiniteList(commentsOptions(thing))
  return (
    <div>
      {list.isPending && <SkeletonList rows={2} height={52} />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.items.length === 0 && (
        <Text size="sm" c="dimmed" mb="md">
          {t('empty')}
        </Text>
      )}
      <ul className={classes.list}>
        {list.items.map((comment) => (
          <CommentItem key={comment.id} thing={thing} comment={comment} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="subtle" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()} mb="md">
          {t('more')}
        </Button>
      )}
      {!isClosed && <Composer key={id} thing={thing} />}
    </div>
  )
}
