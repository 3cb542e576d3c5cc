import './i18n'
import '@/shared/insights/i18n'
import { Button, Group } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useBlocker, useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { getPostOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Post } from '@/shared/api/generated/types.gen'
import { isStale } from '@/shared/api/problem'
import { confirm } from '@/shared/ui/confirm'
import { FormProblem, setFieldErrors } from '@/shared/ui/FormProblem'
import { LinkAnchor, LinkButton } from '@/shared/ui/links'
import { PageHeader } from '@/shared/ui/PageHeader'
import { StaleNotice } from '@/shared/ui/StaleNotice'
import { EmptyState, ErrorState, PendingRows } from '@/shared/ui/States'
import { toast } from '@/shared/ui/toast'
import { useSavePost } from './api'
import { valuesOf, wordsFrom } from './formValues'
import { PostForm } from './PostForm'
import { editPostRoute } from './routes'

/** The writer changes everything about a post that is not sealed. */
export function EditPostPage() {
  const { t } = useTranslation('posts')
  const { postId } = editPostRoute.useParams()
  const { data: post, error, refetch } = useQuery(getPostOptions({ path: { id: postId } }))
  if (error && !post) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!post) return <PendingRows />
  if (!post.allowed.includes('edit')) {
    return (
      <>
        <PageHeader title={t('write.editTitle', { name: post.owner.name })} />
        <EmptyState
          title={t('write.closed')}
          action={
            <LinkButton to="/posts/$postId" params={{ postId }} variant="default">
              {t('write.toPost')}
            </LinkButton>
          }
        >
          {t('write.closedHint')}
        </EmptyState>
      </>
    )
  }
  return <EditPost key={post.id} post={post} />
}

function EditPost({ post }: { post: Post }) {
  const { t } = useTranslation('posts')
  const { t: tc } = useTranslation()
  const navigate = useNavigate()
  const save = useSavePost(post)
  const isDone = useRef(false)
  const form = useForm({ initialValues: valuesOf(post) })
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
  const submit = async (base?: Post) => {
    if (save.isPending) return
    const saved = await save.change(wordsFrom(form.values), base).catch((error) => setFieldErrors(form, error))
    if (!saved) return
    isDone.current = true
    toast.success(t('edit.saved'))
    void navigate({ to: '/posts/$postId', params: { postId: post.id } })
  }
  const handleTakeTheirs = async () => {
    form.setValues(valuesOf(await save.readNewest()))
    save.reset()
  }
  return (
    <>
      <PageHeader
        title={t('write.editTitle', { name: post.owner.name })}
        above={
          <LinkAnchor to="/posts/$postId" params={{ postId: post.id }}>
            {t('write.toPost')}
          </LinkAnchor>
        }
      />
      <PostForm form={form} isNew={false} linkUrl={post.link_url} onSubmit={() => void submit()}>
        {!isStale(save.error) && <FormProblem error={save.error} form={form} />}
        <StaleNotice
          error={save.error}
          onTakeTheirs={() => void handleTakeTheirs()}
          onKeepMine={() => void save.readNewest().then(submit)}
        />
        <Group gap="xs">
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {tc('action.save')}
          </Button>
          <LinkButton to="/posts/$postId" params={{ postId: post.id }} variant="default">
            {tc('action.cancel')}
          </LinkButton>
        </Group>
      </PostForm>
    </>
  )
}
