import { Switch } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getDraftQueryKey, setDraftEditsMutation } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Draft } from '@/shared/api/generated/types.gen'
import { toast } from '@/shared/ui/toast'
import classes from './Suggest.module.css'

/** Which contributors from sales write in the text itself; for whoever decides that. */
export function SuggestersLine({ draft }: { draft: Draft }) {
  const { t } = useTranslation('drafts')
  const queryClient = useQueryClient()
  const set = useMutation({
    ...setDraftEditsMutation(),
    onSuccess: (after) => queryClient.setQueryData(getDraftQueryKey({ path: { id: draft.id } }), after),
    onError: toast.error,
  })
  const people = draft.people.filter(
    (p) => p.side === 'sales' && p.id !== draft.writer.id && draft.contributors.includes(p.id),
  )
  if (people.length === 0) return null
  if (!draft.allowed.includes('lift')) {
    const names = people.filter((p) => draft.suggesters.includes(p.id)).map((p) => p.name)
    return names.length > 0 && <p className={classes.why}>{t('suggest.who', { names: names.join(', ') })}</p>
  }
  return (
    <div className={classes.switches}>
      {people.map((person) => (
        <Switch
          key={person.id}
          size="sm"
          label={t('suggest.lift', { name: person.name })}
          checked={!draft.suggesters.includes(person.id)}
          disabled={set.isPending}
          onChange={(event) =>
            set.mutate({ path: { id: draft.id, person_id: person.id }, body: { edits: event.currentTarget.checked } })
          }
        />
      ))}
    </div>
  )
}
