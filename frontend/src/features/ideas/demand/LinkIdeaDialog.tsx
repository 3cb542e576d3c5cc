import { Button, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listIdeasOptions, listSimilarIdeasOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { DemandCard, Idea } from '@/shared/api/generated/types.gen'
import { DialogFoot } from '@/shared/ui/DialogFoot'
import { FormProblem } from '@/shared/ui/FormProblem'
import { StateBadge } from '@/shared/ui/StateBadge'
import { SkeletonList } from '@/shared/ui/States'
import { useLinkIdea } from './api'
import classes from './LinkIdeaDialog.module.css'

interface LinkIdeaDialogProps {
  demand: DemandCard
  onLinked: (card: DemandCard) => void
  onClose: () => void
}

const isToBeMade = ({ state }: Idea) => !['published', 'declined', 'merged'].includes(state)

/** Finds the idea that asks already for what was searched. */
export function LinkIdeaDialog({ demand, onLinked, onClose }: LinkIdeaDialogProps) {
  const { t } = useTranslation('ideas')
  const { t: tc } = useTranslation()
  const [words, setWords] = useState('')
  const [q] = useDebouncedValue(words.trim(), 180)
  const [chosen, setChosen] = useState<Idea>()
  const link = useLinkIdea((card) => {
    onClose()
    onLinked(card)
  })
  const similar = useQuery({ ...listSimilarIdeasOptions({ query: { title: demand.words } }), enabled: !q })
  const found = useQuery({
    ...listIdeasOptions({ query: { q, limit: 12, state: ['new', 'under_review', 'planned', 'in_progress'] } }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  })
  const list = q ? found : similar
  // all of marketing and every lead read the card: the server takes no idea that they may not see
  const fitting = (list.data?.items ?? []).filter((i) => i.visibility === 'everyone' && isToBeMade(i))
  const options = chosen && !fitting.some((i) => i.id === chosen.id) ? [chosen, ...fitting] : fitting
  const handleSubmit = () => {
    if (!chosen || link.isPending) return
    link.mutate({ path: { id: demand.id }, body: { idea_id: chosen.id } })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('demand.link.title', { words: demand.words })}
      size="lg"
      closeButtonProps={{ 'aria-label': tc('action.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          handleSubmit()
        }}
      >
        <Stack>
          <Text size="sm" c="dimmed">
            {t('demand.link.lead')}
          </Text>
          <TextInput
            type="search"
            label={t('demand.link.search')}
            leftSection={<IconSearch size={16} />}
            data-autofocus
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          {list.isPending && <SkeletonList rows={3} height={44} />}
          {list.isError && <FormProblem error={list.error} />}
          {list.isSuccess && options.length === 0 && (
            <Text size="sm" c="dimmed" role="status">
              {t(q ? 'demand.link.none' : 'demand.link.noneSimilar')}
            </Text>
          )}
          <Radio.Group
            label={options.length > 0 && t(q ? 'demand.link.found' : 'demand.link.similar')}
            aria-label={t('demand.link.search')}
            value={chosen?.id ?? ''}
            onChange={(id) => setChosen(options.find((i) => i.id === id))}
          >
            <Stack gap={6} mt={6}>
              {options.map((i) => (
                <Radio.Card key={i.id} value={i.id} className={classes.option}>
                  <Radio.Indicator />
                  <span className={classes.title}>{i.title}</span>
                  <span className={classes.votes}>{t('count.votes', { count: i.votes })}</span>
                  <StateBadge state={i.state} isCompact />
                </Radio.Card>
              ))}
            </Stack>
          </Radio.Group>
          <FormProblem error={link.error} />
          <DialogFoot>
            <Button variant="default" onClick={onClose}>
              {tc('action.cancel')}
            </Button>
            <Button type="submit" disabled={!chosen} loading={link.isPending}>
              {t('demand.link.submit')}
            </Button>
          </DialogFoot>
        </Stack>
      </form>
    </Modal>
  )
}
