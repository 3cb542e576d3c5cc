import { i18n } from '@/shared/i18n'

/** 95 seconds -> "1 min 35 s". */
export function timeOf(seconds: number): string {
  if (seconds < 1) return i18n.t('shares:less')
  const minutes = Math.floor(seconds / 60)
  const rest = seconds % 60
  const words = []
  if (minutes > 0) words.push(i18n.t('shares:minutes', { n: minutes }))
  if (minutes < 10 && rest > 0) words.push(i18n.t('shares:seconds', { n: rest }))
  return words.join(' ')
}
