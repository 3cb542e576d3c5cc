import { ActionIcon, Button } from '@mantine/core'
import { IconLinkOff, IconX } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DemandCard } from '@/shared/api/generated/types.gen'
import { LinkAnchor } from '@/shared/ui/links'
import { PeopleStack } from '@/shared/ui/PersonAvatar'
import { StateBadge } from '@/shared/ui/StateBadge'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { Tip } from '@/shared/ui/Tip'
import { toast } from '@/shared/ui/toast'
import { useDemandActions } from './api'
import classes from './Demand.module.css'
import { DemandAnswer } from './DemandAnswer'
import { Trend } from './Trend'

const LinkIdeaDialog = lazy(() => import('./LinkIdeaDialog').then((m) => ({ default: m.LinkIdeaDialog })))
const ThereDialog = lazy(() => import('./ThereDialog').then((m) => ({ default: m.ThereDialog })))

/** One demand: in which words, how heavy, whether it grows, and what became of it. */
export function DemandRow({ demand }: { demand: DemandCard }) {
  const { t } = useTranslation('ideas')
  const navigate = useNavigate()
  const { words } = demand
  const path = { id: demand.id }
  const isAway = demand.state === 'dismissed'
  const [dialog, setDialog] = useState<'link' | 'there'>()
  const handleClose = () => setDialog(undefined)
  const made = demand.request
  const handleRestore = () => restore.mutate({ path })
  const handleUnlink = () => unlink.mutate({ path })
  const handleLinked = ({ request: linked }: DemandCard) => {
    if (linked) toast.undo({ message: t('demand.link.done', { title: linked.title }), onUndo: handleUnlink })
  }
  const handleUnlinked = () => {
    const message = t('demand.link.off', { words })
    // what is published or declined is linked no more
    if (!made || ['published', 'declined', 'merged'].includes(made.state)) return toast.success(message)
    toast.undo({ message, onUndo: () => link.mutate({ path, body: { idea_id: made.id } }) })
  }
  const handleUnanswer = () => unanswer.mutate({ path })
  const handleAnswered = ({ answer: found }: DemandCard) => {
    if (found) toast.undo({ message: t('demand.there.done', { title: found.title }), onUndo: handleUnanswer })
  }
  const before = demand.answer
  const handleUnanswered = ({ answer: now }: DemandCard) => {
    const message = t('demand.there.off', { words })
    // an answer that was given from here and is undone leaves the one that the row shows
    if (!before?.by_hand || now?.at === before.at) return toast.success(message)
    toast.undo({ message, onUndo: () => answer.mutate({ path, body: { resource_id: before.id } }) })
  }
  const { request, dismiss, restore, unlink, link, unanswer, answer } = useDemandActions({
    onRequested: ({ request: filed }) => {
      if (!filed) return
      const onOpen = () => void navigate({ to: '/ideas/$ideaId', params: { ideaId: filed.id } })
      toast.link({ message: t('demand.asked', { title: filed.title }), label: t('demand.open'), onOpen })
    },
    onDismissed: () => toast.undo({ message: t('demand.dismissed', { words }), onUndo: handleRestore }),
    onRestored: () => toast.success(t('demand.restored', { words })),
    onUnlinked: handleUnlinked,
    onUnanswered: handleUnanswered,
  })
  const isWaiting = demand.state === 'open' || demand.state === 'requested'
  const isFree = isWaiting && !made && !demand.request_hidden
  const facts = [
    t('demand.searches', { count: demand.searches }),
    t('demand.people', { count: demand.people }),
    t('demand.days', { count: demand.days }),
    demand.nothing > 0 && t('demand.nothing', { count: demand.nothing }),
  ]
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <h2 className={classes.title}>{words}</h2>
        <p className={classes.facts}>
          {facts.filter(Boolean).join(' · ')}
          {' · '}
          <TimeAgo when={demand.last_at} />
        </p>
        {demand.spellings.length > 0 && (
          <p className={classes.facts}>{t('demand.also', { words: demand.spellings.join(' · ') })}</p>
        )}
        {made && (
          <p className={classes.link}>
            {t('demand.request')}{' '}
            <LinkAnchor to="/ideas/$ideaId" params={{ ideaId: made.id }}>
              {made.title}
            </LinkAnchor>
            <StateBadge state={made.state} />
            {!isAway && (
              <Tip label={t('demand.link.takeOff')}>
                <ActionIcon
                  size={28}
                  className={classes.off}
                  loading={unlink.isPending}
                  aria-label={t('demand.link.takeOffOf', { words, title: made.title })}
                  onClick={handleUnlink}
                >
                  <IconLinkOff size={15} />
                </ActionIcon>
              </Tip>
            )}
          </p>
        )}
        {demand.request_hidden && <p className={classes.facts}>{t('demand.hidden')}</p>}
        {demand.answer && (
          <DemandAnswer
            answer={demand.answer}
            words={words}
            onTakeBack={isAway ? undefined : handleUnanswer}
            isPending={unanswer.isPending}
          />
        )}
        {demand.named.length > 0 && (
          <p className={classes.link}>
            <PeopleStack people={demand.named} />
            <span>{t('demand.named', { names: demand.named.map((p) => p.name).join(', ') })}</span>
          </p>
        )}
      </div>
      <div className={classes.side}>
        <Trend {...demand} />
        <div className={classes.actions}>
          {isAway ? (
            <Button variant="default" loading={restore.isPending} onClick={handleRestore}>
              {t('demand.restore')}
            </Button>
          ) : (
            <>
              {isWaiting && (
                <Button
                  variant={isFree ? 'subtle' : 'default'}
                  className={classes.wide}
                  onClick={() => setDialog('there')}
                >
                  {t('demand.there.button')}
                </Button>
              )}
              {isFree && (
                <>
                  <Button variant="subtle" className={classes.wide} onClick={() => setDialog('link')}>
                    {t('demand.link.button')}
                  </Button>
                  <Button
                    variant="default"
                    className={classes.wide}
                    loading={request.isPending}
                    onClick={() => request.mutate({ path })}
                  >
                    {t('demand.ask')}
                  </Button>
                </>
              )}
              <Tip label={t('demand.dismiss', { words })}>
                <ActionIcon
                  size={36}
                  loading={dismiss.isPending}
                  aria-label={t('demand.dismiss', { words })}
                  onClick={() => dismiss.mutate({ path })}
                >
                  <IconX size={17} />
                </ActionIcon>
              </Tip>
            </>
          )}
        </div>
      </div>
      <Suspense>
        {dialog === 'link' && <LinkIdeaDialog demand={demand} onLinked={handleLinked} onClose={handleClose} />}
        {dialog === 'there' && <ThereDialog demand={demand} onAnswered={handleAnswered} onClose={handleClose} />}
      </Suspense>
    </li>
  )
}
