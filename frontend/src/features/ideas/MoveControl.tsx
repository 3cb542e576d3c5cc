import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Idea } from '@/shared/api/generated/types.gen'
import { StateBadge } from '@/shared/ui/StateBadge'
import { MoveDialog } from './MoveDialog'

/** Where marketing may take the idea now, and nowhere else. */
export function MoveControl({ idea }: { idea: Idea }) {
  const { t } = useTranslation('ideas')
  const [to, setTo] = useState<string>()
  if (idea.next_states.length === 0) return null
  return (
    <>
      <Menu position="bottom-start" width={200}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={15} />}>
            {t('move.button')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('move.menu')}</Menu.Label>
          {idea.next_states.map((state) => (
            <Menu.Item key={state} onClick={() => setTo(state)}>
              <StateBadge state={state} />
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {to && <MoveDialog idea={idea} to={to as never} onClose={() => setTo(undefined)} />}
    </>
  )
}
