import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Resource } from '@/shared/api/generated/types.gen'
import classes from './CoverField.module.css'

export interface CoverChoice {
  cover_id?: string
  cover_page: number
}

interface CoverFieldProps {
  resources: Resource[]
  value: CoverChoice
  onChange: (value: CoverChoice) => void
}

/** How many pages are offered: a cover is seldom far behind. */
const mostPages = 60

/** Which picture stands for a collection: those of its first resources, one of them, or a page of its file. */
export function CoverField({ resources, value, onChange }: CoverFieldProps) {
  const { t } = useTranslation('library')
  const pictured = resources.filter((r) => r.preview_url)
  const chosen = pictured.find((r) => r.id === value.cover_id)
  return (
    <>
      <fieldset className={classes.set}>
        <legend className={classes.legend}>{t('collections.cover')}</legend>
        <div className={classes.choices}>
          <label className={classes.auto}>
            <input
              type="radio"
              name="cover"
              checked={!value.cover_id}
              onChange={() => onChange({ cover_id: undefined, cover_page: 0 })}
            />
            <span>{t('collections.coverAuto')}</span>
          </label>
          {pictured.map((r) => (
            <Choice
              key={r.id}
              name="cover"
              source={r.preview_url}
              label={r.title}
              isChosen={value.cover_id === r.id}
              onChoose={() => onChange({ cover_id: r.id, cover_page: 0 })}
            />
          ))}
        </div>
        {pictured.length === 0 && <p className={classes.hint}>{t('collections.coverNone')}</p>}
      </fieldset>
      {chosen?.file_preview_url && chosen.file_pages > 1 && (
        <fieldset className={classes.set}>
          <legend className={classes.legend}>{t('collections.coverPage', { title: chosen.title })}</legend>
          <div className={classes.choices}>
            {Array.from({ length: Math.min(chosen.file_pages, mostPages) }, (_, i) => i + 1).map((page) => (
              <Choice
                key={page}
                name="cover page"
                source={chosen.file_preview_url.replace(/\/preview$/, `/pages/${page}/picture?width=240`)}
                label={t('collections.coverPageOf', { page })}
                isChosen={value.cover_page === page || (page === 1 && value.cover_page === 0 && !chosen.cover)}
                onChoose={() => onChange({ cover_id: chosen.id, cover_page: page === 1 && !chosen.cover ? 0 : page })}
                number={page}
              />
            ))}
          </div>
        </fieldset>
      )}
    </>
  )
}

interface ChoiceProps {
  name: string
  source: string
  label: string
  isChosen: boolean
  onChoose: () => void
  number?: number
}

function Choice({ name, source, label, isChosen, onChoose, number }: ChoiceProps) {
  const [isBroken, setBroken] = useState(false)
  if (isBroken && !isChosen) return null // a page of which there is no picture
  return (
    <label className={classes.choice} title={label}>
      <input type="radio" name={name} aria-label={label} checked={isChosen} onChange={onChoose} />
      <img src={source} alt="" loading="lazy" onError={() => setBroken(true)} />
      {number && <span className={classes.number}>{number}</span>}
    </label>
  )
}
