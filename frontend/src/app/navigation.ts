import {
  IconBooks,
  IconBulb,
  IconCalendar,
  IconChartBar,
  IconHome,
  IconLayoutKanban,
  IconShare,
  IconSpeakerphone,
  IconUsers,
} from '@tabler/icons-react'
import type { Person } from '@/shared/api/generated/types.gen'

export interface NavItem {
  to: '/' | '/ideas' | '/drafts' | '/calendar' | '/posts' | '/library' | '/insights' | '/shares' | '/people'
  label: 'home' | 'ideas' | 'board' | 'calendar' | 'posts' | 'myPosts' | 'library' | 'insights' | 'shares' | 'people'
  icon: typeof IconHome
  /** Second key of the jump: "g" then this. */
  key: string
}

const home: NavItem = { to: '/', label: 'home', icon: IconHome, key: 'h' }
const ideas: NavItem = { to: '/ideas', label: 'ideas', icon: IconBulb, key: 'i' }
const board: NavItem = { to: '/drafts', label: 'board', icon: IconLayoutKanban, key: 'b' }
const calendar: NavItem = { to: '/calendar', label: 'calendar', icon: IconCalendar, key: 'k' }
const posts: NavItem = { to: '/posts', label: 'posts', icon: IconSpeakerphone, key: 'p' }
const library: NavItem = { to: '/library', label: 'library', icon: IconBooks, key: 'l' }
const insights: NavItem = { to: '/insights', label: 'insights', icon: IconChartBar, key: 'n' }
const shares: NavItem = { to: '/shares', label: 'shares', icon: IconShare, key: 's' }
const people: NavItem = { to: '/people', label: 'people', icon: IconUsers, key: 'e' }

/** Each side's daily places first; a rep works on drafts as an invited contributor, from Home. */
export function navigationOf(me: Person): { main: NavItem[]; more: NavItem[] } {
  const main =
    me.side === 'sales'
      ? [home, ideas, { ...posts, label: 'myPosts' as const }, calendar, library, insights]
      : [home, board, calendar, ideas, posts, library, insights]
  return { main, more: [shares, people] }
}
