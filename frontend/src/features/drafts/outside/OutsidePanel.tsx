import './i18n'
import { ActionIcon, Button } from '@mantine/core'
import { IconDots, IconLinkOff, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  listReviewLinksOptions,
  restoreReviewLinkMutation,
  revokeReviewLinkMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Draft, ReviewLink } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { formatDate } from '@/shared/lib/format'
import { ActionMenu } from '@/shared/ui/ActionMenu'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { toast } from '@/shared/ui/toast'
import classes from './Outside.module.css'

const LinkDialog = lazy(() => import('./LinkDialog').then((m) => ({ default: m.LinkDialog })))

const isOver = (link: ReviewLink) => Boolean(link.revoked_at) || new Date(link.expires_at) <= new Date()

/** The links by which people outside read the draft: for whom, who came, until when. */
export function OutsidePanel({ draft }: { draft: Draft }) {
  const { t } = useTranslation('outside')
  const { data } = useQuery({ ...listReviewLinksOptions({ path: { id: draft.id } }), refetchInterval: 60_000 })
  const [isMaking, setMaking] = useState(false)
  if (!data) return null
  const open = data.items.filter((link) => !isOver(link))
  const over = data.items.filter(isOver)
  return (
    <section aria-label={t('title')}>
      <div className={classes.head}>
        <h2 className={classes.title}>{t('title')}</h2>
        {open.length > 0 && (
          <ActionIcon
            className={classes.more}
            variant="subtle"
            color="gray"
            size={34}
            aria-label={t('add')}
            onClick={() => setMaking(true)}
          >
            <IconPlus size={16} />
          </ActionIcon>
        )}
      </div>
      <ul className={classes.links} hidden={open.length === 0}>
        {open.map((link) => (
          <LinkLine key={link.id} draftId={draft.id} link={link} />
        ))}
      </ul>
      {open.length === 0 && (
        <>
          <p className={classes.words}>{t('empty')}</p>
          <Button size="xs" variant="default" mt={8} mb={8} onClick={() => setMaking(true)}>
            {t('make')}
          </Button>
        </>
      )}
      {over.length > 0 && (
        <details className={classes.over}>
          <summary>{t('over', { count: over.length })}</summary>
          <ul className={classes.links}>
            {over.map((link) => (
              <LinkLine key={link.id} draftId={draft.id} link={link} />
            ))}
          </ul>
        </details>
      )}
      <Suspense>{isMaking && <LinkDialog draftId={draft.id} onClose={() => setMaking(false)} />}</Suspense>
    </section>
  )
}

function LinkLine({ draftId, link }: { draftId: string; link: ReviewLink }) {
  const { t } = useTranslation('outside')
  const queryClient = useQueryClient()
  const onSettled = () => void invalidate(queryClient, 'listReviewLinks')
  const path = { id: draftId, link_id: link.id }
  const restore = useMutation({ ...restoreReviewLinkMutation(), onError: toast.error, onSettled })
  const revoke = useMutation({
    ...revokeReviewLinkMutation(),
    onError: toast.error,
    onSuccess: () =>
      toast.undo({ message: t('revokedNow', { label: link.label }), onUndo: () => restore.mutate({ path }) }),
    onSettled,
  })
  return (
    <li className={classes.link} data-over={isOver(link) || undefined}>
      <div>
        <span className={classes.label}>{link.label}</span>
        {link.reviewers.length > 0 && (
          <ul className={classes.people}>
            {link.reviewers.map((reviewer) => (
              <li key={reviewer.id}>
                {reviewer.organisation ? `${reviewer.name}, ${reviewer.organisation}` : reviewer.name}
              </li>
            ))}
          </ul>
        )}
        <span className={classes.facts}>
          <Facts link={link} />
        </span>
        <span className={classes.facts}>
          {t('by', { name: link.made_by.name })}
          {!link.may_comment && ` · ${t('readsOnly')}`}
        </span>
      </div>
      {!isOver(link) && (
        <ActionMenu
          position="bottom-end"
          target={
            <ActionIcon
              className={classes.more}
              variant="subtle"
              color="gray"
              size={34}
              loading={revoke.isPending}
              aria-label={t('actions', { label: link.label })}
            >
              <IconDots size={16} />
            </ActionIcon>
          }
          actions={[
            {
              key: 'revoke',
              label: t('revoke'),
              icon: <IconLinkOff size={15} />,
              onClick: () => revoke.mutate({ path }),
            },
          ]}
        />
      )}
    </li>
  )
}

function Facts({ link }: { link: ReviewLink }) {
  const { t } = useTranslation('outside')
  if (link.revoked_at) return t('revoked', { date: formatDate(link.revoked_at) })
  if (isOver(link)) return t('expired', { date: formatDate(link.expires_at) })
  return (
    <>
      {link.seen_at ? (
        <>
          {t('seen')} <TimeAgo when={link.seen_at} />
        </>
      ) : (
        t('never')
      )}
      {' · '}
      {t('expires', { date: formatDate(link.expires_at) })}
    </>
  )
}
