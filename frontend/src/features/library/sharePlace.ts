import { createContext } from 'react'

/** Shares what is looked at, opened at one of its pages; nothing where it may not be shared. */
export const SharePlace = createContext<((page: number) => void) | undefined>(undefined)
