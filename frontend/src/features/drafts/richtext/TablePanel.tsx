import { ActionIcon, Tooltip } from '@mantine/core'
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
import type { ChainedCommands, Editor } from '@tiptap/core'
import { useTranslation } from 'react-i18next'
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

const tools: [Tool, typeof IconTableOff, (chain: ChainedCommands) => ChainedCommands][] = [
  ['rowAbove', IconRowInsertTop, (c) => c.addRowBefore()],
  ['rowBelow', IconRowInsertBottom, (c) => c.addRowAfter()],
  ['columnBefore', IconColumnInsertLeft, (c) => c.addColumnBefore()],
  ['columnAfter', IconColumnInsertRight, (c) => c.addColumnAfter()],
  ['header', IconTableRow, (c) => c.toggleHeaderRow()],
  ['deleteRow', IconRowRemove, (c) => c.deleteRow()],
  ['deleteColumn', IconColumnRemove, (c) => c.deleteColumn()],
  ['deleteTable', IconTableOff, (c) => c.deleteTable()],
]

/** Rows and columns of the table in which the caret is. */
export function TablePanel({ editor }: { editor: Editor }) {
  const { t } = useTranslation('richtext')
  return (
    <div className={classes.panel} role="toolbar" aria-label={t('rows.panel')}>
      {tools.map(([name, Icon, run]) => (
        <Tooltip key={name} label={t(`rows.${name}`)}>
          <ActionIcon
            variant="subtle"
            color={name.startsWith('delete') ? 'red' : 'gray'}
            aria-label={t(`rows.${name}`)}
            onMouseDown={(event) => event.preventDefault()} // the caret stays in the table
            onClick={() => run(editor.chain().focus()).run()}
          >
            <Icon size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  )
}
