import { Button } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Resource } from '@/shared/api/generated/types.gen'
import { formatDate } from '@/shared/lib/format'
import { lazyPart } from '@/shared/lib/lazyPart'
import { isMarketer, useMe } from '@/shared/session/session'
import { ActionMenu } from '@/shared/ui/ActionMenu'
import { useVerify } from './api'
import { freshnessOf } from './freshness'
import { Owner } from './Owner'
import classes from './ResourcePage.module.css'

const ReviewActions = lazyPart(() => import('@/shared/review/ReviewActions').then((m) => m.ReviewActions))

const periods = [90, 180, 365] as const

/** How far one may trust it: its owner, when it was published, checked and is to be checked again. */
export function ReviewBox({ resource }: { resource: Resource }) {
  const { t } = useTranslation('library')
  const me = useMe()
  const verify = useVerify()
  const { published_at, created_at, verified_at, verified_by, review_due_on, state } = resource
  const canVerify = (isMarketer(me) || resource.keeper_id === me.id) && (state === 'live' || state === 'review_due')
  return (
    <div className={classes.box} data-tone={freshnessOf(resource).tone}>
      <dl className={classes.facts}>
        <dt>{t('fact.owner')}</dt>
        <dd>
          <Owner resource={resource} />
        </dd>
        <dt>{t('fact.published')}</dt>
        <dd>{formatDate(published_at ?? created_at)}</dd>
        {verified_at && (
          <>
            <dt>{t('fact.checked')}</dt>
            <dd>
              {verified_by
                ? t('version.by', { date: formatDate(verified_at), name: verified_by.name })
                : formatDate(verified_at)}
            </dd>
          </>
        )}
        {review_due_on && (
          <>
            <dt>{t('fact.review')}</dt>
            <dd>{formatDate(review_due_on)}</dd>
          </>
        )}
      </dl>
      {canVerify && (
        <div className={classes.review}>
          <Suspense>
            <ReviewActions resource={resource} isPressing={state === 'review_due'} isWide />
          </Suspense>
        </div>
      )}
      {canVerify && (
        <ActionMenu
          position="bottom-start"
          target={
            <Button
              size="compact-sm"
              variant="subtle"
              loading={verify.isPending}
              rightSection={<IconChevronDown size={14} />}
            >
              {t('verify.until')}
            </Button>
          }
          actions={periods.map((days) => ({
            key: String(days),
            label: t(`verify.days${days}`),
            onClick: () => verify.mutate({ path: { id: resource.id }, body: { days } }),
          }))}
        />
      )}
    </div>
  )
}
