import { useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import type { AssetPage } from '@/shared/api/generated/types.gen'
import { pictureOf } from './PageSheet'
import classes from './PrintPages.module.css'

interface PrintPagesProps {
  assetId: string
  pages: AssetPage[]
  onDone: () => void
}

/** All pages of a file on paper and nothing else, once their pictures are here; a page without a picture is printed as text. */
export function PrintPages({ assetId, pages, onDone }: PrintPagesProps) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let isGone = false
    const pictures = Array.from(ref.current?.querySelectorAll('img') ?? [])
    void Promise.all(pictures.map((picture) => picture.decode().catch(() => undefined))).then(() => {
      if (isGone) return
      globalThis.print()
      onDone()
    })
    return () => {
      isGone = true
    }
  }, [onDone])
  return createPortal(
    <div ref={ref} className={classes.paper} aria-hidden>
      {pages.map((page) =>
        page.width > 0 ? (
          <img key={page.page} src={pictureOf(assetId, page.page, 1600)} alt="" />
        ) : (
          <p key={page.page}>{page.text}</p>
        ),
      )}
    </div>,
    document.body,
  )
}
