import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './LibraryPage.module.css'

interface LibrarySkeletonProps {
  isList: boolean
  count?: number
}

/** The list in its final shape while it loads. */
export function LibrarySkeleton({ isList, count = 9 }: LibrarySkeletonProps) {
  const { t } = useTranslation()
  return (
    <div className={isList ? classes.list : classes.grid} role="status" aria-label={t('loading')}>
      {Array.from({ length: count }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of a skeleton have no identity
        <Skeleton key={i} height={isList ? 68 : 372} radius="lg" mb={isList ? 6 : 0} />
      ))}
    </div>
  )
}

export function FacetPanelSkeleton() {
  return (
    <div aria-hidden>
      {[5, 4, 6, 4].map((rows, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of a skeleton have no identity
        <div key={i} className={classes.facetSkeleton}>
          <Skeleton height={12} width={64} mb={10} />
          {Array.from({ length: rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of a skeleton have no identity
            <Skeleton key={row} height={14} mb={12} />
          ))}
        </div>
      ))}
    </div>
  )
}
