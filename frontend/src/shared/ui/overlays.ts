import { createStore } from '@/shared/lib/store'

interface SharedThing {
  id: string
  title: string
}

/** A set of resources, and what of it may leave. */
export interface SharedSet {
  id: string
  title: string
  count: number
  /** How many stay here, because they are internal or out of use. */
  withheld: number
}

/** The page of a file at which a share opens. */
export interface SharedPlace {
  asset: string
  page: number
}

/** Dialogs that any page may open; src/app/Overlays.tsx draws them from their features. */
export type Overlay =
  | { name: 'search'; query?: string }
  | { name: 'newIdea'; title?: string }
  | { name: 'keys' }
  | { name: 'share'; resources: SharedThing[]; at?: SharedPlace; set?: SharedSet }

export const overlay = createStore<Overlay | undefined>(undefined)

export const openSearch = (query?: string) => overlay.set({ name: 'search', query })
/** Quick capture of an idea; a search that found nothing passes its words as the title. */
export const openNewIdea = (title?: string) => overlay.set({ name: 'newIdea', title })
/** Shares resources with somebody outside. */
export const openShare = (resources: SharedThing[], at?: SharedPlace) => overlay.set({ name: 'share', resources, at })
export const openShareOf = (set: SharedSet) => overlay.set({ name: 'share', resources: [], set })
export const openKeys = () => overlay.set({ name: 'keys' })
export const closeOverlay = () => overlay.set(undefined)
