import { ActionIcon } from '@mantine/core'
import { IconShare } from '@tabler/icons-react'
import { createContext, useContext } from 'react'
import { useTranslation } from 'react-i18next'

/** Shares what is looked at, opened at one of its pages; nothing where it may not be shared. */
export const SharePlace = createContext<((page: number) => void) | undefined>(undefined)

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
