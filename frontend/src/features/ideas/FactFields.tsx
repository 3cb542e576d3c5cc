import { Select, TagsInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Idea, IdeaWords } from '@/shared/api/generated/types.gen'
import { PeopleSelect } from '@/shared/people/PeopleSelect'
import { useMe } from '@/shared/session/session'
import { ideaKinds } from './routes'

export interface FactFieldProps {
  idea: Idea
  onSave: (change: Partial<IdeaWords>) => Promise<boolean>
}

const visibilities = ['everyone', 'team', 'private'] as const

export function KindField({ idea, onSave }: FactFieldProps) {
  const { t } = useTranslation('ideas')
  return (
    <Select
      size="sm"
      aria-label={t('fact.kind')}
      allowDeselect={false}
      value={idea.kind}
      onChange={(kind) => kind && void onSave({ kind: kind as Idea['kind'] })}
      data={ideaKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
    />
  )
}

export function VisibilityField({ idea, onSave }: FactFieldProps) {
  const { t } = useTranslation('ideas')
  const me = useMe()
  return (
    <Select
      size="sm"
      aria-label={t('fact.visibility')}
      allowDeselect={false}
      value={idea.visibility}
      onChange={(value) => value && void onSave({ visibility: value as Idea['visibility'] })}
      data={visibilities
        .filter((v) => v !== 'team' || me.team !== undefined || idea.visibility === 'team')
        .map((v) => ({ value: v, label: t(`visibility.${v}`) }))}
    />
  )
}

export function PeopleField({ idea, onSave }: FactFieldProps) {
  const { t } = useTranslation('ideas')
  return (
    <PeopleSelect
      size="sm"
      aria-label={t('fact.people')}
      exclude={[idea.author.id]}
      value={(idea.people ?? []).map((p) => p.id)}
      onChange={(people) => void onSave({ people })}
    />
  )
}

export function TagsField({ idea, onSave }: FactFieldProps) {
  const { t } = useTranslation('ideas')
  return (
    <TagsInput
      size="sm"
      aria-label={t('fact.tags')}
      placeholder={t('fact.tagsHint')}
      maxTags={20}
      value={idea.tags}
      onChange={(tags) => void onSave({ tags })}
    />
  )
}
