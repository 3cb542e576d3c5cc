import { addMessages } from '@/shared/i18n'
import en from './en.json'

declare module '@/shared/i18n/messages' {
  interface Messages {
    'search-tell': typeof en
  }
}

addMessages('search-tell', en)
