import { Button, FileButton, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Person } from '@/shared/api/generated/types.gen'
import { messageOf } from '@/shared/api/problem'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { startUpload, uploaded } from '@/shared/uploads/uploads'

interface ProfilePictureProps {
  person: Person
  /** Gets the asset of the new picture; undefined for none. */
  onChange: (assetId: string | undefined) => void
}

const largest = 10_000_000

export function ProfilePicture({ person, onChange }: ProfilePictureProps) {
  const { t } = useTranslation('settings')
  const upload = useMutation({
    mutationFn: (file: File) => {
      if (file.size > largest) throw new Error(t('picture.tooLarge'))
      return uploaded(startUpload(file, { userId: person.id, isQuiet: true }))
    },
    onSuccess: (asset) => onChange(asset.id),
  })
  return (
    <Group>
      <PersonAvatar key={person.picture_url} person={person} size={72} />
      <Stack gap={6}>
        <Group gap="xs">
          <FileButton
            accept="image/png,image/jpeg,image/webp,image/gif"
            onChange={(file) => file && upload.mutate(file)}
          >
            {(props) => (
              <Button {...props} variant="default" size="xs" loading={upload.isPending}>
                {t('picture.choose')}
              </Button>
            )}
          </FileButton>
          {person.picture_url && (
            <Button variant="subtle" color="gray" size="xs" onClick={() => onChange(undefined)}>
              {t('picture.remove')}
            </Button>
          )}
        </Group>
        <Text
          size="xs"
          c={upload.isError ? 'var(--mantine-color-error)' : 'dimmed'}
          role={upload.isError ? 'alert' : undefined}
        >
          {upload.isError ? upload.error.message || messageOf(upload.error) : t('picture.hint')}
        </Text>
      </Stack>
    </Group>
  )
}
