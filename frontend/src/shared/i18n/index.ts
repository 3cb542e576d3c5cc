import i18n from 'i18next'
import { initReactI18next } from 'react-i18next'
import en from './en.json'
import type { Messages } from './messages'

void i18n.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  ns: ['common'],
  defaultNS: 'common',
  resources: { en: { common: en } },
  interpolation: { escapeValue: false }, // React escapes
})

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: Messages
  }
}

/** Adds a feature's texts; called at the top of its i18n.ts, so they travel in the chunk of the feature. */
export function addMessages<N extends keyof Messages>(namespace: N, texts: Messages[N]): void {
  i18n.addResourceBundle('en', namespace, texts, true, true)
}

export { i18n }
