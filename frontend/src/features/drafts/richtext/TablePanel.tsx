import { ActionIcon } from '@mantine/core'
import {
  IconColumnInsertLeft,
  IconColumnInsertRight,
  IconColumnRemove,
  IconRowInsertBottom,
  IconRowInsertTop,
  IconRowRemove,
  IconTableOff,
  IconTableRow,
} from '@tabler/icons-react'
import type { Editor } from '@tiptap/core'
import type { Command } from '@tiptap/pm/state'
import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  deleteColumn,
  deleteRow,
  deleteTable,
  toggleHeaderRow,
} from '@tiptap/pm/tables'
import { useTranslation } from 'react-i18next'
import { Tip } from '@/shared/ui/Tip'
import classes from './Richtext.module.css'

type Tool =
  | 'rowAbove'
  | 'rowBelow'
  | 'columnBefore'
  | 'columnAfter'
  | 'header'
  | 'deleteRow'
  | 'deleteColumn'
  | 'deleteTable'

const tools: [Tool, typeof IconTableOff, Command][] = [
  ['rowAbove', IconRowInsertTop, addRowBefore],
  ['rowBelow', IconRowInsertBottom, addRowAfter],
  ['columnBefore', IconColumnInsertLeft, addColumnBefore],
  ['columnAfter', IconColumnInsertRight, addColumnAfter],
  ['header', IconTableRow, toggleHeaderRow],
  ['deleteRow', IconRowRemove, deleteRow],
  ['deleteColumn', IconColumnRemove, deleteColumn],
  ['deleteTable', IconTableOff, deleteTable],
]

/** Rows and columns of the table in which the caret is. */
export function TablePanel({ editor }: { editor: Editor }) {
  const { t } = useTranslation('richtext')
  return (
    <div className={classes.panel} role="toolbar" aria-label={t('rows.panel')}>
      {tools.map(([name, Icon, run]) => (
        <Tip key={name} label={t(`rows.${name}`)}>
          <ActionIcon
            variant="subtle"
            color={name.startsWith('delete') ? 'red' : 'gray'}
            aria-label={t(`rows.${name}`)}
            onMouseDown={(event) => event.preventDefault()} // the caret stays in the table
            onClick={() => {
              run(editor.state, editor.view.dispatch)
              editor.view.focus()
            }}
          >
            <Icon size={18} stroke={1.7} />
          </ActionIcon>
        </Tip>
      ))}
    </div>
  )
}
