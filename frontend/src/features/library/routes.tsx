import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '@/shared/router/routes'
import { flag, oneOf, text } from '@/shared/router/search'
import { parseLibrarySearch } from './search'

export const libraryRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/library',
  validateSearch: parseLibrarySearch,
  component: lazyRouteComponent(() => import('./LibraryPage'), 'LibraryPage'),
})

/** Where in a resource: a page of a file, or a second of a film, and the words to be marked there. */
interface ResourceSearch {
  file?: string
  page?: number
  t?: number
  mark?: string
}

export const resourceRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/library/$resourceId',
  validateSearch: (search: Record<string, unknown>): ResourceSearch => {
    const page = Number(search.page)
    const second = Number(search.t ?? Number.NaN)
    return {
      file: text(search.file),
      page: Number.isInteger(page) && page > 0 ? page : undefined,
      t: second >= 0 && second < 1e6 ? Math.floor(second) : undefined,
      mark: text(search.mark)?.slice(0, 200),
    }
  },
  component: lazyRouteComponent(() => import('./ResourcePage'), 'ResourcePage'),
})

export const reviewBoardRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/library/review',
  validateSearch: (search: Record<string, unknown>): { mine?: true } => ({ mine: flag(search.mine) }),
  component: lazyRouteComponent(() => import('./ReviewBoardPage'), 'ReviewBoardPage'),
})

export const checkKinds = ['same_file', 'near_text', 'dead_link', 'no_owner', 'no_tags'] as const

export const checksRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/library/checks',
  validateSearch: (search: Record<string, unknown>): { kind?: (typeof checkKinds)[number] } => ({
    kind: oneOf(search.kind, checkKinds),
  }),
  component: lazyRouteComponent(() => import('./checks/ChecksPage'), 'ChecksPage'),
})

export const collectionsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/library/collections',
  component: lazyRouteComponent(() => import('./collections/CollectionsPage'), 'CollectionsPage'),
})

export const collectionRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/library/collections/$collectionId',
  component: lazyRouteComponent(() => import('./collections/CollectionPage'), 'CollectionPage'),
})

export const libraryRoutes = [
  libraryRoute,
  reviewBoardRoute,
  checksRoute,
  collectionsRoute,
  collectionRoute,
  resourceRoute,
] as const
