import type { Person } from '@/shared/api/generated/types.gen'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'

interface ProfilePictureProps {
  person: Person
  /** Gets the asset of the new picture; undefined for none. */
  onChange: (assetId: string | undefined) => void
}

export function ProfilePicture({ person }: ProfilePictureProps) {
  return <PersonAvatar person={person} size={72} />
}
