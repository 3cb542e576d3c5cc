import { SegmentedControl, Skeleton, Stack, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { getPersonOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Resource } from '@/shared/api/generated/types.gen'
import { CountLine } from './CountLine'
import { linkStandIn, localDay, type PostValues } from './formValues'
import { NetworkCard } from './NetworkCard'
import { networks } from './network'
import classes from './PostForm.module.css'
import { SuggestionsField } from './SuggestionsField'
import { useResource } from './useResource'

// choosing from lists and sending files weigh much; the words come first
const PersonSelect = lazy(() => import('@/shared/people/PersonSelect').then((m) => ({ default: m.PersonSelect })))
const ResourceField = lazy(() => import('./ResourceField').then((m) => ({ default: m.ResourceField })))
const MediaField = lazy(() => import('./MediaField').then((m) => ({ default: m.MediaField })))

function Later({ children }: { children: ReactNode }) {
  return <Suspense fallback={<Skeleton height={78} radius="md" />}>{children}</Suspense>
}

interface PostFormProps {
  form: UseFormReturnType<PostValues>
  /** Owner and piece stay as they are once the post exists. */
  isNew: boolean
  /** The tracked link, once there is one. */
  linkUrl?: string
  onSubmit: () => void
  /** Problems and buttons below the fields. */
  children: ReactNode
}

/** What marketing writes, and beside it how the network will show it. */
export function PostForm({ form, isNew, linkUrl, onSubmit, children }: PostFormProps) {
  const { t } = useTranslation('posts')
  const { t: tn } = useTranslation('numbers')
  const { values } = form
  const resource = useResource(values.resource_id)
  const { data: owner } = useQuery({
    ...getPersonOptions({ path: { id: values.owner_id ?? '' } }),
    enabled: values.owner_id !== null,
  })
  const link = values.link_target.trim() ? linkUrl || linkStandIn(window.location.origin, values.link_target) : ''
  const words = { text: values.text, disclosure: values.disclosure, link_url: link }

  const handleResource = (id: string | null, chosen: Resource | undefined) => {
    form.setFieldValue('resource_id', id)
    if (chosen?.public_url && !values.link_target) form.setFieldValue('link_target', chosen.public_url)
  }
  const handlePromote = (i: number) => {
    const chosen = values.suggestions[i] ?? ''
    form.setValues({ text: chosen, suggestions: values.suggestions.with(i, values.text) })
  }

  return (
    <form
      noValidate
      className={classes.layout}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <Stack gap="lg" className={classes.fields}>
        <Later>
          <PersonSelect
            label={t('field.owner')}
            description={t('field.ownerHint')}
            required
            disabled={!isNew}
            value={values.owner_id}
            onChange={(id) => form.setFieldValue('owner_id', id)}
            error={form.errors.owner_id}
          />
        </Later>
        <div>
          <div className={classes.label} id="post-network">
            {t('field.network')}
          </div>
          <SegmentedControl
            fullWidth
            className={classes.networks}
            aria-labelledby="post-network"
            data={networks.map((value) => ({ value, label: tn(`network.${value}`) }))}
            {...form.getInputProps('network')}
          />
        </div>
        <Later>
          <ResourceField
            disabled={!isNew}
            error={form.errors.resource_id}
            value={values.resource_id}
            onChange={handleResource}
          />
        </Later>
        <div>
          <Textarea
            label={t('field.text')}
            description={t('field.textHint')}
            required
            autosize
            minRows={7}
            {...form.getInputProps('text')}
          />
          <div className={classes.count}>
            <CountLine network={values.network} {...words} />
          </div>
        </div>
        <SuggestionsField
          value={values.suggestions}
          onChange={(value) => form.setFieldValue('suggestions', value)}
          onPromote={handlePromote}
        />
        <TextInput
          label={t('field.disclosure')}
          description={t('field.disclosureHint')}
          maxLength={200}
          {...form.getInputProps('disclosure')}
        />
        <TextInput
          label={t('field.linkTarget')}
          description={t('field.linkTargetHint')}
          type="url"
          inputMode="url"
          placeholder="https://"
          maxLength={1800}
          {...form.getInputProps('link_target')}
        />
        <Later>
          <MediaField value={values.media_asset_id} onChange={(id) => form.setFieldValue('media_asset_id', id)} />
        </Later>
        <TextInput
          label={t('field.expires')}
          description={t('field.expiresHint')}
          type="date"
          min={localDay(new Date())}
          w={{ base: '100%', xs: 220 }}
          {...form.getInputProps('expires')}
          error={form.errors.expires ?? form.errors.expires_at}
        />
        {children}
      </Stack>
      <div className={classes.preview}>
        <h2 className={classes.heading}>{t('preview')}</h2>
        <NetworkCard
          network={values.network}
          owner={owner ?? { id: 'nobody', name: t('previewNobody'), picture_url: '' }}
          headline={owner?.title ?? ''}
          mediaUrl={values.media_asset_id ? `/api/v1/assets/${values.media_asset_id}/preview` : ''}
          linkTarget={values.link_target}
          linkTitle={resource?.title ?? ''}
          {...words}
          text={values.text || t('previewText')}
        />
      </div>
    </form>
  )
}
