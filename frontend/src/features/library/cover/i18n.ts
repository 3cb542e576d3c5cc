import { addMessages } from '@/shared/i18n'
import en from './en.json'

declare module '@/shared/i18n/messages' {
  interface Messages {
    cover: typeof en
  }
}

addMessages('cover', en)
