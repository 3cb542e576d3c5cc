import { calendarRoutes } from '@/features/calendar/routes'
import { draftRoutes } from '@/features/drafts/routes'
import { homeRoutes } from '@/features/home/routes'
import { ideaRoutes } from '@/features/ideas/routes'
import { insightRoutes } from '@/features/insights/routes'
import { libraryRoutes } from '@/features/library/routes'
import { notificationRoutes } from '@/features/notifications/routes'
import { peopleRoutes } from '@/features/people/routes'
import { postRoutes } from '@/features/posts/routes'
import { reviewRoutes } from '@/features/review/routes'
import { searchRoutes } from '@/features/search/routes'
import { publicRoutes } from '@/features/session/routes'
import { settingsRoutes } from '@/features/settings/routes'
import { shareRoutes } from '@/features/shares/routes'
import { taxonomyRoutes } from '@/features/taxonomy/routes'
import { transferRoutes } from '@/features/transfers/routes'
import { appRoute, rootRoute } from '@/shared/router/routes'
import { AppShell } from './AppShell'
import { Root } from './Root'

rootRoute.update({ component: Root })
appRoute.update({ component: AppShell })

export const routeTree = rootRoute.addChildren([
  ...publicRoutes,
  ...reviewRoutes,
  appRoute.addChildren([
    ...homeRoutes,
    ...ideaRoutes,
    ...draftRoutes,
    ...calendarRoutes,
    ...postRoutes,
    ...libraryRoutes,
    ...shareRoutes,
    ...peopleRoutes,
    ...insightRoutes,
    ...searchRoutes,
    ...notificationRoutes,
    ...settingsRoutes,
    ...taxonomyRoutes,
    ...transferRoutes,
  ]),
])
