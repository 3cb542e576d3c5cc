import { ActionIcon } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DemandFound } from '@/shared/api/generated/types.gen'
import { LinkAnchor } from '@/shared/ui/links'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { Tip } from '@/shared/ui/Tip'
import classes from './Demand.module.css'

interface DemandAnswerProps {
  answer: DemandFound
  words: string
  /** Absent where nothing is changed. */
  onTakeBack: (() => void) | undefined
  isPending: boolean
}

/** What answers a demand: something that was published, or that somebody says is there already. */
export function DemandAnswer({ answer, words, onTakeBack, isPending }: DemandAnswerProps) {
  const { t } = useTranslation('ideas')
  const { id, title, at, by, by_hand } = answer
  return (
    <p className={classes.link}>
      {by_hand ? t('demand.there.label') : t('demand.answer')}{' '}
      <LinkAnchor to="/library/$resourceId" params={{ resourceId: id }}>
        {title}
      </LinkAnchor>
      {by_hand && (
        <span className={classes.by}>
          {by && <>{t('demand.there.by', { name: by.name })} · </>}
          <TimeAgo when={at} />
        </span>
      )}
      {by_hand && onTakeBack && (
        <Tip label={t('demand.there.takeBack')}>
          <ActionIcon
            size={28}
            className={classes.off}
            loading={isPending}
            aria-label={t('demand.there.takeBackOf', { words, title })}
            onClick={onTakeBack}
          >
            <IconArrowBackUp size={15} />
          </ActionIcon>
        </Tip>
      )}
    </p>
  )
}
