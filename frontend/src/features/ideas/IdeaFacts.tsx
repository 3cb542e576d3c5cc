import { Text, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate } from '@/shared/lib/format'
import { useMe } from '@/shared/session/session'
import { PeopleStack } from '@/shared/ui/PersonAvatar'
import type { FactFieldProps } from './FactFields'
import classes from './IdeaPage.module.css'
import { canEdit, canSetVisibility } from './policy'

// who may only read needs none of the inputs
const loadFields = () => import('./FactFields')
const KindField = lazy(() => loadFields().then((m) => ({ default: m.KindField })))
const VisibilityField = lazy(() => loadFields().then((m) => ({ default: m.VisibilityField })))
const PeopleField = lazy(() => loadFields().then((m) => ({ default: m.PeopleField })))
const TagsField = lazy(() => loadFields().then((m) => ({ default: m.TagsField })))

/** Small facts, changed where they stand. */
export function IdeaFacts({ idea, onSave }: FactFieldProps) {
  const { t } = useTranslation('ideas')
  const me = useMe()
  const mayEdit = canEdit(idea, me)
  const mayDecide = canSetVisibility(idea, me)
  const field = { idea, onSave }
  return (
    <section>
      <dl className={classes.facts}>
        <Fact label={t('fact.kind')}>{mayEdit ? <KindField {...field} /> : t(`kind.${idea.kind}`)}</Fact>
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
            <VisibilityField {...field} />
          ) : (
            t(`visibility.${idea.visibility === 'team' ? 'authorsTeam' : idea.visibility}`)
          )}
        </Fact>
        {idea.visibility === 'private' && (
          <Fact label={t('fact.people')}>
            {mayDecide ? (
              <PeopleField {...field} />
            ) : (
              <PeopleStack people={[idea.author, ...(idea.people ?? [])]} max={8} />
            )}
          </Fact>
        )}
        <Fact label={t('fact.tags')}>{mayEdit ? <TagsField {...field} /> : <Tags tags={idea.tags} />}</Fact>
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

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Suspense fallback={<div className={classes.inputShape} />}>{children}</Suspense>
      </dd>
    </div>
  )
}
