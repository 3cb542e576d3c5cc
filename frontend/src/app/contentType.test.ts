import { expect, it } from 'vitest'
import '@/features/drafts/i18n'
import '@/features/ideas/i18n'
import { i18n } from '@/shared/i18n'
import common from '@/shared/i18n/en.json'

it('calls a type of content by the same word on the board, in ideas and in the library', () => {
  for (const type of ['blog_post', 'case_study', 'email_template', 'social_post'] as const) {
    expect(i18n.t(`drafts:type.${type}`)).toBe(common.contentType[type])
    expect(i18n.t(`ideas:type.${type}`)).toBe(common.contentType[type])
  }
})
