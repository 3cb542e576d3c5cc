import type common from './en.json'

/**
 * Namespace -> its texts. A feature adds its own by declaration merging in its i18n.ts:
 *   declare module '@/shared/i18n/messages' { interface Messages { ideas: typeof en } }
 */
export interface Messages {
  common: typeof common
}
