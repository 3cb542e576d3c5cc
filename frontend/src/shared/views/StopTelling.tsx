import './i18n'
import { Button } from '@mantine/core'
import { IconBellOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { isNotFound } from '@/shared/api/problem'
import { toast } from '@/shared/ui/toast'
import { useTell } from './api'

/** In a notice: tells no more of a saved view. One that is gone tells nothing any more anyway. */
export function StopTelling({ view }: { view: { id: string; name: string } }) {
  const { t } = useTranslation('views')
  const tell = useTell()
  const said = () =>
    toast.undo({
      message: t('untold', view),
      onUndo: () => tell.mutate({ id: view.id, yes: true }, { onError: toast.error }),
    })
  if (tell.isSuccess && !tell.variables.yes) return null
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      leftSection={<IconBellOff size={15} stroke={1.6} />}
      loading={tell.isPending}
      onClick={() =>
        tell.mutate(
          { id: view.id, yes: false },
          { onSuccess: said, onError: (error) => (isNotFound(error) ? said() : toast.error(error)) },
        )
      }
    >
      {t('stop', view)}
    </Button>
  )
}
