import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '@/shared/router/routes'
import { oneOf, text } from '@/shared/router/search'

export const ownViews = ['waiting', 'ready', 'shared', 'past'] as const
export const postStates = ['writing', 'offered', 'sealed', 'shared', 'declined', 'expired', 'recalled'] as const
export const postScopes = ['written', 'mine'] as const

interface PostsSearch {
  /** One part of one's own inbox. */
  view?: (typeof ownViews)[number]
  /** For marketing: posts in this state, of this owner, written by oneself or owned by oneself. */
  state?: (typeof postStates)[number]
  owner?: string
  scope?: (typeof postScopes)[number]
}

interface NewPostSearch {
  resource?: string
  owner?: string
}

export const postsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/posts',
  validateSearch: (s: Record<string, unknown>): PostsSearch => ({
    view: oneOf(s.view, ownViews),
    state: oneOf(s.state, postStates),
    owner: text(s.owner),
    scope: oneOf(s.scope, postScopes),
  }),
  component: lazyRouteComponent(() => import('./PostsPage'), 'PostsPage'),
})

export const newPostRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/posts/new',
  validateSearch: (s: Record<string, unknown>): NewPostSearch => ({ resource: text(s.resource), owner: text(s.owner) }),
  component: lazyRouteComponent(() => import('./NewPostPage'), 'NewPostPage'),
})

export const postRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/posts/$postId',
  component: lazyRouteComponent(() => import('./PostPage'), 'PostPage'),
})

export const editPostRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/posts/$postId/edit',
  component: lazyRouteComponent(() => import('./EditPostPage'), 'EditPostPage'),
})

export const postRoutes = [postsRoute, newPostRoute, postRoute, editPostRoute] as const
