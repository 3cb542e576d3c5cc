import { Text } from '@mantine/core'
import { IconFileAlert } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listLeavingFilesOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { LeavingFile } from '@/shared/api/generated/types.gen'
import classes from './LeavingFiles.module.css'

/** How many are named without being asked for. */
const named = 2

/** Which files the recipient cannot download as they are, and why: said before the share is made. */
export function LeavingFiles({ resources, set }: { resources: { id: string }[]; set?: { id: string } }) {
  const { t } = useTranslation('shares')
  const query = set ? { collection_id: set.id } : { resource: resources.map((r) => r.id) }
  const { data } = useQuery(listLeavingFilesOptions({ query }))
  const files = data?.items ?? []
  if (files.length === 0) return null
  return (
    <div className={classes.box} role="note" aria-label={t('leaving.label')}>
      <IconFileAlert size={18} aria-hidden className={classes.icon} />
      {files.length <= named ? (
        <Files files={files} />
      ) : (
        <details>
          <summary className={classes.summary}>{t('leaving.many', { count: files.length })}</summary>
          <Files files={files} />
        </details>
      )}
    </div>
  )
}

function Files({ files }: { files: LeavingFile[] }) {
  return (
    <ul className={classes.list}>
      {files.map((f) => (
        <li key={`${f.resource_id} ${f.name}`}>
          <Text size="sm" span fw={500} className={classes.name}>
            {f.name}
          </Text>
          <Text size="xs" c="dimmed">
            {f.note}
          </Text>
        </li>
      ))}
    </ul>
  )
}
