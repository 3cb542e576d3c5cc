import { Alert, Button, CopyButton, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { nameVersion } from '@/shared/api/generated/sdk.gen'
import { FormProblem } from '@/shared/ui/FormProblem'
import { DiffView } from '../versions/DiffView'
import { diffDocs } from '../versions/diff'
import { plainText } from './plainText'
import type { Choice, DocumentConflict } from './transport'

interface ConflictPanelProps {
  draftId: string
  conflict: DocumentConflict
  onChoose: (choice: Choice) => void
}

/** Two people (or tabs) changed the same paragraph: shows both, and lets a person choose. */
export function ConflictPanel({ draftId, conflict, onChoose }: ConflictPanelProps) {
  const { t } = useTranslation('drafts')
  const { t: tc } = useTranslation()
  // what the others saved stays as a version when mine takes its place
  const takeMine = useMutation({
    mutationFn: () => nameVersion({ path: { id: draftId }, body: { label: t('text.conflict.keptAs') } }),
    onSuccess: () => onChoose('mine'),
  })
  return (
    <>
      <Alert color="yellow" variant="light" role="alert" title={t('text.conflict.title')} mb="md">
        <Text size="sm">{t('text.conflict.body')}</Text>
        <Group gap="xs" mt="sm">
          <Button size="xs" onClick={() => onChoose('both')}>
            {t('text.conflict.both')}
          </Button>
          <Button size="xs" variant="default" loading={takeMine.isPending} onClick={() => takeMine.mutate()}>
            {t('text.conflict.mine')}
          </Button>
          <Button size="xs" variant="default" onClick={() => onChoose('theirs')}>
            {t('text.conflict.theirs')}
          </Button>
          <CopyButton value={plainText(conflict.mine)}>
            {({ copied, copy }) => (
              <Button size="xs" variant="subtle" onClick={copy}>
                {copied ? tc('action.copied') : t('text.refused.copy')}
              </Button>
            )}
          </CopyButton>
        </Group>
        <FormProblem error={takeMine.error} />
      </Alert>
      <DiffView blocks={diffDocs(conflict.theirs, conflict.mine)} />
    </>
  )
}
