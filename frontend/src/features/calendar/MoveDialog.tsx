import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarEntry } from '@/shared/api/generated/types.gen'
import { addDays, type Day, isDay, longDay, startOfWeek } from '@/shared/lib/days'
import type { Lens } from './routes'

interface MoveDialogProps {
  entry: CalendarEntry
  lens: Lens
  now: Day
  onMove: (on: Day | undefined) => void
  onClose: () => void
}

/** Asks for the day. The field is the browser's own: phones have a good one, and every keyboard knows it. */
export function MoveDialog({ entry, lens, now, onMove, onClose }: MoveDialogProps) {
  const { t } = useTranslation('calendar')
  const { t: tc } = useTranslation()
  const [day, setDay] = useState(entry.on ?? now)
  const isFine = isDay(day) && day >= '2000-01-01' && day <= '2199-12-31'
  const choose = (on: Day | undefined) => {
    onClose()
    onMove(on)
  }
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (isFine) choose(day)
  }
  const quick = { today: now, tomorrow: addDays(now, 1), monday: addDays(startOfWeek(now, 1), 7) }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`move.title.${lens}`, { title: entry.title })}
      closeButtonProps={{ 'aria-label': tc('action.close') }}
    >
      <form onSubmit={handleSubmit}>
        <Stack gap="md">
          <Group gap="xs">
            {(['today', 'tomorrow', 'monday'] as const).map((key) => (
              <Button
                key={key}
                variant="default"
                size="compact-md"
                mih={{ base: 44, sm: 30 }}
                onClick={() => choose(quick[key])}
              >
                {t(`move.quick.${key}`)}
              </Button>
            ))}
          </Group>
          <TextInput
            type="date"
            label={t('move.label')}
            value={day}
            min="2000-01-01"
            max="2199-12-31"
            onChange={(event) => setDay(event.currentTarget.value)}
            error={isFine ? undefined : t('move.bad')}
            description={isFine ? longDay(day) : undefined}
            data-autofocus
            required
          />
          {isFine && day < now && (
            <Text size="sm" role="status" fw={550}>
              {t('move.past')}
            </Text>
          )}
          <Group justify="space-between">
            {entry.on ? (
              <Button variant="subtle" color="gray" onClick={() => choose(undefined)}>
                {t('move.off')}
              </Button>
            ) : (
              <span />
            )}
            <Button type="submit" disabled={!isFine}>
              {t('move.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
