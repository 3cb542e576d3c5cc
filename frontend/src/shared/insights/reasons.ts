import './i18n'
import type { Count } from '@/shared/api/generated/types.gen'
import { i18n } from '@/shared/i18n'

export type NotHuman = 'preview' | 'scanner' | 'prefetch' | 'internal' | 'unknown'

const classes: NotHuman[] = ['preview', 'scanner', 'prefetch', 'internal', 'unknown']

/** The rule that decided, in words, with the service whose robot it was. */
export function reasonWords({ reason, who }: Pick<Count, 'reason' | 'who'>): string {
  const key = `numbers:reason.${reason}`
  if (who && i18n.exists(`${key}Of`)) return i18n.t(`${key}Of` as 'numbers:reason.headOf', { who })
  if (i18n.exists(key)) return i18n.t(key as 'numbers:reason.head')
  return i18n.t('numbers:reason.other', { reason })
}

interface NotCounted {
  kind: NotHuman
  total: number
  reasons: { words: string; count: number }[]
}

/** What was not counted, by kind, the most frequent first; what reads the same is added up. */
export function notCounted(why: Count[]): NotCounted[] {
  return classes
    .map((kind) => {
      const sums = new Map<string, number>()
      for (const count of why) {
        if (count.class !== kind) continue
        const words = reasonWords(count)
        sums.set(words, (sums.get(words) ?? 0) + count.n)
      }
      const reasons = [...sums].map(([words, count]) => ({ words, count })).sort((a, b) => b.count - a.count)
      return { kind, total: reasons.reduce((sum, r) => sum + r.count, 0), reasons }
    })
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total)
}
