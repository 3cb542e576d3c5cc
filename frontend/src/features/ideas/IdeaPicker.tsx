import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listIdeasOptions, listSimilarIdeasOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { Idea } from '@/shared/api/generated/types.gen'
import { PickNote, PickOne, PickTitle, usePickerWords } from '@/shared/ui/PickOne'
import { StateBadge } from '@/shared/ui/StateBadge'

interface IdeaPickerProps {
  /** Words for which ideas that are alike stand there, until something is typed. */
  like: string
  /** What of the ideas that are found can be picked. */
  accepts: (idea: Idea) => boolean
  states?: Idea['state'][]
  label: string
  /** Said when nothing is alike, and when no title has the words that are typed. */
  noneAlike: string
  noneFound: string
  value: Idea | undefined
  onChange: (idea: Idea | undefined) => void
}

/** Finds one idea: among those that are alike, or by words of its title. */
export function IdeaPicker({ like, accepts, states, label, noneAlike, noneFound, value, onChange }: IdeaPickerProps) {
  const { t } = useTranslation('ideas')
  const { words, setWords, q } = usePickerWords()
  const similar = useQuery({ ...listSimilarIdeasOptions({ query: { title: like } }), enabled: !q })
  const found = useQuery({
    ...listIdeasOptions({ query: { q, limit: 12, state: states } }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  })
  const list = q ? found : similar
  return (
    <PickOne
      label={label}
      words={words}
      onWords={setWords}
      list={list}
      options={(list.data?.items ?? []).filter(accepts)}
      title={t(q ? 'picker.found' : 'picker.similar')}
      none={q ? noneFound : noneAlike}
      value={value}
      onChange={onChange}
    >
      {(i) => (
        <>
          <PickTitle>{i.title}</PickTitle>
          <PickNote>{t('count.votes', { count: i.votes })}</PickNote>
          <StateBadge state={i.state} isCompact />
        </>
      )}
    </PickOne>
  )
}
