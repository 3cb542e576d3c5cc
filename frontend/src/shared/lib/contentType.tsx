import {
  IconArticle,
  IconBook2,
  IconCalendarEvent,
  IconFileText,
  IconHeadphones,
  IconMail,
  IconNotebook,
  IconPhoto,
  IconPresentation,
  IconRocket,
  IconShare3,
  IconSwords,
  IconTrophy,
  IconVideo,
} from '@tabler/icons-react'
import { i18n } from '@/shared/i18n'
import type common from '@/shared/i18n/en.json'

export type ContentType = keyof (typeof common)['contentType']

export const contentTypes: Record<ContentType, typeof IconArticle> = {
  blog_post: IconArticle,
  case_study: IconTrophy,
  one_pager: IconFileText,
  deck: IconPresentation,
  email_template: IconMail,
  battlecard: IconSwords,
  video: IconVideo,
  audio_story: IconHeadphones,
  social_post: IconShare3,
  guide: IconBook2,
  playbook: IconNotebook,
  release: IconRocket,
  event: IconCalendarEvent,
  image: IconPhoto,
  document: IconFileText,
}

function isContentType(value: string): value is ContentType {
  return value in contentTypes
}

const names = new Map<string, string>()

/** Takes over the names that the leads of marketing gave the types. */
export function nameContentTypes(types: { key: string; name: string }[]): void {
  for (const { key, name } of types) names.set(key, name)
}

/** "Case study"; a type that nobody named stays as it is. */
export function contentTypeLabel(value: string): string {
  const name = names.get(value)
  if (name) return name
  return isContentType(value) ? i18n.t(`contentType.${value}`) : value
}

export function contentTypeIcon(value: string): typeof IconArticle {
  return isContentType(value) ? contentTypes[value] : IconFileText
}
