import './i18n'
import { Text } from '@mantine/core'
import { IconBulb } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getHomeOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Home, Person } from '@/shared/api/generated/types.gen'
import { isMarketer, useMe } from '@/shared/session/session'
import card from '@/shared/ui/Card.module.css'
import { LinkAnchor } from '@/shared/ui/links'
import { openNewIdea } from '@/shared/ui/overlays'
import { PageHeader } from '@/shared/ui/PageHeader'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import classes from './Home.module.css'
import {
  ForYouSection,
  FreshSection,
  IdeasSection,
  NewsSection,
  NumbersSection,
  Section,
  WritingSection,
} from './Sections'
import { TodoList } from './TodoList'
import { otherDrafts, partOfDay, todosOf } from './todos'

/** The first screen: what needs me, what became of mine, what is new. */
export function HomePage() {
  const { t } = useTranslation('home')
  const me = useMe()
  const { data, error, refetch } = useQuery({ ...getHomeOptions(), refetchOnWindowFocus: true })
  const name = me.name.split(' ')[0] ?? me.name
  const greeting = t(`greeting.${partOfDay(new Date().getHours())}`, { name })
  const count = data ? todosOf(data).length : 0
  const lead = count > 0 ? t('lead.some', { count }) : t('lead.none')
  return (
    <>
      <PageHeader
        title={t('title')}
        heading={
          <h1 className={classes.greeting} tabIndex={-1}>
            {greeting}
          </h1>
        }
        lead={data ? lead : ' '}
      />
      <button type="button" className={classes.capture} onClick={() => openNewIdea()}>
        <IconBulb size={18} stroke={1.6} aria-hidden />
        {t(`capture.${me.side}`)}
      </button>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonList rows={5} height={72} />}
      {data && <Content home={data} me={me} />}
    </>
  )
}

function Content({ home, me }: { home: Home; me: Person }) {
  const { t } = useTranslation('home')
  const todos = todosOf(home)
  const isTriaging = home.triage.length > 0
  const isNew = (me.lead || me.admin) && home.fresh.length + home.mine.length + home.news.length === 0
  return (
    <div className={card.columns}>
      <div>
        <Section
          title={t('todo.title')}
          more={
            isTriaging && (
              <LinkAnchor to="/ideas" search={{ view: 'unanswered' }} size="sm">
                {t('unanswered')}
              </LinkAnchor>
            )
          }
        >
          {todos.length === 0 ? (
            <Text size="sm" c="dimmed">
              {isNew ? (
                <>
                  {t('todo.start')} <LinkAnchor to="/people">{t('todo.invite')}</LinkAnchor>
                </>
              ) : (
                t('todo.none')
              )}
            </Text>
          ) : (
            <TodoList todos={todos} />
          )}
        </Section>
        <WritingSection drafts={otherDrafts(home, todos)} />
        <IdeasSection ideas={home.mine} />
      </div>
      <div>
        {!isMarketer(me) && <NumbersSection />}
        <NewsSection news={home.news} />
        <FreshSection resources={home.fresh} />
        <ForYouSection />
      </div>
    </div>
  )
}
