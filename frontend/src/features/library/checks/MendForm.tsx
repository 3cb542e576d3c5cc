import '../bulk/i18n'
import { Button, TagsInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BulkChange, CheckFinding } from '@/shared/api/generated/types.gen'
import { useOffered } from '@/shared/lib/useOffered'
import { PersonSelect } from '@/shared/people/PersonSelect'
import { tagLists } from '../bulk/change'
import classes from './Checks.module.css'

interface MendFormProps {
  finding: CheckFinding
  isPending: boolean
  onMend: (change: BulkChange) => void
  onClose: () => void
}

/** The owner, or the tags that are missing, in place. */
export function MendForm({ finding: { kind, missing }, isPending, onMend, onClose }: MendFormProps) {
  const { t: tb } = useTranslation('bulk')
  const { t: tc } = useTranslation()
  const offered = useOffered()
  const [owner, setOwner] = useState<string | null>(null)
  const [tags, setTags] = useState<NonNullable<BulkChange['add']>>({})
  const isReady = kind === 'no_owner' ? owner !== null : missing.every((f) => (tags[tagLists[f]]?.length ?? 0) > 0)
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isReady || isPending) return
        onMend(kind === 'no_owner' ? { owner_id: owner ?? undefined } : { add: tags })
      }}
    >
      {kind === 'no_owner' && (
        <PersonSelect label={tb('newOwner')} value={owner} onChange={(id) => setOwner(id)} data-autofocus />
      )}
      {kind === 'no_tags' &&
        missing.map((f) => (
          <TagsInput
            key={f}
            label={tb(`field.${f}`)}
            data={offered(f)}
            maxTags={20}
            value={tags[tagLists[f]] ?? []}
            onChange={(values) => setTags({ ...tags, [tagLists[f]]: values })}
          />
        ))}
      <Button type="submit" loading={isPending} disabled={!isReady}>
        {tc('action.save')}
      </Button>
      <Button variant="default" onClick={onClose}>
        {tc('action.cancel')}
      </Button>
    </form>
  )
}
