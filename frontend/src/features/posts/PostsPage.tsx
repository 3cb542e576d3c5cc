import './i18n'
import '@/shared/insights/i18n'
import { isMarketer, useMe } from '@/shared/session/session'
import { Inbox } from './Inbox'
import { usePostKeys } from './usePostKeys'
import { WrittenPosts } from './WrittenPosts'

/** A rep's inbox; for marketing the posts that they wrote. */
export function PostsPage() {
  const me = useMe()
  usePostKeys()
  return isMarketer(me) ? <WrittenPosts /> : <Inbox />
}
