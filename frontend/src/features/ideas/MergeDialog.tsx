import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listIdeasOptions, listSimilarIdeasOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Idea } from '@/shared/api/generated/types.gen'
import { FormProblem } from '@/shared/ui/FormProblem'
import { SkeletonList } from '@/shared/ui/States'
import { toast } from '@/shared/ui/toast'
import { useMergeIdea } from './api'
import classes from './MergeDialog.module.css'

interface MergeDialogProps {
  idea: Idea
  onClose: () => void
}

/** Finds the idea that stays and asks once. */
export function MergeDialog({ idea, onClose }: MergeDialogProps) {
  const { t } = useTranslation('ideas')
  const { t: tc } = useTranslation()
  const navigate = useNavigate()
  const [words, setWords] = useState('')
  const [q] = useDebouncedValue(words.trim(), 180)
  const [into, setInto] = useState<Idea>()
  const merge = useMergeIdea(idea.id)
  const similar = useQuery({ ...listSimilarIdeasOptions({ query: { title: idea.title } }), enabled: !q })
  const found = useQuery({
    ...listIdeasOptions({ query: { q, limit: 8 } }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  })
  const list = q ? found : similar
  const others = (list.data?.items ?? []).filter((i) => i.id !== idea.id)
  const options = into && !others.some((i) => i.id === into.id) ? [into, ...others] : others
  const submit = () => {
    if (!into || merge.isPending) return
    merge.mutate(into.id, {
      onSuccess: (stays) => {
        toast.success(t('merge.done'))
        onClose()
        void navigate({ to: '/ideas/$ideaId', params: { ideaId: stays.id } })
      },
    })
  }
  return (
    <Modal opened onClose={onClose} title={t('merge.title')} size="lg">
      <Stack>
        <Text size="sm" c="dimmed">
          {t('merge.lead')}
        </Text>
        <TextInput
          type="search"
          label={t('merge.search')}
          leftSection={<IconSearch size={16} />}
          data-autofocus
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        {list.isPending && <SkeletonList rows={3} height={44} />}
        {list.isError && <FormProblem error={list.error} />}
        {list.isSuccess && options.length === 0 && (
          <Text size="sm" c="dimmed">
            {t(q ? 'merge.none' : 'merge.hint')}
          </Text>
        )}
        <Radio.Group
          aria-label={t('merge.choose')}
          value={into?.id ?? ''}
          onChange={(id) => setInto(options.find((i) => i.id === id))}
        >
          <Stack gap={6}>
            {options.map((i) => (
              <Radio.Card key={i.id} value={i.id} className={classes.option}>
                <Radio.Indicator />
                <span className={classes.title}>{i.title}</span>
                <span className={classes.votes}>{t('count.votes', { count: i.votes })}</span>
              </Radio.Card>
            ))}
          </Stack>
        </Radio.Group>
        {into && <Text size="sm">{t('merge.warning', { from: idea.title, into: into.title })}</Text>}
        <FormProblem error={merge.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {tc('action.cancel')}
          </Button>
          <Button disabled={!into} loading={merge.isPending} onClick={submit}>
            {t('merge.button')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
