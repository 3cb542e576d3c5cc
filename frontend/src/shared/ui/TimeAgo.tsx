import { useEffect, useState } from 'react'
import { formatDateTime, timeAgo } from '@/shared/lib/format'

interface TimeAgoProps {
  when: string
  style?: 'long' | 'narrow'
}

/** "3 hours ago", with the exact time on hover; follows the clock. */
export function TimeAgo({ when, style = 'long' }: TimeAgoProps) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <time dateTime={when} title={formatDateTime(when)}>
      {timeAgo(when, now, style)}
    </time>
  )
}
