import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '@/shared/router/routes'

export const postsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/posts',
  component: lazyRouteComponent(() => import('./PostsPage'), 'PostsPage'),
})

export const postRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/posts/$postId',
  component: lazyRouteComponent(() => import('./PostPage'), 'PostPage'),
})

export const postRoutes = [postsRoute, postRoute] as const
