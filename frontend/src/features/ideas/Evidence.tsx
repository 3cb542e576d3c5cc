import { ActionIcon, Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, startTransition } from 'react'
import { useTranslation } from 'react-i18next'
import { listEvidenceOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Evidence as EvidenceItem, Idea } from '@/shared/api/generated/types.gen'
import { formatNumber } from '@/shared/lib/format'
import { useMe } from '@/shared/session/session'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { Tip } from '@/shared/ui/Tip'
import { useRemoveEvidence } from './api'
import classes from './Evidence.module.css'

const EvidenceForm = lazy(() => import('./EvidenceForm').then((m) => ({ default: m.EvidenceForm })))

/** What customers said or did, and the form to add more. */
export function Evidence({ idea }: { idea: Idea }) {
  const { t } = useTranslation('ideas')
  const [isAdding, { open, close }] = useDisclosure()
  const { data, error, isPending, refetch } = useQuery(listEvidenceOptions({ path: { id: idea.id } }))
  const canAdd = idea.state !== 'merged'
  return (
    <>
      {isPending && <SkeletonList rows={2} height={84} />}
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && (
        <Text size="sm" c="dimmed" mb="md">
          {t('evidence.empty')}
        </Text>
      )}
      <ul className={classes.list}>
        {data?.items.map((item) => (
          <Card key={item.id} ideaId={idea.id} item={item} />
        ))}
      </ul>
      <Suspense>{isAdding && <EvidenceForm ideaId={idea.id} onDone={close} />}</Suspense>
      {canAdd && !isAdding && (
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => startTransition(open)}>
          {t('evidence.add')}
        </Button>
      )}
    </>
  )
}

function Card({ ideaId, item }: { ideaId: string; item: EvidenceItem }) {
  const { t } = useTranslation('ideas')
  const me = useMe()
  const remove = useRemoveEvidence(ideaId)
  const isSpoken = item.kind === 'quote' || item.kind === 'question' || item.kind === 'objection'
  return (
    <li className={classes.card} data-kind={item.kind}>
      <div className={classes.head}>
        <span className={classes.kind}>{t(`evidenceKind.${item.kind}`)}</span>
        {item.deal_value !== undefined && <span className={classes.value}>{formatNumber(item.deal_value)}</span>}
        {item.author.id === me.id && (
          <Tip label={t('evidence.remove')}>
            <ActionIcon
              className={classes.remove}
              aria-label={t('evidence.removeLabel')}
              loading={remove.isPending}
              onClick={() => remove.mutate(item)}
            >
              <IconX size={15} />
            </ActionIcon>
          </Tip>
        )}
      </div>
      {isSpoken ? (
        <blockquote className={classes.quote}>{item.text}</blockquote>
      ) : (
        <p className={classes.note}>{item.text}</p>
      )}
      <p className={classes.foot}>
        {item.source && <span>{item.source}</span>}
        <span className={classes.by}>
          <PersonAvatar person={item.author} size={18} />
          {item.author.name} · <TimeAgo when={item.created_at} />
        </span>
      </p>
    </li>
  )
}
