import { Button, Code, Modal, Stack, Text } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Post } from '@/shared/api/generated/types.gen'
import { isConflict } from '@/shared/api/problem'
import { DialogFoot } from '@/shared/ui/DialogFoot'
import { FormProblem } from '@/shared/ui/FormProblem'
import type { PostSteps } from './api'
import classes from './SealDialog.module.css'
import { shortHash } from './shortHash'

interface SealDialogProps {
  post: Post
  steps: PostSteps
  onClose: () => void
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.row}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** The one question before a seal: exactly what is sealed, and what follows. */
export function SealDialog({ post, steps, onClose }: SealDialogProps) {
  const { t } = useTranslation('posts')
  const { t: tn } = useTranslation('numbers')
  const { t: tc } = useTranslation()
  const { seal } = steps
  const handleClose = () => {
    seal.reset()
    onClose()
  }
  const handleSeal = () => seal.mutate({ path: steps.path, body: { hash: post.hash } }, { onSuccess: handleClose })
  const handleRefresh = () => {
    void steps.refresh()
    handleClose()
  }
  const isOld = isConflict(seal.error)
  return (
    <Modal opened onClose={handleClose} title={t('seal.title')} size="lg">
      <Stack>
        <Text size="sm">{t('seal.lead')}</Text>
        <dl className={classes.list}>
          <Row label={t('field.text')}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
            <section className={classes.text} tabIndex={0} aria-label={t('field.text')}>
              {post.text}
            </section>
          </Row>
          <Row label={t('field.disclosure')}>{post.disclosure || t('seal.none')}</Row>
          <Row label={t('field.network')}>{tn(`network.${post.network}`)}</Row>
          <Row label={t('field.media')}>
            {post.media_url ? (
              <img className={classes.media} src={post.media_url} alt={t('card.media')} />
            ) : (
              t('seal.none')
            )}
          </Row>
          <Row label={t('field.link')}>
            {post.link_url ? (
              <>
                {post.link_url.replace(/^https?:\/\//, '')}
                <span className={classes.target}>{t('seal.leadsTo', { target: post.link_target })}</span>
              </>
            ) : (
              t('seal.none')
            )}
          </Row>
          <Row label={t('seal.hash')}>
            <Code title={post.hash}>{shortHash(post.hash)}</Code>
            <span className={classes.target}>{t('seal.hashHint')}</span>
          </Row>
        </dl>
        <FormProblem error={seal.error} />
        <DialogFoot>
          <Button variant="default" onClick={handleClose}>
            {tc('action.cancel')}
          </Button>
          {isOld ? (
            <Button onClick={handleRefresh}>{tc('stale.takeTheirs')}</Button>
          ) : (
            <Button
              leftSection={<IconShieldCheck size={17} />}
              loading={seal.isPending}
              onClick={handleSeal}
              data-autofocus
            >
              {t('seal.confirm')}
            </Button>
          )}
        </DialogFoot>
      </Stack>
    </Modal>
  )
}
