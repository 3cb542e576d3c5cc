import './i18n'
import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { getTimelineInfiniteOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { useInfiniteList } from '@/shared/api/useInfiniteList'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { groupsOf } from './groups'
import { Sentence } from './Sentence'
import { reasonOf } from './sentence'
import classes from './Timeline.module.css'
import type { Thing } from './thing'

interface TimelineProps extends Thing {
  /** Leaves comments out where they stand right beside. */
  withoutComments?: boolean
}

/** What happened to a thing, newest first: who, what, when, why. */
export function Timeline({ type, id, withoutComments = false }: TimelineProps) {
  const { t } = useTranslation('discussion')
  // no endRef: a page may hold more below, so older items come on demand
  const list = useInfiniteList(getTimelineInfiniteOptions({ path: { type, id }, query: { limit: 20 } }))
  const groups = groupsOf(list.items).filter(({ item }) => !(withoutComments && item.verb.endsWith('.commented')))

  if (list.isPending) return <SkeletonList rows={3} height={28} />
  if (list.isError && !list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  return (
    <>
      {groups.length === 0 && !list.hasNextPage && (
        <Text size="sm" c="dimmed">
          {t('timeline.empty')}
        </Text>
      )}
      <ol className={classes.list}>
        {groups.map(({ item, people }) => (
          <li key={item.id} className={classes.item}>
            {people[0] ? <PersonAvatar person={people[0]} size={24} /> : <span className={classes.dot} aria-hidden />}
            <div className={classes.words}>
              <span>
                <Sentence item={item} people={people} />
                {item.on_behalf_of && ` ${t('timeline.behalf', { name: item.on_behalf_of.name })}`}
                <span className={classes.time}>
                  {' · '}
                  <TimeAgo when={item.at} />
                </span>
              </span>
              {reasonOf(item) && <p className={classes.reason}>{reasonOf(item)}</p>}
            </div>
          </li>
        ))}
      </ol>
      {list.isFetchNextPageError && (
        <Text size="sm" role="alert">
          {t('moreFailed')}
        </Text>
      )}
      {list.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
    </>
  )
}
