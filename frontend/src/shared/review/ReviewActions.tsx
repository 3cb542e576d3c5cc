import './i18n'
import { Button } from '@mantine/core'
import { IconArchive, IconCheck, IconChevronDown, IconFileText, IconUpload } from '@tabler/icons-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isMarketer, useMe } from '@/shared/session/session'
import { ActionMenu } from '@/shared/ui/ActionMenu'
import { useReview } from './api'
import type { NewFile } from './NewFileDialog'
import classes from './ReviewActions.module.css'

const NewFileDialog = lazy(() => import('./NewFileDialog').then((m) => ({ default: m.NewFileDialog })))

interface ReviewActionsProps {
  resource: { id: string; title: string }
  /** The first button stands out. */
  isPressing?: boolean
  isWide?: boolean
  onDone?: () => void
}

/** Says that a resource is still right, brings it up to date, or takes it out of use: one press each. */
export function ReviewActions({ resource, isPressing = false, isWide = false, onDone }: ReviewActionsProps) {
  const { t } = useTranslation('review')
  const me = useMe()
  const review = useReview(resource, onDone)
  const fileInput = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState<NewFile>()
  const isMarketing = isMarketer(me)
  const chooseFile = () => fileInput.current?.click()
  const update = (
    <Button
      size="compact-sm"
      variant="default"
      disabled={review.isPending}
      leftSection={isMarketing ? undefined : <IconUpload size={15} />}
      rightSection={isMarketing ? <IconChevronDown size={14} /> : undefined}
      onClick={isMarketing ? undefined : chooseFile}
    >
      {isMarketing ? t('update') : t('file')}
    </Button>
  )
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    <div
      role="group"
      aria-label={t('group', { title: resource.title })}
      className={classes.actions}
      data-wide={isWide || undefined}
    >
      <Button
        size="compact-sm"
        variant={isPressing ? 'filled' : 'default'}
        disabled={review.isPending}
        leftSection={<IconCheck size={15} />}
        onClick={() => review.verify()}
      >
        {t('verify')}
      </Button>
      {isMarketing ? (
        <ActionMenu
          position="bottom-start"
          target={update}
          actions={[
            { key: 'file', label: t('file'), icon: <IconUpload size={16} />, onClick: chooseFile },
            { key: 'draft', label: t('draft'), icon: <IconFileText size={16} />, onClick: review.revise },
          ]}
        />
      ) : (
        update
      )}
      {isMarketing && (
        <Button
          size="compact-sm"
          variant="default"
          disabled={review.isPending}
          leftSection={<IconArchive size={15} />}
          onClick={review.archive}
        >
          {t('archive')}
        </Button>
      )}
      {review.sending && (
        <span className={classes.sending} role="status">
          {t('replacing', { name: review.sending })}
        </span>
      )}
      <input
        ref={fileInput}
        type="file"
        hidden
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          event.currentTarget.value = ''
          if (file) setChosen({ file, note: '' })
        }}
      />
      {/* away while the file travels; here again with what was said when that fails */}
      {chosen && !review.sending && (
        <Suspense>
          <NewFileDialog
            {...chosen}
            title={resource.title}
            onClose={() => setChosen(undefined)}
            onSubmit={(next) => {
              setChosen(next)
              review.replaceFile(next, { onSuccess: () => setChosen(undefined) })
            }}
          />
        </Suspense>
      )}
    </div>
  )
}
