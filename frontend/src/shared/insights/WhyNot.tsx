import './i18n'
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Count } from '@/shared/api/generated/types.gen'
import { formatNumber } from '@/shared/lib/format'
import { notCounted } from './reasons'
import classes from './WhyNot.module.css'

/** What was not counted as a person's click, by kind, with the reasons in words. */
export function WhyNot({ why }: { why: Count[] }) {
  const { t } = useTranslation('numbers')
  const groups = notCounted(why)
  if (groups.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('allCounted')}
      </Text>
    )
  }
  return (
    <ul className={classes.groups}>
      {groups.map(({ kind, total, reasons }) => (
        <li key={kind}>
          <div className={classes.head}>
            <span>{t(`class.${kind}`)}</span>
            <span className={classes.count}>{formatNumber(total)}</span>
          </div>
          <p className={classes.why}>{t(`classWhy.${kind}`)}</p>
          <ul className={classes.reasons}>
            {reasons.map(({ words, count }) => (
              <li key={words}>
                <span>{words}</span>
                <span className={classes.count}>{formatNumber(count)}</span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}
