import './i18n'
import '@/shared/insights/i18n'
import { Button, Group } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useBlocker, useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { isMarketer, useMe } from '@/shared/session/session'
import { confirm } from '@/shared/ui/confirm'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import { LinkAnchor } from '@/shared/ui/links'
import { PageHeader } from '@/shared/ui/PageHeader'
import { EmptyState } from '@/shared/ui/States'
import { toast } from '@/shared/ui/toast'
import { useCreatePost, useOfferNew } from './api'
import { emptyValues, wordsFrom } from './formValues'
import { composed, lengthOn, rulesOf } from './network'
import { PostForm } from './PostForm'
import { newPostRoute } from './routes'

/** Marketing writes a post for somebody; only what is offered is seen by its owner. */
export function NewPostPage() {
  const { t } = useTranslation('posts')
  const me = useMe()
  if (!isMarketer(me) && !me.admin) {
    return (
      <>
        <PageHeader title={t('write.title')} />
        <EmptyState title={t('write.notYours')}>{t('write.notYoursHint')}</EmptyState>
      </>
    )
  }
  return <NewPost />
}

function NewPost() {
  const { t } = useTranslation('posts')
  const { owner, resource } = newPostRoute.useSearch()
  const navigate = useNavigate()
  const create = useCreatePost()
  const offer = useOfferNew()
  const isDone = useRef(false)
  const form = useForm({
    initialValues: emptyValues(owner, resource),
    validate: {
      owner_id: (v) => (v ? null : t('write.needsOwner')),
      text: (v, all) => {
        if (!v.trim()) return t('write.needsText')
        const isLong = lengthOn(all.network, composed({ ...all, link_url: '' })) > rulesOf[all.network].most
        return isLong ? t('write.tooLong') : null
      },
    },
  })
  useBlocker({
    shouldBlockFn: async () =>
      form.isDirty() &&
      !isDone.current &&
      !(await confirm({
        title: t('edit.leave'),
        body: t('edit.leaveBody'),
        confirmLabel: t('edit.leaveYes'),
        isDangerous: true,
      })),
    enableBeforeUnload: () => form.isDirty() && !isDone.current,
  })

  const isPending = create.isPending || offer.isPending
  const submit = async (withOffer: boolean) => {
    if (isPending || form.validate().hasErrors) return
    const { owner_id, resource_id } = form.values
    const body = { ...wordsFrom(form.values), owner_id: owner_id ?? '', resource_id: resource_id ?? undefined }
    const post = await create.mutateAsync({ body }).catch((error) => setFieldErrors(form, error))
    if (!post) return
    isDone.current = true
    if (withOffer) {
      // the post is written; when only the offer failed, its page has the button again
      await offer.mutateAsync({ path: { id: post.id } }).then(
        (offered) => toast.success(t('done.offer', { name: offered.owner.name.split(' ')[0] })),
        (error) => toast.error(error),
      )
    } else {
      toast.success(t('write.saved'))
    }
    void navigate({ to: '/posts/$postId', params: { postId: post.id } })
  }

  return (
    <>
      <PageHeader
        title={t('write.title')}
        lead={t('write.lead')}
        above={<LinkAnchor to="/posts">{t('back')}</LinkAnchor>}
      />
      <PostForm form={form} isNew onSubmit={() => void submit(true)}>
        <FormProblem error={create.error} form={form} />
        <Group gap="xs">
          <Button type="submit" loading={isPending}>
            {t('write.offer')}
          </Button>
          <Button variant="default" disabled={isPending} onClick={() => void submit(false)}>
            {t('write.save')}
          </Button>
        </Group>
      </PostForm>
    </>
  )
}
