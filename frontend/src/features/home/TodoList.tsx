import { Button } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate } from '@/shared/lib/format'
import { lazyPart } from '@/shared/lib/lazyPart'
import { ThingIcon } from '@/shared/ui/ThingIcon'
import { ThingLink } from '@/shared/ui/ThingLink'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import classes from './Home.module.css'
import type { Todo } from './todos'

const ReviewActions = lazyPart(() => import('@/shared/review/ReviewActions').then((m) => m.ReviewActions))

const shown = 8

/** Everything that waits for one person, in one list: what, why, since when, and the one thing to do. */
export function TodoList({ todos }: { todos: Todo[] }) {
  const { t } = useTranslation('home')
  const [isAll, setAll] = useState(false)
  const list = isAll ? todos : todos.slice(0, shown)
  return (
    <>
      <ul className={classes.todos}>
        {list.map((todo) => (
          <TodoRow key={todo.key} todo={todo} />
        ))}
      </ul>
      {todos.length > list.length && (
        <Button variant="subtle" mt="xs" onClick={() => setAll(true)}>
          {t('todo.more', { count: todos.length - list.length })}
        </Button>
      )}
    </>
  )
}

function TodoRow({ todo }: { todo: Todo }) {
  const { t } = useTranslation('home')
  return (
    <li className={classes.todo} data-kind={todo.kind}>
      <span className={classes.icon}>
        <ThingIcon type={todo.type} />
      </span>
      <span className={classes.words}>
        <span className={classes.kind}>
          {todo.kind === 'declined' ? t('kind.declined', { name: todo.thing.owner.name }) : t(`kind.${todo.kind}`)}
        </span>
        <ThingLink type={todo.type} id={todo.id} className={classes.title}>
          {todo.title}
        </ThingLink>
        <span className={classes.meta}>
          <Facts todo={todo} />
        </span>
        {todo.kind === 'review' && (
          <div className={classes.buttons}>
            <Suspense>
              <ReviewActions resource={todo.thing} isPressing={todo.thing.state === 'review_due'} />
            </Suspense>
          </div>
        )}
      </span>
      {todo.kind !== 'review' && (
        <span className={classes.action} aria-hidden>
          {t(`action.${todo.kind}`)}
          <IconArrowRight size={15} stroke={1.8} />
        </span>
      )}
    </li>
  )
}

/** Who and when, in the order that matters for the decision. */
function Facts({ todo }: { todo: Todo }) {
  const { t } = useTranslation('home')
  const facts: ReactNode[] = []
  if (todo.type === 'draft') {
    const { brief, writer } = todo.thing
    if (todo.kind === 'overdue' && brief?.due_on) facts.push(t('meta.due', { date: formatDate(brief.due_on) }))
    facts.push(t('meta.writer', { name: writer.name }))
    if (todo.kind !== 'overdue' && brief?.publish_on) {
      facts.push(t('meta.publish', { date: formatDate(brief.publish_on) }))
    }
  } else if (todo.type === 'post') {
    if (todo.kind === 'offered') facts.push(t('meta.wrote', { name: todo.thing.writer.name }))
    if (todo.kind === 'declined' && todo.thing.reason) facts.push(`“${todo.thing.reason}”`)
    if (todo.thing.expires_at) facts.push(t('meta.expires', { date: formatDate(todo.thing.expires_at) }))
  } else if (todo.type === 'resource') {
    const { state, review_due_on: due } = todo.thing
    if (due) facts.push(t(state === 'review_due' ? 'meta.due' : 'meta.dueOn', { date: formatDate(due) }))
  } else {
    facts.push(t('meta.by', { name: todo.thing.author.name }), t('meta.votes', { count: todo.thing.votes }))
  }
  facts.push(
    <>
      {t(`since.${todo.kind}`)} <TimeAgo when={todo.since} />
    </>,
  )
  return facts.map((fact, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the facts of a line have no identity and never move
    <span key={i}>
      {i > 0 && ' · '}
      {fact}
    </span>
  ))
}
