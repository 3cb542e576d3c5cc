import './i18n'
import { ActionIcon, Button, NativeSelect, Select, TagsInput, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listCollectionsOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { useOffered } from '@/shared/lib/useOffered'
import { PersonSelect } from '@/shared/people/PersonSelect'
import classes from './Bulk.module.css'
import { type BulkValues, type TagFacet, type TagRow, tagFacets } from './change'

interface BulkFieldsProps {
  values: BulkValues
  onChange: (values: BulkValues) => void
}

/** What is to change; everything else stays as it is. */
export function BulkFields({ values, onChange }: BulkFieldsProps) {
  const { t } = useTranslation('bulk')
  const set = (change: Partial<BulkValues>) => onChange({ ...values, ...change })
  const collections = useQuery(listCollectionsOptions({ query: {} })).data?.items ?? []
  const settings = (['keep', 'set', 'clear'] as const).map((value) => ({ value, label: t(`setting.${value}`) }))
  const choices = (name: 'shareable' | 'outside' | 'inside' | 'archived') =>
    (['keep', 'yes', 'no'] as const).map((value) => ({ value, label: t(`${name}.${value}`) }))
  return (
    <>
      <TagRows rows={values.tags} onChange={(tags) => set({ tags })} />
      <div className={classes.pair}>
        <NativeSelect
          label={t('field.owner')}
          data={settings}
          value={values.owner}
          onChange={(e) => set({ owner: e.currentTarget.value as BulkValues['owner'] })}
        />
        {values.owner === 'set' && (
          <PersonSelect label={t('newOwner')} value={values.ownerId} onChange={(ownerId) => set({ ownerId })} />
        )}
      </div>
      <div className={classes.pair}>
        <NativeSelect
          label={t('field.review')}
          data={settings}
          value={values.review}
          onChange={(e) => set({ review: e.currentTarget.value as BulkValues['review'] })}
        />
        {values.review === 'set' && (
          <TextInput
            type="date"
            label={t('newReview')}
            value={values.reviewOn}
            onChange={(e) => set({ reviewOn: e.currentTarget.value })}
          />
        )}
      </div>
      <div className={classes.pair}>
        <NativeSelect
          label={t('expiry')}
          data={settings}
          value={values.expiry}
          onChange={(e) => set({ expiry: e.currentTarget.value as BulkValues['expiry'] })}
        />
        {values.expiry === 'set' && (
          <TextInput
            type="datetime-local"
            label={t('newExpiry')}
            value={values.expiresAt}
            onChange={(e) => set({ expiresAt: e.currentTarget.value })}
          />
        )}
      </div>
      <div className={classes.pair}>
        {(['shareable', 'outside', 'inside', 'archived'] as const).map((name) => (
          <NativeSelect
            key={name}
            label={t(`${name}.label`)}
            data={choices(name)}
            value={values[name]}
            onChange={(e) => set({ [name]: e.currentTarget.value })}
          />
        ))}
      </div>
      <Select
        label={t('collection')}
        placeholder={t('noCollection')}
        clearable
        searchable
        data={collections.filter((c) => c.kind === 'hand' && c.may_edit).map((c) => ({ value: c.id, label: c.title }))}
        value={values.collection}
        onChange={(collection) => set({ collection })}
      />
    </>
  )
}

function TagRows({ rows, onChange }: { rows: TagRow[]; onChange: (rows: TagRow[]) => void }) {
  const { t } = useTranslation('bulk')
  const offered = useOffered()
  const set = (key: number, change: Partial<TagRow>) =>
    onChange(rows.map((r) => (r.key === key ? { ...r, ...change } : r)))
  const add = () =>
    onChange([...rows, { key: Math.max(-1, ...rows.map((r) => r.key)) + 1, op: 'add', facet: 'tag', values: [] }])
  return (
    <fieldset className={classes.tags}>
      <legend>{t('tags')}</legend>
      {rows.map((row) => (
        <div key={row.key} className={classes.tagRow}>
          <NativeSelect
            aria-label={t('op')}
            data={(['add', 'remove'] as const).map((value) => ({ value, label: t(`ops.${value}`) }))}
            value={row.op}
            onChange={(e) => set(row.key, { op: e.currentTarget.value as TagRow['op'] })}
          />
          <NativeSelect
            aria-label={t('kind')}
            data={tagFacets.map((value) => ({ value, label: t(`field.${value}`) }))}
            value={row.facet}
            onChange={(e) => set(row.key, { facet: e.currentTarget.value as TagFacet, values: [] })}
          />
          <TagsInput
            aria-label={t('values')}
            placeholder={row.values.length === 0 ? t('values') : undefined}
            data={offered(row.facet)}
            maxTags={20}
            value={row.values}
            onChange={(values) => set(row.key, { values })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            className={classes.takeOff}
            aria-label={t('takeOff')}
            disabled={rows.length === 1}
            onClick={() => onChange(rows.filter((r) => r.key !== row.key))}
          >
            <IconX size={16} />
          </ActionIcon>
        </div>
      ))}
      <Button variant="subtle" leftSection={<IconPlus size={15} />} onClick={add}>
        {t('more')}
      </Button>
    </fieldset>
  )
}
