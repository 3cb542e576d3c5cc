import { ActionIcon, Button, CopyButton } from '@mantine/core'
import {
  IconArchive,
  IconArchiveOff,
  IconArrowsExchange,
  IconCheck,
  IconDots,
  IconLink,
  IconPencil,
  IconPhoto,
  IconShare,
  IconSpeakerphone,
  IconStack2,
  IconStar,
  IconStarFilled,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Resource } from '@/shared/api/generated/types.gen'
import { FollowButton } from '@/shared/discussion/FollowButton'
import { useShortcuts } from '@/shared/lib/keys'
import { isMarketer, useMe } from '@/shared/session/session'
import { ActionMenu } from '@/shared/ui/ActionMenu'
import { LinkButton } from '@/shared/ui/links'
import { openShare } from '@/shared/ui/overlays'
import { Tip } from '@/shared/ui/Tip'
import { useArchive, useFavourite } from './api'
import { mayShare } from './freshness'
import { linkOf } from './link'
import classes from './ResourceActions.module.css'

interface ResourceActionsProps {
  resource: Resource
  onEdit: () => void
  onCollect: () => void
  onReplace: () => void
  onCover: () => void
}

export function ResourceActions({ resource, onEdit, onCollect, onReplace, onCover }: ResourceActionsProps) {
  const { t } = useTranslation('library')
  const { t: tc } = useTranslation()
  const me = useMe()
  const favourite = useFavourite()
  const { archive, restore } = useArchive()
  const canManage = isMarketer(me) || me.admin
  const isArchived = resource.state === 'archived'
  const group = t('resource')
  useShortcuts([
    { keys: 'f', label: t('keys.favourite'), group, run: () => favourite(resource) },
    ...(canManage ? [{ keys: 'e', label: t('edit.button'), group, run: onEdit }] : []),
  ])
  const canShare = mayShare(resource)
  return (
    <>
      {canShare && (
        <Button onClick={() => openShare([resource])} leftSection={<IconShare size={16} />}>
          {t('share.button')}
        </Button>
      )}
      <CopyButton value={linkOf(resource.id)}>
        {({ copied, copy }) => (
          <Button
            variant={canShare ? 'default' : 'filled'}
            onClick={copy}
            leftSection={copied ? <IconCheck size={16} /> : <IconLink size={16} />}
          >
            {copied ? t('link.copied') : t('link.copy')}
          </Button>
        )}
      </CopyButton>
      <Tip label={resource.favourite ? t('favourite.remove') : t('favourite.add')}>
        <ActionIcon
          variant="default"
          size={36}
          className={classes.icon}
          aria-pressed={resource.favourite}
          aria-label={t('favourite.of', { title: resource.title })}
          data-on={resource.favourite || undefined}
          onClick={() => favourite(resource)}
        >
          {resource.favourite ? <IconStarFilled size={17} /> : <IconStar size={17} stroke={1.7} />}
        </ActionIcon>
      </Tip>
      <FollowButton type="resource" id={resource.id} />
      {canManage && !isArchived && (
        <LinkButton
          to="/posts/new"
          search={{ resource: resource.id }}
          variant="default"
          leftSection={<IconSpeakerphone size={16} stroke={1.7} />}
        >
          {t('post')}
        </LinkButton>
      )}
      {canManage && (
        <ActionMenu
          position="bottom-end"
          target={
            <ActionIcon variant="default" size={36} className={classes.icon} aria-label={tc('action.more')}>
              <IconDots size={17} />
            </ActionIcon>
          }
          actions={[
            { key: 'collect', label: t('collections.add'), icon: <IconStack2 size={16} />, onClick: onCollect },
            { key: 'edit', label: t('edit.button'), icon: <IconPencil size={16} />, onClick: onEdit },
            { key: 'cover', label: t('cover.button'), icon: <IconPhoto size={16} />, onClick: onCover },
            ...(isArchived
              ? []
              : [
                  {
                    key: 'replace',
                    label: t('replace.button'),
                    icon: <IconArrowsExchange size={16} />,
                    onClick: onReplace,
                  },
                ]),
            isArchived
              ? {
                  key: 'restore',
                  label: t('archive.restore'),
                  icon: <IconArchiveOff size={16} />,
                  disabled: restore.isPending,
                  onClick: () => restore.mutate({ path: { id: resource.id } }),
                }
              : {
                  key: 'archive',
                  label: t('archive.button'),
                  icon: <IconArchive size={16} />,
                  disabled: archive.isPending,
                  onClick: () => archive.mutate({ path: { id: resource.id } }),
                },
          ]}
        />
      )}
    </>
  )
}
