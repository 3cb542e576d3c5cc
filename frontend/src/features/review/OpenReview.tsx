import { Button } from '@mantine/core'
import { IconMessagePlus, IconX } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Review, ReviewThreads } from '@/shared/api/generated/types.gen'
import written from '@/shared/editor/Written.module.css'
import { formatDate } from '@/shared/lib/format'
import { Composer } from './Composer'
import { type Highlight, type Place, type Placed, placeOfSentence } from './places'
import classes from './Review.module.css'
import { ReviewText } from './ReviewText'
import { ThreadCard } from './ThreadCard'
import { useReviewWrites } from './useReview'
import { useSelectedPlace } from './useSelectedPlace'
import type { Writing } from './useWriting'

interface OpenReviewProps {
  token: string
  review: Review
  threads: ReviewThreads | undefined
  writing: Writing
}

const pending = 'pending'

export function OpenReview({ token, review, threads, writing }: OpenReviewProps) {
  const { t } = useTranslation('outsideReview')
  const text = useRef<HTMLDivElement>(null)
  const side = useRef<HTMLElement>(null)
  const writes = useReviewWrites(token)
  const mayComment = review.may_comment
  const [selected, setSelected] = useSelectedPlace(text, mayComment)
  const [active, setActive] = useState<string>()
  const [isSent, setSent] = useState(false)
  useEffect(() => {
    if (!isSent) return
    const timer = setTimeout(() => setSent(false), 6000)
    return () => clearTimeout(timer)
  }, [isSent])
  const { version } = review
  const place = writing.place ?? selected
  const anchors = useAnchors(threads, version)
  const highlights = useMemo<Highlight[]>(
    () => [...anchors, ...(place ? [{ id: pending, from: place.from, to: place.to }] : [])],
    [anchors, place],
  )
  const begin = (next: Place) => {
    writing.begin({ ...next, version })
    setSelected(undefined)
    window.getSelection()?.removeAllRanges()
  }
  const pictureOf = useMemo(() => (asset: string) => `/api/v1/review/${token}/pictures/${asset}`, [token])
  // the same one at every render: blocks that have not changed are not drawn again
  const latest = useRef(begin)
  latest.current = begin
  const handleBlock = useMemo(() => (mayComment ? (next: Place) => latest.current(next) : undefined), [mayComment])

  const handlePress = (event: React.MouseEvent) => {
    const target = event.target as Element
    if (target.closest('a, button') || !window.getSelection()?.isCollapsed) return
    const id = target
      .closest<HTMLElement>('[data-threads]')
      ?.dataset.threads?.split(' ')
      .findLast((x) => x !== pending)
    if (id) {
      setActive(id)
      document.getElementById(`thread-${id}`)?.scrollIntoView({ block: 'center', behavior: 'smooth' })
    } else if (mayComment && !writing.place && matchMedia('(pointer: coarse)').matches && text.current) {
      setSelected(placeOfSentence(text.current, event.clientX, event.clientY))
    }
  }
  const handleShow = (id: string) => {
    setActive(id)
    text.current
      ?.querySelector(`[data-threads~="${CSS.escape(id)}"]`)
      ?.scrollIntoView({ block: 'center', behavior: 'smooth' })
  }
  const handleSent = (id: string) => {
    setActive(id)
    setSent(true)
    requestAnimationFrame(() => document.getElementById(`thread-${id}`)?.focus({ preventScroll: true }))
  }
  const items = threads?.items ?? []
  const order = new Map(items.map((thread) => [thread.id, thread.anchor?.from ?? Number.POSITIVE_INFINITY]))
  const sorted = items.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
  return (
    <div className={classes.columns}>
      <article className={classes.sheet}>
        <p className={classes.quiet}>{t('from', { name: review.from })}</p>
        <h1 className={classes.title}>{review.title}</h1>
        {review.note && <p className={classes.note}>{review.note}</p>}
        <p className={classes.quiet}>
          {mayComment ? t('how') : t('reading')} {t('until', { date: formatDate(review.expires_at) })}.
        </p>
        {items.length > 0 && (
          <Button
            variant="subtle"
            className={classes.toComments}
            onClick={() => side.current?.scrollIntoView({ behavior: 'smooth' })}
          >
            {t('toComments', { count: items.length })}
          </Button>
        )}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keyboards have a button behind each paragraph */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: likewise */}
        <div ref={text} className={`reading ${written.written} ${classes.text}`} onClick={handlePress}>
          <ReviewText doc={review.doc as Placed} highlights={highlights} pictureOf={pictureOf} onBlock={handleBlock} />
        </div>
      </article>
      {mayComment && (
        <aside ref={side} className={classes.side} aria-label={t('comments')}>
          {writing.place && (
            <Composer
              token={token}
              review={review}
              writing={writing}
              place={writing.place}
              writes={writes}
              onSent={handleSent}
            />
          )}
          <h2 className={classes.sideTitle}>{t('comments')}</h2>
          {threads && items.length === 0 && <p className={classes.quiet}>{t('none')}</p>}
          <ul className={classes.threads}>
            {sorted.map((thread) => (
              <ThreadCard
                key={thread.id}
                token={token}
                thread={thread}
                mayComment={mayComment}
                isIntroduced={Boolean(review.reviewer)}
                isActive={thread.id === active}
                writes={writes}
                onShow={() => handleShow(thread.id)}
              />
            ))}
          </ul>
        </aside>
      )}
      {/* not a toast: that would lie over the next comment */}
      <div role="status">
        {isSent && !writing.place && !selected && (
          <p className={classes.bar}>{t('composer.sent', { name: review.from })}</p>
        )}
      </div>
      {!writing.place && selected && (
        <div className={classes.bar}>
          <Button
            leftSection={<IconMessagePlus size={18} />}
            onMouseDown={keepSelection}
            onClick={() => begin(selected)}
          >
            {t('comment')}
          </Button>
          <span className={classes.barQuote}>“{selected.quote}”</span>
          <Button
            variant="subtle"
            color="gray"
            px={10}
            aria-label={t('cancelPlace')}
            onClick={() => {
              window.getSelection()?.removeAllRanges()
              setSelected(undefined)
            }}
          >
            <IconX size={18} />
          </Button>
        </div>
      )}
    </div>
  )
}

const keepSelection = (event: React.MouseEvent) => event.preventDefault()

/** Where threads are in the text that is shown: in the positions of another version they are left as they were. */
function useAnchors(threads: ReviewThreads | undefined, version: number): Highlight[] {
  const [shown, setShown] = useState<Highlight[]>([])
  useEffect(() => {
    if (threads?.version !== version) return
    setShown(
      threads.items.flatMap(({ id, anchor, state }) =>
        anchor && state === 'open' ? [{ id, from: anchor.from, to: anchor.to }] : [],
      ),
    )
  }, [threads, version])
  return shown
}
