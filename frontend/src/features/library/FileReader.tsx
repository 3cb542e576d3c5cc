import { ActionIcon, Button, Group, Select } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { listAssetPagesOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Asset } from '@/shared/api/generated/types.gen'
import { lazyPart } from '@/shared/lib/lazyPart'
import { markHtml, markWords } from '@/shared/lib/marks'
import { Marked } from '@/shared/ui/Marked'
import { ErrorState, SkeletonList } from '@/shared/ui/States'
import article from './Article.module.css'
import classes from './FileReader.module.css'
import { reveal } from './viewer/reveal'

const ShareHere = lazyPart(() => import('./ShareHere').then((m) => m.ShareHere))

interface FileReaderProps {
  asset: Asset
  page: number
  /** Words to be marked. */
  mark?: string
  onPageChange: (page: number) => void
  /** Brings the reader into view when it opens: a link led to this page. */
  isTarget: boolean
}

/** A file page by page: the picture of its first page, the words of every page. */
export function FileReader({ asset, page, mark, onPageChange, isTarget }: FileReaderProps) {
  const { t } = useTranslation('library')
  const pages = useQuery({ ...listAssetPagesOptions({ path: { id: asset.id } }), staleTime: 300_000 })
  const ref = useRef<HTMLElement>(null)
  const isRead = pages.isSuccess
  useEffect(() => {
    if (isTarget && isRead) reveal(ref.current)
  }, [isTarget, isRead])

  const total = Math.max(asset.pages, 1)
  const current = Math.min(page, total)
  const texts = pages.data?.items ?? []
  const isSaid = asset.viewer === 'captions' // its pages are seconds
  const shown = texts.find((p) => p.page === current)
  const text = isSaid ? texts.map((p) => p.text).join('\n') : shown?.text
  const hits = mark ? texts.filter((p) => markWords(p.text, mark).some((s) => s.isMatch)).map((p) => p.page) : []

  return (
    <section ref={ref} className={classes.reader} aria-label={t('reader.label', { name: asset.name })}>
      {(total > 1 || hits.length > 0) && (
        <div className={classes.bar}>
          <ActionIcon
            size={34}
            aria-label={t('reader.previous')}
            disabled={current <= 1}
            onClick={() => onPageChange(current - 1)}
          >
            <IconChevronLeft size={18} />
          </ActionIcon>
          <Select
            size="xs"
            w={132}
            aria-label={t('reader.page')}
            allowDeselect={false}
            value={String(current)}
            onChange={(value) => onPageChange(Number(value))}
            data={Array.from({ length: total }, (_, i) => ({
              value: String(i + 1),
              label: t('reader.of', { page: i + 1, total }),
            }))}
          />
          <ActionIcon
            size={34}
            aria-label={t('reader.next')}
            disabled={current >= total}
            onClick={() => onPageChange(current + 1)}
          >
            <IconChevronRight size={18} />
          </ActionIcon>
          <Suspense>{!isSaid && <ShareHere page={current} />}</Suspense>
          {hits.length > 0 && (
            <Group gap={4} className={classes.hits}>
              <span>{t('reader.found')}</span>
              {hits.slice(0, 8).map((hit) => (
                <Button
                  key={hit}
                  size="compact-xs"
                  variant={hit === current ? 'light' : 'subtle'}
                  aria-label={t('reader.goTo', { page: hit })}
                  onClick={() => onPageChange(hit)}
                >
                  {hit}
                </Button>
              ))}
            </Group>
          )}
        </div>
      )}
      {pages.isPending && <SkeletonList rows={5} height={18} />}
      {pages.isError && <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />}
      {isRead && (
        <div className={classes.page} role="document" aria-label={t('reader.of', { page: current, total })}>
          {current === 1 && asset.preview_url && (
            <img className={classes.picture} src={asset.preview_url} alt={t('reader.picture', { name: asset.name })} />
          )}
          <PageText text={text} html={shown?.html} mark={mark} />
        </div>
      )}
    </section>
  )
}

interface PageTextProps {
  text: string | undefined
  html: string | undefined
  mark: string | undefined
}

/** The words of a page; those of Markdown as an article. */
function PageText({ text, html, mark }: PageTextProps) {
  const { t } = useTranslation('library')
  if (html) {
    return (
      <article
        className={`reading ${article.article}`}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: the server renders Markdown through an allow-list
        dangerouslySetInnerHTML={{ __html: markHtml(html, mark) }}
      />
    )
  }
  if (!text) return <p className={classes.none}>{t('reader.noText')}</p>
  return (
    <div className={classes.text}>
      <Marked segments={markWords(text, mark)} />
    </div>
  )
}
