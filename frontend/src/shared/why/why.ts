import './i18n'
import type { SearchWhy } from '@/shared/api/generated/types.gen'
import { i18n } from '@/shared/i18n'

/** A reason in words; places in a recording are said elsewhere, as times. */
export function whyLabel({ code, page, count, value, score }: SearchWhy): string {
  switch (code) {
    case 'page':
      return i18n.t('why:page', { page })
    case 'tag':
    case 'like':
    case 'about':
    case 'synonym':
    case 'spelling':
      return i18n.t(`why:${code}`, { value })
    case 'team':
    case 'side':
    case 'used':
    case 'together':
      return i18n.t(`why:${code}`, { count: count ?? 0 })
    case 'rated':
      return i18n.t('why:rated', { score: (score ?? 0).toFixed(1) })
    default:
      return i18n.t(`why:${code}`)
  }
}
