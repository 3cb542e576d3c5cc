import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { getSessionQueryKey } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { SessionInfo } from '@/shared/api/generated/types.gen'
import { noteVisit } from '@/shared/lib/recent'
import classes from './PageHeader.module.css'

interface PageHeaderProps {
  title: string
  /** A sentence below the title: what the page is for. */
  lead?: ReactNode
  /** Above the title: where the page belongs, usually a link back. */
  above?: ReactNode
  /** Beside the title, e.g. a StateBadge. */
  badge?: ReactNode
  /** At the right end: the buttons of the page. */
  children?: ReactNode
  /** Replaces the visible title, for titles that are edited in place; must contain the h1. */
  heading?: ReactNode
  /** On phones the buttons stand beside the title, and the sentence stays away. */
  isTight?: boolean
}

/** Top of every page: sets the document title and holds the h1, which gets the focus when the page opens. */
export function PageHeader({ title, lead, above, badge, children, heading, isTight = false }: PageHeaderProps) {
  useVisit(title)
  const h1 = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // the page came after the navigation had put the focus on the empty main
    if (document.activeElement?.tagName === 'MAIN') h1.current?.focus({ preventScroll: true })
  }, [])
  return (
    <header className={classes.header} data-tight={isTight || undefined}>
      <title>{`${title} · Byline`}</title>
      <div className={classes.words}>
        {above && <div className={classes.above}>{above}</div>}
        <div className={classes.titleRow}>
          {heading ?? (
            <h1 ref={h1} className={classes.title} tabIndex={-1}>
              {title}
            </h1>
          )}
          {badge}
        </div>
        {lead && <p className={classes.lead}>{lead}</p>}
      </div>
      {children && <div className={classes.actions}>{children}</div>}
    </header>
  )
}

/** What was opened last is offered by the search palette. */
function useVisit(title: string) {
  const queryClient = useQueryClient()
  useEffect(() => {
    const me = queryClient.getQueryData<SessionInfo>(getSessionQueryKey())?.user
    if (me) noteVisit(me.id, { path: globalThis.location.pathname, title })
  }, [queryClient, title])
}
