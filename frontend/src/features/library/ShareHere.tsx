import { ActionIcon } from '@mantine/core'
import { IconShare } from '@tabler/icons-react'
import { useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { SharePlace } from './sharePlace'

/** Hands on the page that one has found. */
export function ShareHere({ page }: { page: number }) {
  const { t } = useTranslation('library')
  const share = useContext(SharePlace)
  if (!share) return null
  return (
    <ActionIcon size={34} variant="light" aria-label={t('share.page', { page })} onClick={() => share(page)}>
      <IconShare size={17} stroke={1.8} />
    </ActionIcon>
  )
}
