import {
  IconBooks,
  IconBulb,
  IconFileText,
  IconPackage,
  IconShare,
  IconSpeakerphone,
  IconUser,
} from '@tabler/icons-react'

const icons = {
  idea: IconBulb,
  draft: IconFileText,
  post: IconSpeakerphone,
  resource: IconBooks,
  share: IconShare,
  transfer: IconPackage,
  user: IconUser,
}

/** The sign of a kind of thing; says nothing that words beside it do not say. */
export function ThingIcon({ type, size = 18 }: { type: string; size?: number }) {
  const Icon = icons[type as keyof typeof icons] ?? IconBulb
  return <Icon size={size} stroke={1.6} aria-hidden />
}
