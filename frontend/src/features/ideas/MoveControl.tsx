import { Button } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Idea } from '@/shared/api/generated/types.gen'
import { ActionMenu } from '@/shared/ui/ActionMenu'
import { StateBadge } from '@/shared/ui/StateBadge'

const MoveDialog = lazy(() => import('./MoveDialog').then((m) => ({ default: m.MoveDialog })))

/** Where marketing may take the idea now, and nowhere else. */
export function MoveControl({ idea }: { idea: Idea }) {
  const { t } = useTranslation('ideas')
  const [to, setTo] = useState<string>()
  if (idea.next_states.length === 0) return null
  return (
    <>
      <ActionMenu
        position="bottom-start"
        width={200}
        title={t('move.menu')}
        target={
          <Button variant="default" rightSection={<IconChevronDown size={15} />}>
            {t('move.button')}
          </Button>
        }
        actions={idea.next_states.map((state) => ({
          key: state,
          label: <StateBadge state={state} />,
          onClick: () => setTo(state),
        }))}
      />
      <Suspense>{to && <MoveDialog idea={idea} to={to as never} onClose={() => setTo(undefined)} />}</Suspense>
    </>
  )
}
