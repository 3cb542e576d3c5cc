import { Select, TagsInput, Text, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Idea, IdeaWords } from '@/shared/api/generated/types.gen'
import { formatDate } from '@/shared/lib/format'
import { PeopleSelect } from '@/shared/people/PersonSelect'
import { useMe } from '@/shared/session/session'
import { PeopleStack } from '@/shared/ui/PersonAvatar'
import classes from './IdeaPage.module.css'
import { canEdit, canSetVisibility } from './policy'
import { ideaKinds } from './routes'

interface IdeaFactsProps {
  idea: Idea
  onSave: (change: Partial<IdeaWords>) => Promise<boolean>
}

/** Small facts, changed where they stand. */
export function IdeaFacts({ idea, onSave }: IdeaFactsProps) {
  const { t } = useTranslation('ideas')
  const me = useMe()
  const mayEdit = canEdit(idea, me)
  const mayDecide = canSetVisibility(idea, me)
  const visibilities = ['everyone', 'team', 'private'] as const
  return (
    <section>
      <dl className={classes.facts}>
        <Fact label={t('fact.kind')}>
          {mayEdit ? (
            <Select
              size="sm"
              aria-label={t('fact.kind')}
              allowDeselect={false}
              value={idea.kind}
              onChange={(kind) => kind && void onSave({ kind: kind as Idea['kind'] })}
              data={ideaKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
            />
          ) : (
            t(`kind.${idea.kind}`)
          )}
        </Fact>
        {idea.kind === 'request' && (
          <Fact label={t('fact.neededBy')}>
            {mayEdit ? (
              <TextInput
                key={idea.needed_by}
                type="date"
                size="sm"
                aria-label={t('fact.neededBy')}
                defaultValue={idea.needed_by ?? ''}
                onBlur={(event) => {
                  const date = event.currentTarget.value || undefined
                  if (date !== idea.needed_by) void onSave({ needed_by: date })
                }}
              />
            ) : (
              formatDateOr(idea.needed_by, t('fact.noDate'))
            )}
          </Fact>
        )}
        <Fact label={t('fact.visibility')}>
          {mayDecide ? (
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
          ) : (
            t(`visibility.${idea.visibility === 'team' ? 'authorsTeam' : idea.visibility}`)
          )}
        </Fact>
        {idea.visibility === 'private' && (
          <Fact label={t('fact.people')}>
            {mayDecide ? (
              <PeopleSelect
                size="sm"
                aria-label={t('fact.people')}
                exclude={[idea.author.id]}
                value={(idea.people ?? []).map((p) => p.id)}
                onChange={(people) => void onSave({ people })}
              />
            ) : (
              <PeopleStack people={[idea.author, ...(idea.people ?? [])]} max={8} />
            )}
          </Fact>
        )}
        <Fact label={t('fact.tags')}>
          {mayEdit ? (
            <TagsInput
              size="sm"
              aria-label={t('fact.tags')}
              placeholder={t('fact.tagsHint')}
              maxTags={20}
              value={idea.tags}
              onChange={(tags) => void onSave({ tags })}
            />
          ) : (
            <Tags tags={idea.tags} />
          )}
        </Fact>
      </dl>
    </section>
  )
}

function formatDateOr(date: string | undefined, otherwise: string): string {
  return date ? formatDate(date) : otherwise
}

function Tags({ tags }: { tags: string[] }) {
  const { t } = useTranslation('ideas')
  if (tags.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('fact.noTags')}
      </Text>
    )
  return tags.map((tag, i) => (
    <span key={tag}>
      {i > 0 && ', '}
      <Link to="/ideas" search={{ tag }}>
        {tag}
      </Link>
    </span>
  ))
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
