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

function number(value: unknown): number | undefined {
  const n = Number(value)
  return Number.isInteger(n) && n > 0 && n <= 1_000_000 ? n : undefined
}

/** Where in a resource: a page of a file, or a second of a film, and the words to be marked there. */
interface ResourceSearch {
  file?: string
  page?: number
  t?: number
  mark?: string
  /** The version that was there when the link was made. */
  version?: number
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
      version: number(search.version),
    }
  },
  component: lazyRouteComponent(() => import('./ResourcePage'), 'ResourcePage'),
})

/** Which two versions, which of their files, and whether pages that are the same are shown too. */
export interface VersionsSearch {
  from?: number
  to?: number
  file?: string
  all?: true
}

export const versionsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/library/$resourceId/versions',
  validateSearch: (search: Record<string, unknown>): VersionsSearch => ({
    from: number(search.from),
    to: number(search.to),
    file: text(search.file),
    all: flag(search.all),
  }),
  component: lazyRouteComponent(() => import('./versions/VersionsPage'), 'VersionsPage'),
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
  versionsRoute,
  resourceRoute,
] as const
