import './i18n'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getHomeOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { todosOf } from './todos'
import classes from './WaitingCount.module.css'

/** How many things wait for oneself: the same list as on Home. */
export function WaitingCount() {
  const { t } = useTranslation('home')
  const { data } = useQuery({ ...getHomeOptions(), staleTime: 60_000, refetchInterval: 120_000 })
  const count = data ? todosOf(data).length : 0
  if (count === 0) return null
  return (
    <span className={classes.count}>
      <span aria-hidden>{count}</span>
      <span className={classes.words}>{t('todo.count', { count })}</span>
    </span>
  )
}
