import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getPostNumbersOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Post } from '@/shared/api/generated/types.gen'
import { ClicksSummary } from '@/shared/insights/ClicksSummary'
import { DayBars } from '@/shared/insights/DayBars'
import { ErrorState } from '@/shared/ui/States'

/** Clicks of a post, people apart from robots. */
export function PostNumbers({ post }: { post: Post }) {
  const { data, error, refetch } = useQuery(getPostNumbersOptions({ path: { id: post.id } }))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton height={150} radius="md" />
  const since = new Date(
    Math.max(Date.parse(data.as_of) - 89 * 86_400_000, Date.parse(post.shared_at ?? post.created_at)),
  )
  return (
    <>
      <ClicksSummary tally={data} asOf={data.as_of} ruleVersion={data.rule_version} isOpen={data.raw < 25} />
      {data.human > 0 && (
        <div style={{ marginTop: 16 }}>
          <DayBars days={data.days} since={since.toISOString()} asOf={data.as_of} />
        </div>
      )}
    </>
  )
}
