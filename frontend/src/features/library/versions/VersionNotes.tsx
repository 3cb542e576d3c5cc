import { Button } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Resource, ResourceVersion } from '@/shared/api/generated/types.gen'
import { formatDate } from '@/shared/lib/format'
import { isMarketer, useMe } from '@/shared/session/session'
import classes from './VersionNotes.module.css'

const NoteForm = lazy(() => import('./NoteForm').then((m) => ({ default: m.NoteForm })))

interface VersionNotesProps {
  resource: Resource
  versions: ResourceVersion[]
  from: ResourceVersion
  to: ResourceVersion
}

/** What was said to have changed, of every version on the way from one to the other; who keeps it says or corrects it. */
export function VersionNotes({ resource, versions, from, to }: VersionNotesProps) {
  const { t: tc } = useTranslation('compare')
  const me = useMe()
  const canSay = isMarketer(me) || resource.keeper_id === me.id
  const [low, high] = [Math.min(from.number, to.number), Math.max(from.number, to.number)]
  const way = versions.filter((v) => v.number === high || (v.number > low && v.number < high))
  const shown = way.filter((v) => v.note || (canSay && v.number === high))
  if (shown.length === 0) return null
  return (
    <section className={classes.notes} aria-label={tc('said')}>
      {shown.map((version) => (
        <Said key={version.number} resourceId={resource.id} version={version} canSay={canSay} />
      ))}
    </section>
  )
}

interface SaidProps {
  resourceId: string
  version: ResourceVersion
  canSay: boolean
}

function Said({ resourceId, version, canSay }: SaidProps) {
  const { t } = useTranslation('library')
  const { t: tc } = useTranslation('compare')
  const [isEditing, setEditing] = useState(false)
  const edit = useRef<HTMLButtonElement>(null)
  const wasEditing = useRef(false)
  useEffect(() => {
    if (wasEditing.current && !isEditing) edit.current?.focus() // where one came from
    wasEditing.current = isEditing
  }, [isEditing])
  const { number, note, by, created_at } = version
  if (isEditing) {
    return (
      <Suspense fallback={<div className={classes.shape} />}>
        <NoteForm resourceId={resourceId} version={version} onClose={() => setEditing(false)} />
      </Suspense>
    )
  }
  return (
    <div className={classes.note}>
      {note && (
        <div className={classes.words}>
          <span className={classes.head}>
            {[t('version.number', { number }), by?.name, formatDate(created_at)].filter(Boolean).join(' · ')}
          </span>
          <p>{note}</p>
        </div>
      )}
      {canSay && (
        <Button
          ref={edit}
          size="compact-sm"
          variant="subtle"
          className={classes.edit}
          leftSection={<IconPencil size={15} stroke={1.7} />}
          aria-label={note ? tc('correctOf', { number }) : undefined}
          onClick={() => setEditing(true)}
        >
          {note ? tc('correct') : tc('say', { number })}
        </Button>
      )}
    </div>
  )
}
