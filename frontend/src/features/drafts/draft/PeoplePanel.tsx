import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft, PersonRef } from '@/shared/api/generated/types.gen'
import { lazyPart } from '@/shared/lib/lazyPart'
import { LinkAnchor } from '@/shared/ui/links'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { StateBadge } from '@/shared/ui/StateBadge'
import { useIdeas } from '../useIdeas'
import classes from './Rail.module.css'
import { StepsPanel } from './StepsPanel'

const SuggestersLine = lazyPart(() => import('../suggest/SuggestersLine').then((m) => m.SuggestersLine))
const ChecklistPanel = lazyPart(() => import('./ChecklistPanel').then((m) => m.ChecklistPanel))
const OutsidePanel = lazyPart(() => import('../outside/OutsidePanel').then((m) => m.OutsidePanel))

/** Who is on it, when it is due, and the ideas that it comes from. */
export function PeoplePanel({ draft }: { draft: Draft }) {
  const { t } = useTranslation('drafts')
  const { brief = {}, people } = draft
  const named = (ids: string[]) => people.filter((p) => ids.includes(p.id))
  const ideas = useIdeas(draft.ideas)
  return (
    <div className={classes.panel}>
      <h2>{t('rail.people')}</h2>
      <PersonLines title={t('rail.writer')} people={[draft.writer]} />
      <PersonLines title={t('rail.contributors')} people={named(draft.contributors)} />
      <Suspense>
        <SuggestersLine draft={draft} />
      </Suspense>
      <PersonLines title={t('rail.approvers')} people={named(draft.approvers)} />
      <PersonLines title={t('rail.expert')} people={named(brief.expert_id ? [brief.expert_id] : [])} />
      {draft.confidential && <p className={classes.words}>{t('rail.confidential')}</p>}
      <StepsPanel draft={draft} />
      <Suspense>
        <ChecklistPanel draft={draft} />
      </Suspense>
      {draft.allowed.includes('invite') && (
        <Suspense>
          <OutsidePanel draft={draft} />
        </Suspense>
      )}
      <h2>{t('rail.ideas')}</h2>
      {ideas.length === 0 && <p className={classes.words}>{t('rail.noIdeas')}</p>}
      <ul className={classes.ideas}>
        {ideas.map((idea) => (
          <li key={idea.id}>
            <StateBadge state={idea.state} isCompact />
            <LinkAnchor to="/ideas/$ideaId" params={{ ideaId: idea.id }} size="sm" c="inherit">
              {idea.title}
            </LinkAnchor>
          </li>
        ))}
      </ul>
    </div>
  )
}

function PersonLines({ title, people }: { title: string; people: PersonRef[] }) {
  if (people.length === 0) return null
  return (
    <div className={classes.line}>
      <span className={classes.role}>{title}</span>
      <ul className={classes.persons}>
        {people.map((person) => (
          <li key={person.id}>
            <PersonAvatar person={person} size={22} />
            <LinkAnchor to="/people/$personId" params={{ personId: person.id }} size="sm" c="inherit">
              {person.name}
            </LinkAnchor>
          </li>
        ))}
      </ul>
    </div>
  )
}
