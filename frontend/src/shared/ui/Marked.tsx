import type { Segment } from '@/shared/lib/marks'

/** Text in which matches are marked: `<Marked segments={splitMarks(hit.snippet)} />`. */
export function Marked({ segments }: { segments: Segment[] }) {
  return segments.map(({ text, isMatch }, i) =>
    isMatch ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: segments have no identity beside their place
      <mark key={i}>{text}</mark>
    ) : (
      text
    ),
  )
}
