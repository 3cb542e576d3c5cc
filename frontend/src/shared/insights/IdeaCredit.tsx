import './i18n'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getIdeaNumbersOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { LinkAnchor } from '@/shared/ui/links'
import { ErrorState } from '@/shared/ui/States'
import { ClicksSummary } from './ClicksSummary'
import classes from './IdeaCredit.module.css'

interface IdeaCreditProps {
  ideaId: string
  /** The reader filed it. */
  isMine: boolean
}

/** The pieces that an idea became, and the clicks on the posts about them. Draws nothing while nothing was published. */
export function IdeaCredit({ ideaId, isMine }: IdeaCreditProps) {
  const { t } = useTranslation('numbers')
  const { data, error, refetch } = useQuery(getIdeaNumbersOptions({ path: { id: ideaId } }))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton height={120} radius="md" />
  if (data.pieces.length === 0) return null
  return (
    <section className={classes.credit} aria-label={t('credit.title')}>
      <p className={classes.became}>{t(isMine ? 'credit.became' : 'credit.becameOther')}</p>
      <ul className={classes.pieces}>
        {data.pieces.map((piece) => (
          <li key={piece.id}>
            <LinkAnchor to="/library/$resourceId" params={{ resourceId: piece.id }} className={classes.piece}>
              {piece.title}
            </LinkAnchor>
          </li>
        ))}
      </ul>
      <p className={classes.shares}>
        {data.shares > 0 ? t('credit.shares', { count: data.shares }) : t('credit.noShares')}
      </p>
      {data.raw > 0 && <ClicksSummary tally={data} asOf={data.as_of} ruleVersion={data.rule_version} />}
    </section>
  )
}
