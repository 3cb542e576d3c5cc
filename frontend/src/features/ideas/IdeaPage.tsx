import './i18n'
import { Alert, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getIdeaOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Idea, IdeaWords } from '@/shared/api/generated/types.gen'
import { isStale } from '@/shared/api/problem'
import { Discussion } from '@/shared/discussion/Discussion'
import { Timeline } from '@/shared/discussion/Timeline'
import { useShortcuts } from '@/shared/lib/keys'
import { useMe } from '@/shared/session/session'
import card from '@/shared/ui/Card.module.css'
import { LinkAnchor } from '@/shared/ui/links'
import { StaleNotice } from '@/shared/ui/StaleNotice'
import { ErrorState, PendingRows } from '@/shared/ui/States'
import { toast } from '@/shared/ui/toast'
import { useUpdateIdea } from './api'
import { EditableText } from './EditableText'
import { Evidence } from './Evidence'
import { IdeaFacts } from './IdeaFacts'
import { IdeaHeader } from './IdeaHeader'
import classes from './IdeaPage.module.css'
import { Outcome } from './Outcome'
import { canEdit } from './policy'
import { ideaRoute } from './routes'

export function IdeaPage() {
  const { ideaId } = ideaRoute.useParams()
  const { data, error, refetch } = useQuery(getIdeaOptions({ path: { id: ideaId } }))
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <PendingRows />
  return <IdeaArticle key={data.id} idea={data} />
}

function IdeaArticle({ idea }: { idea: Idea }) {
  const { t } = useTranslation('ideas')
  const { t: td } = useTranslation('discussion')
  const me = useMe()
  const { save, stale } = useSave(idea)
  const mayEdit = canEdit(idea, me)
  useShortcuts([
    {
      keys: 'v',
      label: t('keys.vote'),
      group: t('idea'),
      run: () => document.querySelector<HTMLElement>('[data-vote]')?.click(),
    },
    {
      keys: 'e',
      label: t('keys.edit'),
      group: t('idea'),
      run: () => document.querySelector<HTMLElement>('[data-edit="title"]')?.click(),
    },
  ])
  return (
    <article>
      <IdeaHeader key={`title ${stale.round}`} idea={idea} onSave={(title) => save({ title })} />
      {stale.notice}
      <div className={card.columns}>
        <div className={classes.main}>
          <Standing idea={idea} />
          <EditableText
            key={`body ${stale.round}`}
            value={idea.body}
            label={t('edit.body')}
            buttonLabel={idea.body ? t('edit.bodyButton') : t('edit.addBody')}
            maxLength={20_000}
            isLong
            canEdit={mayEdit}
            onSave={(body) => save({ body })}
          >
            {idea.body ? (
              <p className={classes.body}>{idea.body}</p>
            ) : (
              <Text size="sm" c="dimmed" className={classes.noBody}>
                {mayEdit ? t('edit.addBody') : '—'}
              </Text>
            )}
          </EditableText>
          <Outcome idea={idea} />
          <section className={card.section}>
            <h2>{t('evidence.title')}</h2>
            <Evidence idea={idea} />
          </section>
          <section className={card.section}>
            <h2>{t('discussion')}</h2>
            <Discussion type="idea" id={idea.id} isClosed={idea.state === 'merged'} />
          </section>
        </div>
        <aside className={classes.side} aria-label={t('fact.title')}>
          <IdeaFacts idea={idea} onSave={save} />
          <section className={card.section}>
            <h2>{td('timeline.title')}</h2>
            <Timeline type="idea" id={idea.id} />
          </section>
        </aside>
      </div>
    </article>
  )
}

/** Saves parts of the words; after a 412 the user chooses between the two. */
function useSave(idea: Idea) {
  const update = useUpdateIdea(idea.id)
  const [waiting, setWaiting] = useState<Partial<IdeaWords>>()
  const [round, setRound] = useState(0)
  const save = async (change: Partial<IdeaWords>) => {
    try {
      await update.mutateAsync(change)
      setWaiting(undefined)
      return true
    } catch (error) {
      if (isStale(error)) setWaiting(change)
      else toast.error(error)
      return false
    }
  }
  const close = () => {
    setWaiting(undefined)
    setRound((n) => n + 1) // drops what stands in open inputs
  }
  const keepMine = async () => {
    if (waiting && (await save(waiting))) close() // the newest revision was read meanwhile
  }
  const notice = waiting && (
    <div className={classes.notice}>
      <StaleNotice error={update.error} onTakeTheirs={close} onKeepMine={() => void keepMine()} />
    </div>
  )
  return { save, stale: { round, notice } }
}

/** What was said with the last move, or where a merged idea went. */
function Standing({ idea }: { idea: Idea }) {
  const { t } = useTranslation('ideas')
  if (idea.state === 'merged' && idea.merged_into) {
    return (
      <Alert color="gray" mb="lg">
        {t('mergedInto')}{' '}
        <LinkAnchor to="/ideas/$ideaId" params={{ ideaId: idea.merged_into }} fw={550}>
          {t('openOther')}
        </LinkAnchor>
      </Alert>
    )
  }
  if (!idea.reason) return null
  return (
    <div className={classes.reason} data-declined={idea.state === 'declined' || undefined}>
      <span className={classes.reasonLabel}>{idea.state === 'declined' ? t('said.declined') : t('said.other')}</span>
      {idea.reason}
    </div>
  )
}
