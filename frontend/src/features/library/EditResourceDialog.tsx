import { Button, Group, Modal, Select, Skeleton, Stack, Switch, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { ifMatch } from '@/shared/api/client'
import { getResourceOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Resource } from '@/shared/api/generated/types.gen'
import { isStale } from '@/shared/api/problem'
import { contentTypeLabel, contentTypes } from '@/shared/lib/contentType'
import { zoneNames } from '@/shared/lib/zones'
import { PersonSelect } from '@/shared/people/PersonSelect'
import { useMe } from '@/shared/session/session'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import { StaleNotice } from '@/shared/ui/StaleNotice'
import { toast } from '@/shared/ui/toast'
import { useUpdateResource } from './api'
import { bodyOf, valuesOf } from './details'
import classes from './EditResourceDialog.module.css'

interface EditResourceDialogProps {
  resource: Resource
  onClose: () => void
}

const TagFields = lazy(() => import('./TagFields').then((m) => ({ default: m.TagFields })))

/** Title, taxonomy, dates, owner. The text changes by publishing a new draft. */
export function EditResourceDialog({ resource, onClose }: EditResourceDialogProps) {
  const { t } = useTranslation('library')
  const { t: tc } = useTranslation()
  const queryClient = useQueryClient()
  const myZone = useMe().timezone || 'UTC'
  const form = useForm({ initialValues: valuesOf(resource, myZone) })
  const save = useUpdateResource()
  const submit = (rev: number) =>
    save.mutate(
      { path: { id: resource.id }, headers: ifMatch(rev), body: bodyOf(form.getValues()) },
      {
        onError: (error) => setFieldErrors(form, error),
        onSuccess: () => {
          toast.success(t('edit.done'))
          onClose()
        },
      },
    )
  const readNewest = () =>
    queryClient.fetchQuery({ ...getResourceOptions({ path: { id: resource.id } }), staleTime: 0 })
  const handleTakeTheirs = async () => {
    form.setValues(valuesOf(await readNewest(), myZone))
    save.reset()
  }
  const handleKeepMine = async () => submit((await readNewest()).rev)

  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('edit.title')}
      closeButtonProps={{ 'aria-label': tc('action.close') }}
    >
      <form onSubmit={form.onSubmit(() => submit(resource.rev))}>
        <fieldset className={classes.fields} disabled={save.isPending}>
          <Stack>
            <TextInput label={t('edit.name')} maxLength={300} required {...form.getInputProps('title')} />
            <Textarea
              label={t('edit.summary')}
              maxLength={4000}
              autosize
              minRows={2}
              {...form.getInputProps('summary')}
            />
            <div className={classes.pairs}>
              <Select
                label={t('facet.type')}
                allowDeselect={false}
                data={[...new Set([...Object.keys(contentTypes), resource.content_type])].map((value) => ({
                  value,
                  label: contentTypeLabel(value),
                }))}
                {...form.getInputProps('content_type')}
              />
              <TextInput
                label={t('facet.lang')}
                description={t('edit.langHint')}
                maxLength={12}
                required
                {...form.getInputProps('lang')}
              />
              <Suspense fallback={Array.from({ length: 6 }, (_, i) => i).map((i) => <Skeleton key={i} height={60} />)}>
                <TagFields form={form} />
              </Suspense>
              <PersonSelect
                label={t('fact.owner')}
                clearable
                value={form.getValues().owner_id}
                onChange={(id) => form.setFieldValue('owner_id', id)}
              />
              <TextInput type="date" label={t('fact.review')} {...form.getInputProps('review_due_on')} />
              <TextInput type="datetime-local" label={t('fact.release')} {...form.getInputProps('release_at')} />
              <TextInput type="datetime-local" label={t('fact.expires')} {...form.getInputProps('expires_at')} />
              <Select
                label={t('edit.zone')}
                description={t('edit.zoneHint')}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                data={zoneNames()}
                searchable
                allowDeselect={false}
                limit={60}
                {...form.getInputProps('dates_zone')}
              />
            </div>
            <TextInput type="url" label={t('edit.publicUrl')} maxLength={1000} {...form.getInputProps('public_url')} />
            <Switch
              label={t('edit.shareable')}
              description={t('edit.shareableHint')}
              {...form.getInputProps('shareable', { type: 'checkbox' })}
            />
            <Switch
              label={t('edit.downloadOutside')}
              description={t('edit.downloadOutsideHint')}
              disabled={!form.getValues().shareable}
              {...form.getInputProps('downloads.outside', { type: 'checkbox' })}
            />
            <Switch
              label={t('edit.downloadInside')}
              description={t('edit.downloadInsideHint')}
              {...form.getInputProps('downloads.inside', { type: 'checkbox' })}
            />
            {!isStale(save.error) && <FormProblem error={save.error} form={form} />}
            <StaleNotice
              error={save.error}
              onTakeTheirs={() => void handleTakeTheirs()}
              onKeepMine={() => void handleKeepMine()}
            />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {tc('action.cancel')}
              </Button>
              <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
                {tc('action.save')}
              </Button>
            </Group>
          </Stack>
        </fieldset>
      </form>
    </Modal>
  )
}
