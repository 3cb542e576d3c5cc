import './i18n'
import { Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IdeaNumbers } from '@/shared/api/generated/types.gen'
import { formatNumber } from '@/shared/lib/format'
import { LinkAnchor } from '@/shared/ui/links'
import classes from './CreditList.module.css'
import numbers from './Numbers.module.css'
import { WhyNot } from './WhyNot'

interface CreditListProps {
  ideas: IdeaNumbers[]
  isMine: boolean
}

/** What ideas became, and how many people read on because of them. */
export function CreditList({ ideas, isMine }: CreditListProps) {
  const { t } = useTranslation('numbers')
  const [openId, setOpenId] = useState<string>()
  const became = ideas
    .filter((idea) => idea.resource_id)
    .sort((a, b) => b.clicks.human - a.clicks.human || b.shares - a.shares)
  return (
    <section>
      <h2 className={numbers.heading}>{t(isMine ? 'person.ideasMine' : 'person.ideas')}</h2>
      <p className={numbers.hint}>{t('person.ideasHint')}</p>
      {became.length === 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          {t(isMine ? 'person.noIdeasMine' : 'person.noIdeas')}
        </Text>
      )}
      <ul className={classes.list}>
        {became.map((idea) => (
          <li key={idea.id} className={classes.idea}>
            <span className={classes.human}>{formatNumber(idea.clicks.human)}</span>
            <div className={classes.words}>
              <p className={classes.became}>
                <LinkAnchor to="/ideas/$ideaId" params={{ ideaId: idea.id }} inherit>
                  {idea.title}
                </LinkAnchor>{' '}
                {t('credit.becameWord')}{' '}
                <LinkAnchor to="/library/$resourceId" params={{ resourceId: idea.resource_id ?? '' }} inherit>
                  {idea.resource_title}
                </LinkAnchor>
              </p>
              <p className={classes.note}>
                {t('clicksOf', { count: idea.clicks.human, n: formatNumber(idea.clicks.human) })} ·{' '}
                {t('credit.shares', { count: idea.shares })}
              </p>
              {idea.clicks.raw > idea.clicks.human && (
                <>
                  <button
                    type="button"
                    className={numbers.more}
                    aria-expanded={openId === idea.id}
                    onClick={() => setOpenId(openId === idea.id ? undefined : idea.id)}
                  >
                    {t('credit.why', {
                      count: idea.clicks.raw - idea.clicks.human,
                      n: formatNumber(idea.clicks.raw - idea.clicks.human),
                    })}
                  </button>
                  {openId === idea.id && <WhyNot why={idea.clicks.why} />}
                </>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
