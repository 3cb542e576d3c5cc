import './i18n'
import { Alert, Anchor, Button } from '@mantine/core'
import { IconEye, IconLink, IconPencil, IconUserShare } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getShareOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Share } from '@/shared/api/generated/types.gen'
import { formatDate, formatDateTime } from '@/shared/lib/format'
import card from '@/shared/ui/Card.module.css'
import { LinkAnchor } from '@/shared/ui/links'
import { PageHeader } from '@/shared/ui/PageHeader'
import { ErrorState, PendingRows } from '@/shared/ui/States'
import { toast } from '@/shared/ui/toast'
import { addressOf, useRevoke } from './api'
import { ReadingOf } from './ReadingOf'
import { shareRoute } from './routes'
import classes from './Shares.module.css'
import { StateOf } from './StateOf'

const EditShareDialog = lazy(() => import('./EditShareDialog').then((m) => ({ default: m.EditShareDialog })))
const Additions = lazy(() => import('./Additions').then((m) => ({ default: m.Additions })))
const TransferDialog = lazy(() => import('./TransferDialog').then((m) => ({ default: m.TransferDialog })))

export function SharePage() {
  const { shareId } = shareRoute.useParams()
  const { data: share, error, refetch } = useQuery(getShareOptions({ path: { id: shareId } }))
  if (error && !share) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!share) return <PendingRows rows={6} />
  return <ShareArticle share={share} />
}

function ShareArticle({ share }: { share: Share }) {
  const { t } = useTranslation('shares')
  return (
    <>
      <PageHeader
        title={share.recipient}
        lead={share.organisation}
        above={<LinkAnchor to="/shares">{t('page.shares')}</LinkAnchor>}
        badge={<StateOf state={share.state} />}
      />
      <Actions share={share} />
      {share.state === 'stopped' && (
        <Alert color="yellow" variant="light" mb="lg">
          {t('stoppedHint')}
        </Alert>
      )}
      <Suspense>{share.collection && <Additions share={share} />}</Suspense>
      <div className={card.columns}>
        <div>
          <ReadingOf share={share} />
        </div>
        <Facts share={share} />
      </div>
    </>
  )
}

function Actions({ share }: { share: Share }) {
  const { t } = useTranslation('shares')
  const [dialog, setDialog] = useState<'edit' | 'transfer'>()
  const { revoke, restore } = useRevoke()
  const close = () => setDialog(undefined)
  const isOpen = share.state === 'unopened' || share.state === 'opened'
  const handleCopy = async () => {
    try {
      await navigator.clipboard.writeText(await addressOf(share.id))
      toast.success(t('link.copied'))
    } catch (error) {
      toast.error(error)
    }
  }
  const handleLook = async () => {
    const tab = globalThis.open('about:blank') // in the press itself, before anything is waited for
    try {
      const url = await addressOf(share.id)
      if (tab) tab.location.href = new URL(url).pathname
    } catch (error) {
      tab?.close()
      toast.error(error)
    }
  }
  return (
    <div className={classes.actions}>
      {isOpen && (
        <>
          <Button leftSection={<IconLink size={16} />} onClick={() => void handleCopy()}>
            {t('link.copy')}
          </Button>
          <Button variant="default" leftSection={<IconEye size={16} stroke={1.7} />} onClick={() => void handleLook()}>
            {t('link.look')}
          </Button>
        </>
      )}
      <Button variant="default" leftSection={<IconPencil size={16} stroke={1.7} />} onClick={() => setDialog('edit')}>
        {t('page.edit')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconUserShare size={16} stroke={1.7} />}
        onClick={() => setDialog('transfer')}
      >
        {t('transfer.button')}
      </Button>
      {share.state === 'revoked' ? (
        <Button
          variant="default"
          loading={restore.isPending}
          onClick={() => restore.mutate({ body: { ids: [share.id] } })}
        >
          {t('revoke.restore')}
        </Button>
      ) : (
        <Button
          variant="light"
          color="red"
          loading={revoke.isPending}
          onClick={() => revoke.mutate({ body: { ids: [share.id] } })}
        >
          {t('revoke.button')}
        </Button>
      )}
      <Suspense>
        {dialog === 'edit' && <EditShareDialog share={share} onClose={close} />}
        {dialog === 'transfer' && <TransferDialog share={share} onClose={close} />}
      </Suspense>
    </div>
  )
}

function Facts({ share }: { share: Share }) {
  const { t } = useTranslation('shares')
  const once = share.opened_at ? t('page.onceSpent', { date: formatDateTime(share.opened_at) }) : t('page.once')
  const protection = [
    share.has_passcode && t('page.withPasscode'),
    share.email_gate &&
      (share.domains.length > 0 ? t('page.withCodeFor', { domains: share.domains.join(', ') }) : t('page.withCode')),
    !share.downloads && t('page.noDownloads'),
    share.once && once,
  ].filter(Boolean)
  const made = formatDate(share.created_at)
  const facts: [string, React.ReactNode][] = [
    [t('page.owner'), share.owner.name],
    [t('page.made'), share.made_by ? t('page.madeBy', { date: made, name: share.made_by.name }) : made],
    [t('page.until'), share.expires_at ? formatDateTime(share.expires_at) : t('page.noEnd')],
    [t('page.protection'), protection.length > 0 ? protection.join(', ') : t('page.noProtection')],
  ]
  if (share.title) facts.unshift([t('form.heading'), share.title])
  if (share.collection?.title) {
    facts.unshift([
      t('set.of'),
      <LinkAnchor
        key="collection"
        to="/library/collections/$collectionId"
        params={{ collectionId: share.collection.id }}
        size="sm"
      >
        {share.collection.title}
      </LinkAnchor>,
    ])
  }
  if (share.email) {
    facts.push([
      t('page.email'),
      <Anchor key="email" size="sm" href={`mailto:${share.email}`}>
        {share.email}
      </Anchor>,
    ])
  }
  return (
    <aside aria-label={t('page.facts')} className={classes.aside}>
      <section>
        <h2>{t('page.contents')}</h2>
        <ul className={classes.contents}>
          {share.resources.map((r) => (
            <li key={r.id}>
              <LinkAnchor to="/library/$resourceId" params={{ resourceId: r.id }} size="sm">
                {r.title}
              </LinkAnchor>
              {r.replaced_by && <span className={classes.facts}>{t('page.replaced', { title: r.replaced_by })}</span>}
              {!r.available && <span className={classes.facts}>{t('page.unavailable')}</span>}
            </li>
          ))}
        </ul>
      </section>
      <dl className={classes.dl}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {share.note && (
        <section>
          <h2>{t('page.note')}</h2>
          <p className={classes.note}>{share.note}</p>
        </section>
      )}
    </aside>
  )
}
