import { Button, FileButton, Group, Input, Text } from '@mantine/core'
import { IconPhotoPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/shared/api/problem'
import { useMe } from '@/shared/session/session'
import { startUpload, uploaded } from '@/shared/uploads/uploads'

interface MediaFieldProps {
  value: string | null
  onChange: (assetId: string | null) => void
}

/** A picture or video, uploaded here; the post's own copy is checked and named by its hash in the seal. */
export function MediaField({ value, onChange }: MediaFieldProps) {
  const { t } = useTranslation('posts')
  const me = useMe()
  const upload = useMutation({
    mutationFn: (file: File) => uploaded(startUpload(file, { userId: me.id, isQuiet: true })),
    onSuccess: (asset) => onChange(asset.id),
  })
  return (
    <Input.Wrapper label={t('field.media')} description={t('field.mediaHint')} labelElement="div">
      <Group gap="xs" mt={2}>
        <FileButton
          accept="image/png,image/jpeg,image/webp,image/gif,video/mp4,video/webm"
          onChange={(file) => file && upload.mutate(file)}
        >
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconPhotoPlus size={16} />} loading={upload.isPending}>
              {value ? t('field.mediaReplace') : t('field.mediaChoose')}
            </Button>
          )}
        </FileButton>
        {value && (
          <Button variant="subtle" color="gray" onClick={() => onChange(null)}>
            {t('field.mediaRemove')}
          </Button>
        )}
      </Group>
      {upload.isError && (
        <Text size="sm" c="var(--mantine-color-error)" mt={4} role="alert">
          {messageOf(upload.error)}
        </Text>
      )}
    </Input.Wrapper>
  )
}
