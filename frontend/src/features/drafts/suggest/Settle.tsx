import './i18n'
import { ActionIcon } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import type { Editor } from '@tiptap/core'
import { useTranslation } from 'react-i18next'
import type { Found } from '@/shared/editor/suggest/list'
import classes from './Suggest.module.css'

interface SettleProps {
  editor: Editor
  one: Found
  /** Only suggests: takes their own back, and no more. */
  isFixed: boolean
  me: string
}

/** Accept and reject one suggestion. */
export function Settle({ editor, one, isFixed, me }: SettleProps) {
  const { t } = useTranslation('suggest')
  const run = (action: 'accept' | 'reject') => editor.chain().resolveSuggestions(action, [one.key]).run()
  const words = one.inserted.trim() || one.deleted.trim()
  const reject = t(isFixed ? 'withdraw' : 'reject', { words })
  return (
    <>
      {!isFixed && (
        <ActionIcon
          className={classes.button}
          variant="light"
          color="teal"
          aria-label={t('accept', { words })}
          title={t('accept', { words })}
          onClick={() => run('accept')}
        >
          <IconCheck size={16} />
        </ActionIcon>
      )}
      {(!isFixed || one.by === me) && (
        <ActionIcon
          className={classes.button}
          variant="default"
          aria-label={reject}
          title={reject}
          onClick={() => run('reject')}
        >
          <IconX size={16} />
        </ActionIcon>
      )}
    </>
  )
}
