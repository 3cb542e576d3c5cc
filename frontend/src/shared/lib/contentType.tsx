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

/** "Case study"; a type that this version does not know stays as it is. */
export function contentTypeLabel(value: string): string {
  return isContentType(value) ? i18n.t(`contentType.${value}`) : value
}

export function contentTypeIcon(value: string): typeof IconArticle {
  return isContentType(value) ? contentTypes[value] : IconFileText
}
