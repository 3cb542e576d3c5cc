import { Button } from '@mantine/core'
import { IconBookmark } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './SearchPage.module.css'
import { savedQueryOf } from './saved'
import type { PageSearch } from './search'

const SaveSearchDialog = lazy(() => import('./SaveSearchDialog').then((m) => ({ default: m.SaveSearchDialog })))

/** Keeps a search as a view of the library, which can tell of what is new. What the library cannot be narrowed to is not offered. */
export function SaveSearch({ search }: { search: PageSearch }) {
  const { t } = useTranslation('search')
  const [isOpen, setOpen] = useState(false)
  const query = savedQueryOf(search)
  if (!query) return null
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        className={classes.save}
        leftSection={<IconBookmark size={16} />}
        aria-label={t('save.button')}
        onClick={() => setOpen(true)}
      >
        <span>{t('save.button')}</span>
      </Button>
      <Suspense>
        {isOpen && <SaveSearchDialog words={search.q ?? ''} query={query} onClose={() => setOpen(false)} />}
      </Suspense>
    </>
  )
}
