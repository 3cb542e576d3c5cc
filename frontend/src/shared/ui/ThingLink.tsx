import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

interface ThingLinkProps {
  /** "idea", "draft", "post", "resource", "share", "transfer" or "user", as activities name them. */
  type: string
  id: string
  /** Of a draft: comments in its text. */
  thread?: string
  className?: string
  onClick?: () => void
  children: ReactNode
}

/** A link to whatever an activity or notification is about; plain words when there is no page for it. */
export function ThingLink({ type, id, thread, children, ...props }: ThingLinkProps) {
  switch (type) {
    case 'idea':
      return (
        <Link to="/ideas/$ideaId" params={{ ideaId: id }} {...props}>
          {children}
        </Link>
      )
    case 'draft':
      return (
        <Link to="/drafts/$draftId" params={{ draftId: id }} search={{ thread }} {...props}>
          {children}
        </Link>
      )
    case 'post':
      return (
        <Link to="/posts/$postId" params={{ postId: id }} {...props}>
          {children}
        </Link>
      )
    case 'resource':
      return (
        <Link to="/library/$resourceId" params={{ resourceId: id }} {...props}>
          {children}
        </Link>
      )
    case 'share':
      return (
        <Link to="/shares/$shareId" params={{ shareId: id }} {...props}>
          {children}
        </Link>
      )
    case 'transfer':
      return (
        <Link to="/transfers/$transferId" params={{ transferId: id }} {...props}>
          {children}
        </Link>
      )
    case 'user':
      return (
        <Link to="/people/$personId" params={{ personId: id }} {...props}>
          {children}
        </Link>
      )
    default:
      return <span className={props.className}>{children}</span>
  }
}
