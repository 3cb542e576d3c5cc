import { ActionIcon } from '@mantine/core'
import { IconFileDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ActionMenu } from '@/shared/ui/ActionMenu'
import classes from './ResourceActions.module.css'

const formats = ['docx', 'html', 'markdown'] as const

/** The text of a resource as a file. */
export function DownloadText({ resourceId }: { resourceId: string }) {
  const { t } = useTranslation('library')
  const download = (format: string) => {
    const link = document.createElement('a')
    link.href = `/api/v1/resources/${resourceId}/export?format=${format}`
    link.download = ''
    link.click()
  }
  return (
    <ActionMenu
      position="bottom-end"
      target={
        <ActionIcon variant="default" size={36} className={classes.icon} aria-label={t('downloadText.label')}>
          <IconFileDownload size={17} stroke={1.7} />
        </ActionIcon>
      }
      actions={formats.map((format) => ({
        key: format,
        label: t(`downloadText.${format}`),
        onClick: () => download(format),
      }))}
    />
  )
}
