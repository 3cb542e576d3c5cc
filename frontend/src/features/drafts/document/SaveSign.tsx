import { IconCheck, IconCloudOff, IconEye, IconLoader2, IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useStore } from '@/shared/lib/store'
import classes from './Document.module.css'
import type { DocumentTransport } from './transport'

const icons = {
  connecting: IconLoader2,
  saved: IconCheck,
  saving: IconLoader2,
  offline: IconCloudOff,
  reading: IconEye,
  ended: IconPlugConnectedX,
}

/** Says quietly where the text is. */
export function SaveSign({ transport }: { transport: DocumentTransport }) {
  const { t } = useTranslation('drafts')
  const status = useStore(transport.status)
  const Icon = icons[status.kind]
  const word = status.kind === 'offline' && !status.isKept ? 'offlineLost' : status.kind
  return (
    <span className={classes.sign} data-kind={status.kind} role="status">
      <Icon size={15} aria-hidden />
      {t(`text.status.${word}`)}
    </span>
  )
}
