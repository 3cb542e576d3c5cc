import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { explainQueryOptions, searchOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { splitMarks } from '@/shared/lib/marks'
import { Marked } from '@/shared/ui/Marked'
import { ErrorState } from '@/shared/ui/States'
import classes from './Synonyms.module.css'

/** What a search finds with the synonyms as they are now. */
export function TryQuery() {
  const { t } = useTranslation('taxonomy')
  const [words, setWords] = useState('')
  const [q] = useDebouncedValue(words.trim(), 250)
  const enabled = q !== ''
  const meanings = useQuery({ ...explainQueryOptions({ query: { q } }), enabled, placeholderData: keepPreviousData })
  const found = useQuery({
    ...searchOptions({ query: { q, in: ['resource'], limit: 8 } }),
    enabled,
    placeholderData: keepPreviousData,
  })
  return (
    <section aria-labelledby="try" className={classes.try}>
      <h2 id="try" className={classes.heading}>
        {t('synonyms.try')}
      </h2>
      <TextInput
        type="search"
        aria-label={t('synonyms.tryWords')}
        placeholder={t('synonyms.tryWords')}
        maxLength={200}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {!enabled && <p className={classes.hint}>{t('synonyms.tryHint')}</p>}
      {enabled && (
        <div aria-live="polite" data-old={found.isPlaceholderData || undefined}>
          {meanings.data?.items.length === 0 && <p className={classes.hint}>{t('synonyms.noMeaning')}</p>}
          {meanings.data?.items.map((m) => (
            <p key={m.phrase} className={classes.meaning}>
              <b>{m.phrase}</b> {t('synonyms.alsoFinds')} {m.synonyms.join(', ')}
            </p>
          ))}
          {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
          {found.data?.hits.length === 0 && <p className={classes.hint}>{t('synonyms.nothing')}</p>}
          <ol className={classes.hits}>
            {found.data?.hits.map((hit) => (
              <li key={hit.id}>
                <Link to="/library/$resourceId" params={{ resourceId: hit.id }}>
                  {hit.title}
                </Link>
                {hit.snippet && (
                  <span className={classes.hint}>
                    <Marked segments={splitMarks(hit.snippet)} />
                  </span>
                )}
              </li>
            ))}
          </ol>
        </div>
      )}
    </section>
  )
}
