import './i18n'
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconAdjustments } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, startTransition, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/shared/api/problem'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import { toast } from '@/shared/ui/toast'
import { useFileIdea } from './api'
import classes from './NewIdeaDialog.module.css'
import { evidenceOf, firstWords, type NewIdeaWords, wordsToFile } from './newIdea'
import { SimilarIdeas } from './SimilarIdeas'

const NewIdeaDetails = lazy(() => import('./NewIdeaDetails').then((m) => ({ default: m.NewIdeaDetails })))

interface NewIdeaDialogProps {
  /** Words to start with, e.g. of a search that found nothing. */
  title?: string
  onClose: () => void
}

/** Quick capture: one line is enough, everything else waits behind "Add details". */
export function NewIdeaDialog({ title = '', onClose }: NewIdeaDialogProps) {
  const { t } = useTranslation('ideas')
  const { t: tc } = useTranslation()
  const navigate = useNavigate()
  const [hasDetails, setDetails] = useState(false)
  const file = useFileIdea()
  const form = useForm<NewIdeaWords>({
    initialValues: firstWords(title),
    validate: { title: (value) => (value.trim() ? null : t('new.label')) },
  })
  const submit = form.onSubmit((values) => {
    if (file.isPending) return
    file.mutate(
      { words: wordsToFile(values), evidence: evidenceOf(values) },
      {
        onError: (error) => setFieldErrors(form, error),
        onSuccess: ({ idea, problem }) => {
          onClose()
          const onOpen = () => void navigate({ to: '/ideas/$ideaId', params: { ideaId: idea.id } })
          toast.link({ message: t('new.done'), label: t('new.open'), onOpen })
          if (problem) toast.error(t('new.evidenceLost', { why: messageOf(problem) }))
        },
      },
    )
  })
  return (
    <Modal opened onClose={onClose} title={t('new.title')} size="lg">
      <form
        onSubmit={submit}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) {
            event.preventDefault()
            submit()
          }
        }}
      >
        <Stack>
          <TextInput
            label={t('new.label')}
            placeholder={t('new.placeholder')}
            size="md"
            maxLength={200}
            required
            data-autofocus
            autoComplete="off"
            {...form.getInputProps('title')}
          />
          <SimilarIdeas title={form.values.title} onOpen={onClose} />
          <Suspense>{hasDetails && <NewIdeaDetails form={form} />}</Suspense>
          <FormProblem error={file.error} form={form} />
          <div className={classes.foot}>
            {hasDetails ? (
              <span />
            ) : (
              <Button
                variant="subtle"
                leftSection={<IconAdjustments size={16} stroke={1.7} />}
                onClick={() => startTransition(() => setDetails(true))}
              >
                {t('new.details')}
              </Button>
            )}
            <Group gap="xs">
              <Text size="xs" c="dimmed" visibleFrom="sm">
                {t('new.sendHint')}
              </Text>
              <Button variant="default" onClick={onClose}>
                {tc('action.cancel')}
              </Button>
              <Button type="submit" loading={file.isPending}>
                {t('new.submit')}
              </Button>
            </Group>
          </div>
        </Stack>
      </form>
    </Modal>
  )
}
