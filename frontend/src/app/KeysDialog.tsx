import { Group, Kbd, Modal, Stack, Text } from '@mantine/core'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { shortcuts } from '@/shared/lib/keys'
import { useStore } from '@/shared/lib/store'

function KeyNames({ keys }: { keys: string }) {
  const { t } = useTranslation()
  return (
    <Group gap={4} wrap="nowrap">
      {keys.split(' ').map((key, i) => (
        <Fragment key={key}>
          {i > 0 && (
            <Text size="xs" c="dimmed">
              {t('keys.then')}
            </Text>
          )}
          <Kbd>{key.replace('mod+', 'Ctrl ').replace('alt+', 'Alt ').toUpperCase()}</Kbd>
        </Fragment>
      ))}
    </Group>
  )
}

/** All shortcuts that work on this page. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const all = useStore(shortcuts)
  const groups = [...new Set(all.map((s) => s.group))].map((group) => ({
    group,
    list: all.filter((s) => s.group === group),
  }))
  return (
    <Modal opened onClose={onClose} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <Stack gap="lg">
        {groups.map(({ group, list }) => (
          <section key={group}>
            <Text size="xs" fw={600} c="dimmed" mb={6}>
              {group}
            </Text>
            <Stack gap={8}>
              {list.map((s) => (
                <Group key={s.keys + s.label} justify="space-between">
                  <Text size="sm">{s.label}</Text>
                  <KeyNames keys={s.keys} />
                </Group>
              ))}
            </Stack>
          </section>
        ))}
      </Stack>
    </Modal>
  )
}
