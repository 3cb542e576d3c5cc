import { ActionIcon, Button } from '@mantine/core'
import { IconArrowMerge, IconDots, IconLink, IconPencilPlus } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Idea } from '@/shared/api/generated/types.gen'
import { FollowButton } from '@/shared/discussion/FollowButton'
import { useMe } from '@/shared/session/session'
import { ActionMenu } from '@/shared/ui/ActionMenu'
import { LinkAnchor } from '@/shared/ui/links'
import { PageHeader } from '@/shared/ui/PageHeader'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import { StateBadge } from '@/shared/ui/StateBadge'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { toast } from '@/shared/ui/toast'
import { EditableText } from './EditableText'
import classes from './IdeaPage.module.css'
import { KindBadge } from './KindBadge'
import { MoveControl } from './MoveControl'
import { NeededBy } from './NeededBy'
import { canEdit, canMerge, canPlan, canTriage } from './policy'
import { VoteButton } from './VoteButton'

const MergeDialog = lazy(() => import('./MergeDialog').then((m) => ({ default: m.MergeDialog })))
const PlanDialog = lazy(() => import('./PlanDialog').then((m) => ({ default: m.PlanDialog })))

interface IdeaHeaderProps {
  idea: Idea
  onSave: (title: string) => Promise<boolean>
}

export function IdeaHeader({ idea, onSave }: IdeaHeaderProps) {
  const { t } = useTranslation('ideas')
  const { t: tc } = useTranslation()
  const me = useMe()
  const [dialog, setDialog] = useState<'merge' | 'plan'>()
  const closeDialog = () => setDialog(undefined)
  const copyLink = async () => {
    try {
      await navigator.clipboard.writeText(location.href)
      toast.success(t('copied'))
    } catch {
      toast.error(location.href) // no clipboard on plain http: at least it can be marked
    }
  }
  const heading = (
    <div className={classes.headline}>
      <VoteButton idea={idea} size="large" />
      <div className={classes.headwords}>
        <EditableText
          value={idea.title}
          label={t('edit.title')}
          buttonLabel={t('edit.titleButton')}
          maxLength={200}
          isRequired
          canEdit={canEdit(idea, me)}
          onSave={onSave}
        >
          <h1 className={classes.title} tabIndex={-1}>
            {idea.title}
          </h1>
        </EditableText>
        <div className={classes.under}>
          <StateBadge state={idea.state} />
          <KindBadge kind={idea.kind} />
          <span className={classes.author}>
            <PersonAvatar person={idea.author} size={18} />
            {idea.author.name}
          </span>
          <TimeAgo when={idea.created_at} />
          <NeededBy idea={idea} />
        </div>
      </div>
    </div>
  )
  return (
    <PageHeader title={idea.title} above={<LinkAnchor to="/ideas">{t('back')}</LinkAnchor>} heading={heading}>
      {canPlan(idea, me) && (
        <Button leftSection={<IconPencilPlus size={16} stroke={1.7} />} onClick={() => setDialog('plan')}>
          {t('plan.button')}
        </Button>
      )}
      {canTriage(me) && <MoveControl idea={idea} />}
      <FollowButton type="idea" id={idea.id} />
      <ActionMenu
        position="bottom-end"
        target={
          <ActionIcon className={classes.menu} size={36} aria-label={tc('action.more')}>
            <IconDots size={18} />
          </ActionIcon>
        }
        actions={[
          { key: 'link', label: t('copyLink'), icon: <IconLink size={15} />, onClick: () => void copyLink() },
          ...(canMerge(idea, me)
            ? [
                {
                  key: 'merge',
                  label: t('merge.menu'),
                  icon: <IconArrowMerge size={15} />,
                  onClick: () => setDialog('merge'),
                },
              ]
            : []),
        ]}
      />
      <Suspense>
        {dialog === 'merge' && <MergeDialog idea={idea} onClose={closeDialog} />}
        {dialog === 'plan' && <PlanDialog idea={idea} onClose={closeDialog} />}
      </Suspense>
    </PageHeader>
  )
}
