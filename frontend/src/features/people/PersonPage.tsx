import './i18n'
import { Anchor, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getPersonOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { PersonNumbers } from '@/shared/insights/PersonNumbers'
import { formatDate } from '@/shared/lib/format'
import { useMe } from '@/shared/session/session'
import { LinkAnchor, LinkButton } from '@/shared/ui/links'
import { PageHeader } from '@/shared/ui/PageHeader'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { ToneBadge } from '@/shared/ui/StateBadge'
import { ErrorState, PendingRows } from '@/shared/ui/States'
import classes from './PersonPage.module.css'
import { personRoute } from './routes'

export function PersonPage() {
  const { t } = useTranslation('people')
  const { t: tc } = useTranslation()
  const me = useMe()
  const { personId } = personRoute.useParams()
  const { data: person, error, refetch } = useQuery(getPersonOptions({ path: { id: personId } }))

  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!person) return <PendingRows />
  const isMine = person.id === me.id
  const isMyTeam = me.side === 'sales' && me.lead && me.team !== undefined && me.team.id === person.team?.id
  const seesShares = isMyTeam || me.admin || (me.side === 'marketing' && me.lead)
  const facts = [person.title, person.team?.name, tc(`side.${person.side}`)].filter(Boolean).join(' · ')
  return (
    <article className={classes.person}>
      <PersonAvatar person={person} size={88} />
      <div>
        <PageHeader
          title={person.name}
          lead={facts}
          above={<LinkAnchor to="/people">{t('person.back')}</LinkAnchor>}
          badge={
            <>
              {person.lead && <ToneBadge tone="accent">{tc('role.lead')}</ToneBadge>}
              {person.admin && <ToneBadge tone="neutral">{tc('role.admin')}</ToneBadge>}
            </>
          }
        >
          {!isMine && seesShares && (
            <LinkButton to="/shares" search={{ owner: person.id, scope: isMyTeam ? 'team' : 'all' }} variant="default">
              {t('person.shares')}
            </LinkButton>
          )}
          {isMine && (
            <LinkButton to="/settings" variant="default">
              {t('person.edit')}
            </LinkButton>
          )}
        </PageHeader>
        {person.bio ? (
          <p className={`reading ${classes.bio}`}>{person.bio}</p>
        ) : (
          <Text c="dimmed">{t('person.noBio')}</Text>
        )}
        <Text size="sm" c="dimmed" mt="lg">
          {t('person.joined', { date: formatDate(person.created_at) })}
          {/^https:\/\//.test(person.linkedin_url) && (
            <>
              {' · '}
              <Anchor href={person.linkedin_url} target="_blank" rel="noopener noreferrer" size="sm">
                {t('person.linkedin')}
              </Anchor>
            </>
          )}
        </Text>
        {(isMine || isMyTeam || me.admin) && (
          <section className={classes.numbers}>
            <h2>{t('person.numbers')}</h2>
            <p>{t('person.numbersHint')}</p>
            <PersonNumbers personId={person.id} days={90} isMine={isMine} />
          </section>
        )}
      </div>
    </article>
  )
}
