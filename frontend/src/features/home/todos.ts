import type { Draft, Home, Idea, Post, Resource } from '@/shared/api/generated/types.gen'

export type TodoKind =
  | 'approve'
  | 'offered'
  | 'returned'
  | 'step'
  | 'overdue'
  | 'sealed'
  | 'declined'
  | 'triage'
  | 'review'

interface Base {
  /** Type and id of the thing: no two lines of the list are about the same. */
  key: string
  id: string
  title: string
  since: string
}

export type Todo = Base &
  (
    | { kind: 'offered' | 'sealed' | 'declined'; type: 'post'; thing: Post }
    | { kind: 'approve' | 'returned' | 'step' | 'overdue'; type: 'draft'; thing: Draft }
    | { kind: 'triage'; type: 'idea'; thing: Idea }
    | { kind: 'review'; type: 'resource'; thing: Resource }
  )

/** The first line of a post, or what it is about. */
export function titleOfPost(post: Post): string {
  const line = post.text.trim().split('\n')[0] ?? ''
  return line || post.resource_title
}

const ofPost =
  (kind: 'offered' | 'sealed' | 'declined', since: (post: Post) => string) =>
  (post: Post): Todo => ({
    kind,
    type: 'post',
    key: `post ${post.id}`,
    id: post.id,
    title: titleOfPost(post),
    since: since(post),
    thing: post,
  })

const ofDraft =
  (kind: 'approve' | 'returned' | 'step' | 'overdue') =>
  (draft: Draft): Todo => ({
    kind,
    type: 'draft',
    key: `draft ${draft.id}`,
    id: draft.id,
    title: draft.title,
    since: draft.state_changed_at,
    thing: draft,
  })

const ofIdea = (idea: Idea): Todo => ({
  kind: 'triage',
  type: 'idea',
  key: `idea ${idea.id}`,
  id: idea.id,
  title: idea.title,
  since: idea.created_at,
  thing: idea,
})

const ofResource = (resource: Resource): Todo => ({
  kind: 'review',
  type: 'resource',
  key: `resource ${resource.id}`,
  id: resource.id,
  title: resource.title,
  since: resource.verified_at ?? resource.published_at ?? resource.created_at,
  thing: resource,
})

/** What needs somebody: others waiting first, each thing once, under its most pressing reason. */
export function todosOf(home: Home): Todo[] {
  const all = [
    ...home.waiting.map(ofDraft('approve')),
    ...home.offered.map(ofPost('offered', (p) => p.updated_at)),
    ...home.returned.map(ofDraft('returned')),
    ...home.steps.map(ofDraft('step')),
    ...home.overdue.map(ofDraft('overdue')),
    ...home.review.map(ofResource),
    ...home.declined.map(ofPost('declined', (p) => p.updated_at)),
    ...home.sealed.map(ofPost('sealed', (p) => p.sealed_at ?? p.updated_at)),
    ...home.triage.map(ofIdea),
  ]
  const seen = new Set<string>()
  return all.filter(({ key }) => !seen.has(key) && seen.add(key))
}

/** Drafts on which somebody works and that the list of things to do does not hold already. */
export function otherDrafts(home: Home, todos: Todo[]): Draft[] {
  const keys = new Set(todos.map((todo) => todo.key))
  return home.writing.filter((draft) => !keys.has(`draft ${draft.id}`))
}

export function partOfDay(hour: number): 'morning' | 'afternoon' | 'evening' {
  if (hour >= 5 && hour < 12) return 'morning'
  return hour >= 12 && hour < 18 ? 'afternoon' : 'evening'
}
