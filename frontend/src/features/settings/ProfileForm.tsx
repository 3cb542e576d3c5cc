import { Button, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ifMatch } from '@/shared/api/client'
import {
  getPersonOptions,
  getPersonQueryKey,
  updateProfileMutation,
} from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Person } from '@/shared/api/generated/types.gen'
import { isStale } from '@/shared/api/problem'
import { useMe, useSetMe } from '@/shared/session/session'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import { StaleNotice } from '@/shared/ui/StaleNotice'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import { toast } from '@/shared/ui/toast'
import { ProfilePicture } from './ProfilePicture'

export function ProfileForm() {
  const me = useMe()
  const { data, error, refetch } = useQuery(getPersonOptions({ path: { id: me.id } }))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonList rows={4} height={48} />
  return <ProfileFields person={data} />
}

function valuesOf(person: Person) {
  return {
    name: person.name,
    title: person.title,
    bio: person.bio,
    linkedin_url: person.linkedin_url,
    timezone: person.timezone ?? 'UTC',
  }
}

function ProfileFields({ person }: { person: Person }) {
  const { t } = useTranslation('settings')
  const { t: tc } = useTranslation()
  const queryClient = useQueryClient()
  const setMe = useSetMe()
  const form = useForm({ initialValues: valuesOf(person) })
  const save = useMutation({
    ...updateProfileMutation(),
    onError: (error) => setFieldErrors(form, error),
    onSuccess: (saved) => {
      queryClient.setQueryData(getPersonQueryKey({ path: { id: saved.id } }), saved)
      setMe(saved)
      form.setInitialValues(valuesOf(saved))
      form.reset()
      toast.success(t('profile.saved'))
    },
  })
  const submit = (rev: number | undefined, picture: string | undefined) =>
    save.mutate({ headers: ifMatch(rev), body: { ...form.getValues(), picture_asset_id: picture } })

  const readNewest = () => queryClient.fetchQuery({ ...getPersonOptions({ path: { id: person.id } }), staleTime: 0 })
  const handleTakeTheirs = async () => {
    form.setValues(valuesOf(await readNewest()))
    save.reset()
  }
  const handleKeepMine = async () => {
    const newest = await readNewest()
    submit(newest.rev, pictureOf(newest))
  }

  return (
    <form onSubmit={form.onSubmit(() => submit(person.rev, pictureOf(person)))}>
      <Stack>
        <ProfilePicture person={person} onChange={(assetId) => submit(person.rev, assetId)} />
        <TextInput label={t('profile.name')} maxLength={120} required {...form.getInputProps('name')} />
        <TextInput label={t('profile.jobTitle')} maxLength={120} {...form.getInputProps('title')} />
        <Textarea
          label={t('profile.bio')}
          description={t('profile.bioHint')}
          maxLength={2000}
          autosize
          minRows={3}
          {...form.getInputProps('bio')}
        />
        <TextInput label={t('profile.linkedin')} type="url" maxLength={300} {...form.getInputProps('linkedin_url')} />
        <Select
          label={t('profile.timezone')}
          data={['UTC', ...Intl.supportedValuesOf('timeZone')]}
          searchable
          allowDeselect={false}
          limit={60}
          {...form.getInputProps('timezone')}
        />
        <TextInput label={t('profile.email')} value={person.email ?? ''} readOnly />
        {!isStale(save.error) && <FormProblem error={save.error} form={form} />}
        <StaleNotice
          error={save.error}
          onTakeTheirs={() => void handleTakeTheirs()}
          onKeepMine={() => void handleKeepMine()}
        />
        <Button type="submit" loading={save.isPending} disabled={!form.isDirty()} w="fit-content">
          {tc('action.save')}
        </Button>
      </Stack>
    </form>
  )
}

/** The picture's asset, from its address `/api/v1/assets/{id}/preview`: a save that leaves it out would remove it. */
function pictureOf(person: Person): string | undefined {
  return person.picture_url.match(/\/assets\/([^/]+)\/preview/)?.[1]
}
