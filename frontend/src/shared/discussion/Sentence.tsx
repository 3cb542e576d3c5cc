import './i18n'
import { useTranslation } from 'react-i18next'
import type { PersonRef } from '@/shared/api/generated/types.gen'
import { factsOf, type Happening, sentenceOf, whoMark } from './sentence'

interface SentenceProps {
  item: Happening
  /** Who did it, when more than the actor. */
  people?: PersonRef[]
}

/** "Tom Adeyemi moved it from New to Planned", with the name in bold. */
export function Sentence({ item, people = item.actor ? [item.actor] : [] }: SentenceProps) {
  const { t } = useTranslation('discussion')
  const [before, after] = sentenceOf(item).split(whoMark)
  if (after === undefined) return before
  const [first, second] = people.map((p) => p.name)
  const { outside } = factsOf(item.data)
  let who = first ?? (outside ? t('timeline.outside', { name: outside }) : t('timeline.system'))
  if (first && second && people.length === 2) who = t('timeline.both', { first, second })
  if (first && people.length > 2) who = t('timeline.others', { name: first, count: people.length - 1 })
  return (
    <>
      {before}
      <strong>{who}</strong>
      {after}
    </>
  )
}
