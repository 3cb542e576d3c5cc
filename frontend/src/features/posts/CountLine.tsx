import { useTranslation } from 'react-i18next'
import { formatNumber } from '@/shared/lib/format'
import classes from './CountLine.module.css'
import { composed, foldOf, lengthOn, type Network, rulesOf, type Words } from './network'

interface CountLineProps extends Words {
  network: Network
}

/** How much of the network's room is used, and what is seen before "see more". */
export function CountLine({ network, ...words }: CountLineProps) {
  const { t } = useTranslation('posts')
  const { t: tn } = useTranslation('numbers')
  const text = composed(words)
  const { most } = rulesOf[network]
  const used = lengthOn(network, text)
  const isOver = used > most
  const fold = foldOf(network, text)
  return (
    <div className={classes.line}>
      <span className={classes.track} aria-hidden>
        <span
          className={classes.fill}
          data-over={isOver || undefined}
          style={{ width: `${Math.min(100, (used / most) * 100)}%` }}
        />
      </span>
      <span className={classes.count} data-over={isOver || undefined}>
        {t('count.used', { used: formatNumber(used), most: formatNumber(most) })}
      </span>
      <span className={classes.hint} role={isOver ? 'alert' : undefined}>
        {isOver && t('count.over', { over: formatNumber(used - most), network: tn(`network.${network}`) })}
        {!isOver && fold !== undefined && t('count.fold', { count: fold, network: tn(`network.${network}`) })}
        {!isOver && fold === undefined && t('count.whole')}
      </span>
    </div>
  )
}
