import { Button, Group, Stack } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ResourceVersion } from '@/shared/api/generated/types.gen'
import { ApiError, fieldErrors, isStale } from '@/shared/api/problem'
import { WhatChangedField } from '@/shared/review/WhatChangedField'
import { FormProblem } from '@/shared/ui/FormProblem'
import { StaleNotice } from '@/shared/ui/StaleNotice'
import { useSayWhatChanged } from './useSayWhatChanged'

interface NoteFormProps {
  resourceId: string
  version: ResourceVersion
  onClose: () => void
}

/** What changed with a version, said or corrected. */
export function NoteForm({ resourceId, version, onClose }: NoteFormProps) {
  const { t: tc } = useTranslation()
  const [note, setNote] = useState(version.note)
  const [seen] = useState(version) // whoever else writes meanwhile, this is what was corrected
  const { save, reload } = useSayWhatChanged(resourceId, version.number)
  const { error } = save
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector('textarea')?.focus(), [])
  const atField = fieldErrors(error).note
  const submit = (rev: number) => save.mutate({ note: note.trim(), rev, was: seen.note }, { onSuccess: onClose })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit(seen.rev)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit()
      }}
      ref={form}
    >
      <Stack gap="sm">
        <WhatChangedField value={note} onChange={setNote} error={atField} isLater />
        {isStale(error) ? (
          <StaleNotice
            error={error}
            onTakeTheirs={() => {
              void reload()
              onClose()
            }}
            onKeepMine={() => submit((error instanceof ApiError && error.rev) || seen.rev)}
          />
        ) : (
          !atField && <FormProblem error={error} />
        )}
        <Group gap="xs">
          <Button type="submit" loading={save.isPending}>
            {tc('action.save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {tc('action.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
