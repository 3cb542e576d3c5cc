import { Button, Modal, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ifMatch } from '@/shared/api/client'
import { countResourcesOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Collection, CollectionFields, Resource } from '@/shared/api/generated/types.gen'
import { isStale } from '@/shared/api/problem'
import { useMe } from '@/shared/session/session'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import { StaleNotice } from '@/shared/ui/StaleNotice'
import { toast } from '@/shared/ui/toast'
import { FacetPanel } from '../FacetPanel'
import { queryOf } from '../filters'
import type { LibrarySearch } from '../search'
import { useCreateCollection, useUpdateCollection } from './api'
import classes from './CollectionDialog.module.css'
import covers from './Collections.module.css'
import { type CoverChoice, CoverField } from './CoverField'
import { ruleOf, searchOf } from './rule'

interface CollectionDialogProps {
  /** Absent: a new one. */
  collection?: Collection
  /** What is in it: one of them can be its cover. */
  resources?: Resource[]
  /** A new one begins with this. */
  resourceIds?: string[]
  search?: LibrarySearch
  onMade?: (collection: Collection) => void
  onClose: () => void
}

export function CollectionDialog({
  collection,
  resources,
  resourceIds,
  search,
  onMade,
  onClose,
}: CollectionDialogProps) {
  const { t } = useTranslation('library')
  const { t: tc } = useTranslation()
  const me = useMe()
  const create = useCreateCollection()
  const update = useUpdateCollection()
  const form = useForm({
    initialValues: {
      title: collection?.title ?? '',
      summary: collection?.summary ?? '',
      kind: collection?.kind ?? (search ? ('rule' as const) : ('hand' as const)),
      filters: collection ? searchOf(collection.rule) : searchOf(ruleOf(search ?? {})),
      sort: collection?.sort ?? 'new',
      tone: collection?.tone ?? 0,
      cover: { cover_id: collection?.cover_id, cover_page: collection?.cover_page ?? 0 } as CoverChoice,
      shared: collection?.shared ?? 'everybody',
    },
  })
  const { values } = form
  const error = create.error ?? update.error
  const counts = useQuery({
    ...countResourcesOptions({ query: queryOf(values.filters) }),
    enabled: values.kind === 'rule',
    placeholderData: keepPreviousData,
  })
  const send = (rev?: number) => {
    const { filters, kind, cover, ...rest } = values
    const body: CollectionFields = {
      ...rest,
      ...cover,
      rule: kind === 'rule' ? ruleOf(filters) : {},
    }
    const answers = {
      onError: (problem: unknown) => setFieldErrors(form, problem),
      onSuccess: (made: Collection) => {
        toast.success(collection ? t('edit.done') : t('collections.made', { title: made.title }))
        onClose()
        onMade?.(made)
      },
    }
    if (collection) update.mutate({ path: { id: collection.id }, headers: ifMatch(rev ?? 0), body }, answers)
    else create.mutate({ body: { ...body, kind, resource_ids: kind === 'hand' ? resourceIds : undefined } }, answers)
  }
  const mayNarrow = !collection || collection.owner.id === me.id
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={collection ? t('collections.edit') : t('collections.new')}
      closeButtonProps={{ 'aria-label': tc('action.close') }}
    >
      <form onSubmit={form.onSubmit(() => send(collection?.rev))}>
        <Stack>
          <TextInput label={t('edit.name')} required maxLength={120} data-autofocus {...form.getInputProps('title')} />
          <Textarea
            label={t('collections.summary')}
            autosize
            minRows={2}
            maxLength={1000}
            {...form.getInputProps('summary')}
          />
          {!collection && !resourceIds && (
            <NativeSelect
              label={t('collections.kind')}
              data={[
                { value: 'hand', label: t('collections.kinds.hand') },
                { value: 'rule', label: t('collections.kinds.rule') },
              ]}
              {...form.getInputProps('kind')}
            />
          )}
          {values.kind === 'rule' && (
            <>
              <div>
                <p className={classes.legend}>{t('collections.rule')}</p>
                <div className={classes.rule}>
                  <FacetPanel
                    counts={counts.data?.items ?? []}
                    search={values.filters}
                    onChange={(change) => form.setFieldValue('filters', { ...values.filters, ...change })}
                  />
                </div>
              </div>
              <NativeSelect
                label={t('sort.label')}
                data={(['new', 'used', 'title'] as const).map((value) => ({ value, label: t(`sort.${value}`) }))}
                {...form.getInputProps('sort')}
              />
            </>
          )}
          {resources && (
            <CoverField
              resources={resources}
              value={values.cover}
              onChange={(cover) => form.setFieldValue('cover', cover)}
            />
          )}
          <fieldset className={classes.set}>
            <legend className={classes.legend}>{t('collections.tone')}</legend>
            <div className={classes.tones}>
              {[0, 1, 2, 3, 4, 5].map((tone) => (
                <label key={tone} className={covers.cover} data-tone={tone}>
                  <input
                    type="radio"
                    name="tone"
                    aria-label={t('collections.toneOf', { number: tone + 1 })}
                    checked={values.tone === tone}
                    onChange={() => form.setFieldValue('tone', tone)}
                  />
                </label>
              ))}
            </div>
          </fieldset>
          <NativeSelect
            label={t('collections.shared')}
            data={(['everybody', 'side', 'nobody'] as const)
              .filter((value) => mayNarrow || value === 'everybody' || value === collection?.shared)
              .map((value) => ({ value, label: t(`collections.sharing.${value}`) }))}
            {...form.getInputProps('shared')}
          />
          {!isStale(error) && <FormProblem error={error} form={form} />}
          <StaleNotice
            error={update.error}
            onTakeTheirs={onClose}
            onKeepMine={() => send(isStale(update.error) ? update.error?.rev : collection?.rev)}
          />
          <Button type="submit" loading={create.isPending || update.isPending} ml="auto">
            {collection ? tc('action.save') : t('collections.make')}
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}
