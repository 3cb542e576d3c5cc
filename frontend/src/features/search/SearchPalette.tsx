import './i18n'
import { Modal, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

interface SearchPaletteProps {
  /** Words to start with. */
  query?: string
  onClose: () => void
}

/** Ctrl-K. */
export function SearchPalette({ query = '', onClose }: SearchPaletteProps) {
  const { t } = useTranslation('search')
  const navigate = useNavigate()
  const [words, setWords] = useState(query)
  const handleSubmit = (event: React.FormEvent) => {
    event.preventDefault()
    onClose()
    void navigate({ to: '/search' })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size="lg"
      yOffset="12vh"
      centered={false}
      aria-label={t('title')}
    >
      <form onSubmit={handleSubmit}>
        <TextInput
          size="lg"
          variant="unstyled"
          leftSection={<IconSearch size={20} />}
          placeholder={t('placeholder')}
          aria-label={t('placeholder')}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          data-autofocus
        />
      </form>
    </Modal>
  )
}
