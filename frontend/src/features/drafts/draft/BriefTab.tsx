import { Alert, Button, Select, Stack, Switch, TagsInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Brief, Draft } from '@/shared/api/generated/types.gen'
import { isStale, messageOf } from '@/shared/api/problem'
import { contentTypeLabel } from '@/shared/lib/contentType'
import { useContentTypeChoices, useContentTypes } from '@/shared/lib/useContentTypes'
import { PeopleSelect } from '@/shared/people/PeopleSelect'
import { PersonSelect } from '@/shared/people/PersonSelect'
import { StaleNotice } from '@/shared/ui/StaleNotice'
import { type PlanChange, useUpdateDraft } from '../api'
import review from '../document/Document.module.css'
import { BriefEvidence } from '../evidence/BriefEvidence'
import { IdeasSelect } from '../IdeasSelect'
import { BriefField, type BriefText } from './BriefField'
import classes from './BriefTab.module.css'

const words: { field: BriefText; max: number; lines?: number }[] = [
  { field: 'summary', max: 4000, lines: 2 },
  { field: 'audience', max: 500 },
  { field: 'stage', max: 80 },
  { field: 'key_message', max: 4000, lines: 2 },
  { field: 'proof', max: 4000, lines: 2 },
  { field: 'call_to_action', max: 1000 },
]

/** Why and for whom the piece is made. Each field saves itself when it is left. */
export function BriefTab({ draft }: { draft: Draft }) {
  const { t } = useTranslation('drafts')
  const update = useUpdateDraft(draft)
  const [round, setRound] = useState(0)
  const isFixed = !draft.allowed.includes('plan')
  const { brief = {} } = draft
  const types = useContentTypeChoices(draft.content_type)
  const usual = useUsualWords(draft)
  const save = (change: PlanChange) => update.mutate({ change })
  const handleKeepMine = () => update.variables && update.mutate({ change: update.variables.change, force: true })
  const handleTakeTheirs = () => {
    update.reset()
    setRound(round + 1) // drops what was typed
  }
  const field = (name: BriefText, max: number, lines?: number) => (
    <BriefField
      key={`${name} ${round}`}
      name={name}
      keepAs={`${draft.id} ${name}`}
      value={brief[name] ?? ''}
      maxLength={max}
      minRows={lines}
      readOnly={isFixed}
      onSave={(value) => save({ brief: { [name]: value } })}
    />
  )
  return (
    <Stack gap="xl">
      {isFixed && <p className={classes.note}>{t('brief.readOnly')}</p>}
      {!isFixed && draft.state === 'in_review' && draft.approved_by.length > 0 && (
        <p className={review.review}>{t('text.review')}</p>
      )}
      <StaleNotice error={update.error} onTakeTheirs={handleTakeTheirs} onKeepMine={handleKeepMine} />
      {update.isError && !isStale(update.error) && (
        <Alert color="red" variant="light" role="alert">
          {messageOf(update.error)}
        </Alert>
      )}
      {!isFixed && usual && (
        <Alert variant="light" title={t('brief.offer', { type: contentTypeLabel(draft.content_type) })}>
          <Button size="xs" variant="default" onClick={() => save({ brief: usual })} loading={update.isPending}>
            {t('brief.fill')}
          </Button>
        </Alert>
      )}
      <fieldset className={classes.group}>
        <legend>{t('brief.what')}</legend>
        <Stack gap="md">
          {words.map(({ field: name, max, lines }) => field(name, max, lines))}
          <IdeasSelect
            label={t('brief.ideas')}
            value={draft.ideas}
            onChange={(ideas) => save({ ideas })}
            readOnly={isFixed}
          />
        </Stack>
      </fieldset>
      <BriefEvidence draft={draft} isFixed={isFixed} className={classes.group} />
      <fieldset className={classes.group}>
        <legend>{t('brief.who')}</legend>
        <Stack gap="md">
          <PersonSelect
            label={t('brief.writer')}
            allowDeselect={false}
            value={draft.writer.id}
            onChange={(id) => id && save({ writer_id: id })}
            readOnly={isFixed}
          />
          <PeopleSelect
            label={t('brief.contributors')}
            description={t('brief.contributorsHint')}
            value={draft.contributors}
            exclude={[draft.writer.id]}
            onChange={(contributors) => save({ contributors })}
            readOnly={isFixed}
          />
          <PeopleSelect
            label={t('brief.approvers')}
            description={t('brief.approversHint')}
            value={draft.approvers}
            exclude={[draft.writer.id]}
            onChange={(approvers) => save({ approvers })}
            readOnly={isFixed}
          />
          <PersonSelect
            label={t('brief.expert')}
            description={t('brief.expertHint')}
            clearable
            value={brief.expert_id ?? null}
            onChange={(id) => save({ brief: { expert_id: id ?? undefined } })}
            readOnly={isFixed}
          />
          <Switch
            label={t('brief.confidential')}
            description={t('brief.confidentialHint')}
            checked={draft.confidential}
            onChange={(event) => save({ confidential: event.currentTarget.checked })}
            disabled={isFixed}
          />
        </Stack>
      </fieldset>
      <fieldset className={classes.group}>
        <legend>{t('brief.how')}</legend>
        <Stack gap="md">
          <div className={classes.pairs}>
            <Select
              label={t('brief.contentType')}
              allowDeselect={false}
              value={draft.content_type}
              data={types}
              onChange={(type) => type && save({ content_type: type })}
              readOnly={isFixed}
            />
            {field('channel', 200)}
          </div>
          <TagsInput
            label={t('brief.tags')}
            description={isFixed ? undefined : t('brief.tagsHint')}
            maxTags={20}
            value={brief.tags ?? []}
            onChange={(tags) => save({ brief: { tags } })}
            readOnly={isFixed}
          />
          {field('public_url', 1000)}
          <Switch
            label={t('brief.shareable')}
            checked={brief.shareable ?? false}
            onChange={(event) => save({ brief: { shareable: event.currentTarget.checked } })}
            disabled={isFixed}
          />
        </Stack>
      </fieldset>
    </Stack>
  )
}

/** What the template of the type has for fields that are empty: only after the type was changed there is such a thing. */
function useUsualWords(draft: Draft): Partial<Brief> | undefined {
  const { all } = useContentTypes()
  const template = all.find((type) => type.key === draft.content_type)?.brief
  if (!template || draft.state !== 'brief') return undefined
  const missing = words
    .map(({ field }) => field)
    .filter((field) => !draft.brief?.[field] && template[field as keyof typeof template])
  if (missing.length === 0) return undefined
  return Object.fromEntries(missing.map((field) => [field, template[field as keyof typeof template]]))
}
