import './i18n'
import { ActionIcon, Button, VisuallyHidden } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listDraftEvidenceOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Draft, OfferedEvidence, PickedEvidence } from '@/shared/api/generated/types.gen'
import { LinkAnchor } from '@/shared/ui/links'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import { Tip } from '@/shared/ui/Tip'
import classes from './BriefEvidence.module.css'
import { useBriefEvidence } from './useBriefEvidence'

const few = 4

interface BriefEvidenceProps {
  draft: Draft
  isFixed: boolean
  className: string | undefined
}

/** What customers said: the pieces that are in the brief, and those of its ideas that could be. */
export function BriefEvidence({ className, ...props }: BriefEvidenceProps) {
  const { t } = useTranslation('briefEvidence')
  return (
    <fieldset className={className}>
      <legend>{t('title')}</legend>
      <Pieces {...props} />
    </fieldset>
  )
}

function Pieces({ draft, isFixed }: Omit<BriefEvidenceProps, 'className'>) {
  const { t } = useTranslation('briefEvidence')
  const { data, error, isPending, refetch } = useQuery(listDraftEvidenceOptions({ path: { id: draft.id } }))
  const { pick, remove, move, isBusy, said } = useBriefEvidence(draft.id, data?.picked ?? [])
  const [isAll, setIsAll] = useState(false)
  if (isPending) return <SkeletonList rows={2} height={84} />
  if (!data) return <ErrorState error={error} onRetry={() => void refetch()} />
  const { picked, offered } = data
  const shown = isAll ? offered : offered.slice(0, few)
  return (
    <>
      {picked.length === 0 && (
        <p className={classes.empty}>{t(offered.length > 0 && !isFixed ? 'pickSome' : 'empty')}</p>
      )}
      <ol className={classes.list} aria-label={t('picked')}>
        {picked.map((item, at) => (
          <Piece key={item.id} item={item} note={item.withdrawn ? t('withdrawn') : undefined} isPicked>
            {!isFixed && (
              <>
                <Tool
                  id={`up-${item.id}`}
                  label={t('up', { number: at + 1 })}
                  isOff={at === 0}
                  onPress={() => move(at, -1)}
                >
                  <IconArrowUp size={15} />
                </Tool>
                <Tool
                  id={`down-${item.id}`}
                  label={t('down', { number: at + 1 })}
                  isOff={at === picked.length - 1}
                  onPress={() => move(at, 1)}
                >
                  <IconArrowDown size={15} />
                </Tool>
                <Tool label={t('remove', { number: at + 1 })} onPress={() => remove(item)}>
                  <IconX size={15} />
                </Tool>
              </>
            )}
          </Piece>
        ))}
      </ol>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      {offered.length > 0 && !isFixed && (
        <section aria-label={t('offered')}>
          <h3 className={classes.heading}>{t('offered')}</h3>
          <p className={classes.hint}>{t('copied')}</p>
          <ul className={classes.list}>
            {shown.map((item) => (
              <Piece
                key={item.id}
                item={item}
                note={item.visibility === 'everyone' ? undefined : t(`only.${item.visibility}`)}
              >
                <Button
                  size="xs"
                  variant="default"
                  className={classes.pick}
                  leftSection={<IconPlus size={14} />}
                  aria-label={t('pickLabel', { text: item.text.slice(0, 60) })}
                  disabled={isBusy}
                  onClick={() => pick(item)}
                >
                  {t('pick')}
                </Button>
              </Piece>
            ))}
          </ul>
          {shown.length < offered.length && (
            <Button variant="subtle" size="xs" className={classes.pick} onClick={() => setIsAll(true)}>
              {t('all', { count: offered.length })}
            </Button>
          )}
        </section>
      )}
    </>
  )
}

interface PieceProps {
  item: PickedEvidence | OfferedEvidence
  note?: string
  isPicked?: boolean
  children: ReactNode
}

function Piece({ item, note, isPicked = false, children }: PieceProps) {
  const { t } = useTranslation('briefEvidence')
  const isSpoken = item.kind === 'quote' || item.kind === 'question' || item.kind === 'objection'
  const Words = isSpoken ? 'blockquote' : 'p'
  return (
    <li className={classes.card} data-picked={isPicked || undefined}>
      <div className={classes.head}>
        <span className={classes.kind}>{t(`kind.${item.kind}`)}</span>
        <span className={classes.tools}>{children}</span>
      </div>
      <Words className={isSpoken ? classes.quote : classes.words}>{item.text}</Words>
      <p className={classes.foot}>
        {[item.source, t('by', { name: item.author.name })].filter(Boolean).join(' · ')}
        {' · '}
        {item.idea ? (
          <LinkAnchor to="/ideas/$ideaId" params={{ ideaId: item.idea.id }} inherit underline="always">
            {item.idea.title}
          </LinkAnchor>
        ) : (
          t('hidden')
        )}
      </p>
      {note && <p className={classes.note}>{note}</p>}
    </li>
  )
}

interface ToolProps {
  id?: string
  label: string
  isOff?: boolean
  onPress: () => void
  children: ReactNode
}

/** One that is off keeps the focus, so that a piece can be moved on with the keyboard. */
function Tool({ id, label, isOff = false, onPress, children }: ToolProps) {
  return (
    <Tip label={label}>
      <ActionIcon
        id={id}
        size={30}
        variant="subtle"
        color="gray"
        className={classes.tool}
        aria-label={label}
        aria-disabled={isOff || undefined}
        data-disabled={isOff || undefined}
        onClick={() => !isOff && onPress()}
      >
        {children}
      </ActionIcon>
    </Tip>
  )
}
