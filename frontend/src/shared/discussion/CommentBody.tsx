import { useQueries } from '@tanstack/react-query'
import { getPersonOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { LinkAnchor } from '@/shared/ui/links'
import { splitMentions } from './mentions'

interface CommentBodyProps {
  text: string
  /** Ids of the people named in it. */
  mentions: string[]
}

/** The words of a comment; names of people lead to their pages. */
export function CommentBody({ text, mentions }: CommentBodyProps) {
  const people = useQueries({
    queries: mentions.map((id) => ({ ...getPersonOptions({ path: { id } }), staleTime: 300_000 })),
    combine: (results) => results.flatMap((r) => r.data ?? []),
  })
  let at = 0
  return splitMentions(text, people).map((part) => {
    const key = at++
    if (typeof part === 'string') return part
    return (
      <LinkAnchor key={key} to="/people/$personId" params={{ personId: part.person.id }} fw={550}>
        {part.words}
      </LinkAnchor>
    )
  })
}
