import './i18n'
import { Collapse, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Tally } from '@/shared/api/generated/types.gen'
import { formatDateTime, formatNumber } from '@/shared/lib/format'
import classes from './ClicksSummary.module.css'
import { WhyNot } from './WhyNot'

interface ClicksSummaryProps {
  tally: Tally
  asOf: string
  ruleVersion: number
  /** How it was before, to compare. */
  before?: string
  /** Shows at once why the others were not counted. */
  isOpen?: boolean
}

/** Clicks by people, large; all requests beside them, and why the others were not counted. */
export function ClicksSummary({ tally, asOf, ruleVersion, before, isOpen = false }: ClicksSummaryProps) {
  const { t } = useTranslation('numbers')
  const [opened, { toggle }] = useDisclosure(isOpen)
  const id = useId()
  return (
    <div>
      <p className={classes.line}>
        <span className={classes.human}>{formatNumber(tally.human)}</span>
        <span>
          <span className={classes.what}>{t('clicks', { count: tally.human })}</span>
          {before && <span className={classes.raw}>{before}</span>}
          <span className={classes.raw}>{t('raw', { count: tally.raw, n: formatNumber(tally.raw) })}</span>
        </span>
      </p>
      <p className={classes.definition}>{tally.raw === 0 ? t('none') : t('definition')}</p>
      {tally.raw > tally.human && (
        <>
          <UnstyledButton className={classes.toggle} onClick={toggle} aria-expanded={opened} aria-controls={id}>
            {t('why')}
            <IconChevronDown size={15} data-open={opened || undefined} aria-hidden />
          </UnstyledButton>
          <Collapse expanded={opened} id={id}>
            <div className={classes.reasons}>
              <WhyNot why={tally.why} />
            </div>
          </Collapse>
        </>
      )}
      <p className={classes.asOf}>{t('asOf', { time: formatDateTime(asOf), version: ruleVersion })}</p>
    </div>
  )
}
