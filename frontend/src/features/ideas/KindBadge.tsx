import './i18n'
import { IconBulb, IconClipboardText, IconQuote } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Idea } from '@/shared/api/generated/types.gen'
import classes from './KindBadge.module.css'

const icons = { idea: IconBulb, request: IconClipboardText, story: IconQuote }

export function KindBadge({ kind }: { kind: Idea['kind'] }) {
  const { t } = useTranslation('ideas')
  const Icon = icons[kind]
  return (
    <span className={classes.kind}>
      <Icon size={14} stroke={1.7} aria-hidden />
      {t(`kind.${kind}`)}
    </span>
  )
}
