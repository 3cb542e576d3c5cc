import { ActionIcon, Button } from '@mantine/core'
import { IconCheck, IconMail } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Notification } from '@/shared/api/generated/types.gen'
import { Sentence } from '@/shared/discussion/Sentence'
import { reasonOf } from '@/shared/discussion/sentence'
import { lazyPart } from '@/shared/lib/lazyPart'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { ThingIcon } from '@/shared/ui/ThingIcon'
import { ThingLink } from '@/shared/ui/ThingLink'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { Tip } from '@/shared/ui/Tip'
import { useMark } from './api'
import classes from './Inbox.module.css'
import { asksForReview, type InboxGroup, threadOf, viewsOf } from './inbox'

const ReviewActions = lazyPart(() => import('@/shared/review/ReviewActions').then((m) => m.ReviewActions))

const StopTelling = lazyPart(() => import('@/shared/views/StopTelling').then((m) => m.StopTelling))

const shown = 3

/** One thing and what is told of it. Opening it marks it as read. */
export function InboxRow({ group }: { group: InboxGroup }) {
  const { t } = useTranslation('notifications')
  const [isOpen, setOpen] = useState(false)
  const mark = useMark()
  const ids = group.items.filter((i) => Boolean(i.read_at) !== group.isUnread).map((i) => i.id)
  const markRead = () => group.isUnread && mark.mutate({ ids, read: true })
  const lines = isOpen ? group.items : group.items.slice(0, shown)
  const hidden = group.items.length - lines.length
  const isPressing = group.isUnread && group.reason !== 'follow'
  return (
    <li className={classes.group} data-unread={group.isUnread || undefined}>
      <span className={classes.icon}>
        <ThingIcon type={group.type} />
        {group.isUnread && <span className={classes.dot} role="img" aria-label={t('unread')} />}
      </span>
      <div className={classes.words}>
        <ThingLink type={group.type} id={group.id} thread={group.thread} className={classes.title} onClick={markRead}>
          {group.title || '…'}
        </ThingLink>
        <p className={classes.reason} data-pressing={isPressing || undefined}>
          {t(`reason.${group.reason}`)}
        </p>
        <ul className={classes.lines}>
          {lines.map((item) => (
            <li key={item.id} className={classes.line}>
              {item.actor ? <PersonAvatar person={item.actor} size={20} /> : <span className={classes.nobody} />}
              <span className={classes.sentence}>
                <Sentence item={item} />
                <span className={classes.time}>
                  {' · '}
                  <TimeAgo when={item.at} />
                </span>
                {reasonOf(item) && <Quote item={item} onOpen={markRead} />}
              </span>
            </li>
          ))}
        </ul>
        {asksForReview(group) && (
          <Suspense>
            <ReviewActions resource={group} isPressing onDone={markRead} />
          </Suspense>
        )}
        <Suspense>
          {viewsOf(group).map((view) => (
            <StopTelling key={view.id} view={view} />
          ))}
        </Suspense>
        {group.items.length > shown && (
          <Button variant="subtle" size="compact-xs" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
            {isOpen ? t('fewer') : t('more', { count: hidden })}
          </Button>
        )}
      </div>
      <div className={classes.actions}>
        {isPressing && (
          <ThingLink
            type={group.type}
            id={group.id}
            thread={group.thread}
            className={classes.action}
            onClick={markRead}
          >
            {t(`action.${group.reason}`)}
          </ThingLink>
        )}
        <Tip label={group.isUnread ? t('markRead') : t('markUnread')}>
          <ActionIcon
            size={36}
            aria-label={group.isUnread ? t('markRead') : t('markUnread')}
            onClick={() => mark.mutate({ ids, read: group.isUnread })}
          >
            {group.isUnread ? <IconCheck size={17} /> : <IconMail size={17} stroke={1.6} />}
          </ActionIcon>
        </Tip>
      </div>
    </li>
  )
}

/** What was said; in the text of a draft it leads there. */
function Quote({ item, onOpen }: { item: Notification; onOpen: () => void }) {
  const thread = threadOf(item)
  if (!thread) return <span className={classes.quote}>{reasonOf(item)}</span>
  return (
    <ThingLink type={item.object_type} id={item.object_id} thread={thread} className={classes.quote} onClick={onOpen}>
      {reasonOf(item)}
    </ThingLink>
  )
}
