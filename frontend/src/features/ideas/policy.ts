import type { Idea, Person } from '@/shared/api/generated/types.gen'
import { isMarketer } from '@/shared/session/session'

// What the server allows (internal/ideas), so that no button stands there that it would refuse.

export const canVote = (idea: Idea) => !['declined', 'merged', 'published'].includes(idea.state)

export const canTriage = (me: Person) => isMarketer(me) || me.admin

/** What is searched without success. */
export const canSeeDemand = (me: Person) => isMarketer(me) || me.lead || me.admin

export const canEdit = (idea: Idea, me: Person) =>
  idea.state !== 'merged' && (idea.author.id === me.id || isMarketer(me) || me.admin)

export const canSetVisibility = (idea: Idea, me: Person) => idea.state !== 'merged' && idea.author.id === me.id

export const canMerge = (idea: Idea, me: Person) => idea.state !== 'merged' && canTriage(me)

export const canPlan = (idea: Idea, me: Person) => isMarketer(me) && !['merged', 'declined'].includes(idea.state)
