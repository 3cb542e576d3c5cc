import './i18n'
import { Button, FileButton, Modal, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconPhotoUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Asset, ResourceCover as Chosen, ResourcePage } from '@/shared/api/generated/types.gen'
import { isStale } from '@/shared/api/problem'
import { FormProblem } from '@/shared/ui/FormProblem'
import { ResourceCover } from '../ResourceCover'
import classes from './CoverDialog.module.css'
import { coverTypes, useCover } from './useCover'

/** How many pages of a file are offered: a cover is seldom far behind. */
const mostPages = 60

interface CoverDialogProps {
  resource: ResourcePage
  onClose: () => void
}

/** Chooses what stands for a resource: a picture of its own, or a page of its files. One press each. */
export function CoverDialog({ resource, onClose }: CoverDialogProps) {
  const { t } = useTranslation('cover')
  const { t: tc } = useTranslation()
  const set = useCover(resource.id, onClose)
  const { cover, rev } = resource
  const choose = (next?: Chosen, file?: File) => set.mutate({ rev, cover: next, file, was: cover })
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('title')}
      closeButtonProps={{ 'aria-label': tc('action.close') }}
    >
      <Stack>
        <Text size="sm">{t('hint')}</Text>
        <div className={classes.top}>
          <figure className={classes.now} aria-label={t('now')}>
            <ResourceCover key={resource.preview_url} resource={resource} />
          </figure>
          <div className={classes.acts}>
            <FileButton accept={coverTypes.join(',')} onChange={(file) => file && choose(undefined, file)}>
              {(props) => (
                <Button
                  {...props}
                  variant="default"
                  data-autofocus
                  leftSection={<IconPhotoUp size={17} stroke={1.7} />}
                  loading={set.isPending && Boolean(set.variables?.file)}
                  disabled={set.isPending}
                >
                  {t('upload')}
                </Button>
              )}
            </FileButton>
            {cover && (
              <Button variant="subtle" disabled={set.isPending} onClick={() => choose()}>
                {t('remove')}
              </Button>
            )}
            <Text size="xs" c="dimmed">
              {t('limits')}
            </Text>
          </div>
        </div>
        {isStale(set.error) ? (
          <Text size="sm" role="alert">
            {tc('stale.title')}
          </Text>
        ) : (
          <FormProblem error={set.error} />
        )}
        {resource.assets
          .filter((a) => a.viewer === 'pages')
          .map((asset) => (
            <Pages key={asset.id} asset={asset} cover={cover} isPending={set.isPending} onChoose={choose} />
          ))}
      </Stack>
    </Modal>
  )
}

interface PagesProps {
  asset: Asset
  cover?: Chosen
  isPending: boolean
  onChoose: (cover: Chosen) => void
}

function Pages({ asset, cover, isPending, onChoose }: PagesProps) {
  const { t } = useTranslation('cover')
  const pages = Array.from({ length: Math.min(asset.pages, mostPages) }, (_, i) => i + 1)
  return (
    <section aria-label={t('pages', { name: asset.name })}>
      <h3 className={classes.heading}>{t('pages', { name: asset.name })}</h3>
      <div className={classes.pages}>
        {pages.map((page) => (
          <PageChoice
            key={page}
            source={`/api/v1/assets/${asset.id}/pages/${page}/picture?width=240`}
            page={page}
            isChosen={cover?.asset_id === asset.id && cover.page === page}
            isPending={isPending}
            onChoose={() => onChoose({ asset_id: asset.id, page })}
          />
        ))}
      </div>
    </section>
  )
}

interface PageChoiceProps {
  source: string
  page: number
  isChosen: boolean
  isPending: boolean
  onChoose: () => void
}

function PageChoice({ source, page, isChosen, isPending, onChoose }: PageChoiceProps) {
  const { t } = useTranslation('cover')
  const [isBroken, setBroken] = useState(false)
  if (isBroken) return null // a page of which there is no picture
  return (
    <UnstyledButton
      className={classes.page}
      aria-label={t('page', { page })}
      aria-pressed={isChosen}
      disabled={isPending}
      onClick={onChoose}
    >
      <img src={source} alt="" loading="lazy" onError={() => setBroken(true)} />
      <span className={classes.number}>{page}</span>
    </UnstyledButton>
  )
}
