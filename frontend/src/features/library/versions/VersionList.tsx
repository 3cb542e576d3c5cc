import { useTranslation } from 'react-i18next'
import type { ResourceVersion, VersionFileChange } from '@/shared/api/generated/types.gen'
import { formatDate, formatDateTime } from '@/shared/lib/format'
import { ToneBadge } from '@/shared/ui/StateBadge'
import classes from './Versions.module.css'

interface VersionListProps {
  versions: ResourceVersion[]
  from: number
  to: number
  onChoose: (number: number) => void
}

/** Newest first: when, who, why, and what is another. A press compares it with the one before. */
export function VersionList({ versions, from, to, onChoose }: VersionListProps) {
  const { t } = useTranslation('library')
  const { t: tc } = useTranslation('compare')
  return (
    <nav className={classes.side} aria-label={t('versions')}>
      <ol className={classes.list}>
        {versions.map((version) => (
          <li key={version.id}>
            <button
              type="button"
              className={classes.version}
              aria-current={version.number === to || undefined}
              data-from={version.number === from || undefined}
              onClick={() => onChoose(version.number)}
            >
              <span className={classes.name}>
                {t('version.number', { number: version.number })}
                {version.current && <ToneBadge tone="green">{tc('current')}</ToneBadge>}
              </span>
              <span className={classes.detail}>
                <time dateTime={version.created_at} title={formatDateTime(version.created_at)}>
                  {formatDate(version.created_at)}
                </time>
                {version.by && ` · ${version.by.name}`}
              </span>
              <What version={version} />
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** What is another since the version before, in a line or two. */
function What({ version }: { version: ResourceVersion }) {
  const { t: tc } = useTranslation('compare')
  const { changed, file_changes, restored_from, note } = version
  const fileLine = ({ change, before, after }: VersionFileChange) => {
    if (change === 'replaced' && before && after) {
      return before.name === after.name
        ? tc('line.newFile', { name: after.name })
        : tc('line.replaced', { name: after.name, old: before.name })
    }
    if (change === 'added' && after) return tc('line.added', { name: after.name })
    if (change === 'removed' && before) return tc('line.removed', { name: before.name })
    return undefined
  }
  const files = file_changes.map(fileLine).filter((line) => line !== undefined)
  const others = changed.filter((c) => c !== 'files').map((c) => tc(`part.${c}`))
  const restored = restored_from ? tc('line.restored', { number: restored_from }) : ''
  const lines = [
    // its note says so itself, unless somebody corrected that
    ...(restored && !note.startsWith(restored) ? [restored] : []),
    ...files,
    ...(others.length > 0 ? [tc('line.others', { what: others.join(', ') })] : []),
  ]
  return (
    <>
      {note && <span className={classes.said}>{note}</span>}
      {lines.map((line) => (
        <span key={line} className={classes.detail}>
          {line}
        </span>
      ))}
    </>
  )
}
