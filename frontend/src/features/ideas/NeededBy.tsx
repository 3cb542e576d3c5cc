import { useTranslation } from 'react-i18next'
import type { Idea } from '@/shared/api/generated/types.gen'
import { formatDate } from '@/shared/lib/format'
import { canVote } from './policy'

/** Today as the reader's calendar has it, YYYY-MM-DD. */
export function today(now = new Date()): string {
  const pad = (n: number) => String(n).padStart(2, '0')
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`
}

/** Until when a request is needed; red when that has passed and it is still open. */
export function NeededBy({ idea }: { idea: Idea }) {
  const { t } = useTranslation('ideas')
  if (!idea.needed_by) return null
  const isLate = canVote(idea) && idea.needed_by < today()
  const date = formatDate(idea.needed_by)
  if (!isLate) return <span>{t('neededBy', { date })}</span>
  return <span style={{ color: 'var(--mantine-color-error)' }}>{t('neededLate', { date })}</span>
}
