import type { Editor } from '@tiptap/core'
import { useTranslation } from 'react-i18next'
import classes from './Suggest.module.css'
import { useLeftOut } from './useLeftOut'

/** Says what was not taken as a suggestion, so that nothing is dropped without a word. */
export function LeftOutNote({ editor }: { editor: Editor }) {
  const { t } = useTranslation('suggest')
  const left = useLeftOut(editor)
  return (
    <p role="status" className={classes.left}>
      {left && t(`leftOut.${left}`)}
    </p>
  )
}
