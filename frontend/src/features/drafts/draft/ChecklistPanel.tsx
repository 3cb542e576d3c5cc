import { ActionIcon, Checkbox, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  addCheckItemMutation,
  checkMutation,
  getChecklistOptions,
  getChecklistQueryKey,
  removeCheckItemMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import type { CheckItem, Draft, ListCheckItem } from '@/shared/api/generated/types.gen'
import { invalidate } from '@/shared/api/invalidate'
import { formatDate } from '@/shared/lib/format'
import { toast } from '@/shared/ui/toast'
import classes from './ChecklistPanel.module.css'

/** What must not be forgotten. Open items remind; they stop nobody. */
export function ChecklistPanel({ draft }: { draft: Draft }) {
  const { t } = useTranslation('drafts')
  const path = { id: draft.id }
  const queryClient = useQueryClient()
  const { data } = useQuery(getChecklistOptions({ path }))
  const [text, setText] = useState('')
  const onSuccess = (list: ListCheckItem) => queryClient.setQueryData(getChecklistQueryKey({ path }), list)
  const add = useMutation({ ...addCheckItemMutation(), onSuccess, onError: (error) => toast.error(error) })
  const check = useMutation({
    ...checkMutation(),
    // the tick is there when it is pressed; the server's list follows
    onMutate: ({ path: { item_id }, body: { done } }) => {
      const tick = (item: CheckItem) =>
        item.id === item_id ? { ...item, done_at: done ? new Date().toISOString() : undefined } : item
      queryClient.setQueryData<ListCheckItem>(
        getChecklistQueryKey({ path }),
        (list) => list && { ...list, items: list.items.map(tick) },
      )
    },
    onSuccess,
    onError: (error) => {
      toast.error(error)
      void invalidate(queryClient, 'getChecklist')
    },
    scope: { id: `checklist ${draft.id}` },
  })
  const remove = useMutation({ ...removeCheckItemMutation(), onSuccess, onError: (error) => toast.error(error) })
  const mayEdit = draft.allowed.includes('edit') || draft.allowed.includes('plan')
  const items = data?.items ?? []
  if (!data || (items.length === 0 && !mayEdit)) return null
  const handleRemove = (item: CheckItem) =>
    remove.mutate(
      { path: { ...path, item_id: item.id } },
      {
        onSuccess: () =>
          toast.undo({
            message: t('checklist.removed', { text: item.text }),
            onUndo: () => add.mutate({ path, body: { text: item.text } }),
          }),
      },
    )
  const handleAdd = () => {
    if (!text.trim() || add.isPending) return
    add.mutate({ path, body: { text } }, { onSuccess: () => setText('') })
  }
  return (
    <section aria-label={t('checklist.title')}>
      <h2 className={classes.title}>
        {t('checklist.title')}
        <span className={classes.count}>
          {items.length > 0 &&
            t('checklist.done', { done: items.filter((item) => item.done_at).length, all: items.length })}
        </span>
      </h2>
      <ul className={classes.items}>
        {items.map((item) => (
          <li key={item.id} className={classes.item}>
            <Checkbox
              label={item.text}
              checked={Boolean(item.done_at)}
              disabled={!mayEdit}
              description={
                item.done_at && item.done_by
                  ? t('checklist.by', { name: item.done_by.name, date: formatDate(item.done_at) })
                  : undefined
              }
              onChange={(event) =>
                check.mutate({ path: { ...path, item_id: item.id }, body: { done: event.currentTarget.checked } })
              }
            />
            {mayEdit && (
              <ActionIcon
                className={classes.remove}
                variant="subtle"
                color="gray"
                size={28}
                aria-label={t('checklist.remove', { text: item.text })}
                onClick={() => handleRemove(item)}
              >
                <IconX size={14} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {items.length === 0 && <p className={classes.empty}>{t('checklist.empty')}</p>}
      {mayEdit && (
        <TextInput
          size="xs"
          mt={6}
          maxLength={200}
          aria-label={t('checklist.addLabel')}
          placeholder={t('checklist.add')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && handleAdd()}
          onBlur={handleAdd}
        />
      )}
    </section>
  )
}
