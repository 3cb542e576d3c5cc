import './i18n'
import { Modal } from '@mantine/core'
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks'
import { IconBulb, IconSearch, IconWand } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { searchOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { messageOf } from '@/shared/api/problem'
import { shortcuts } from '@/shared/lib/keys'
import { splitMarks } from '@/shared/lib/marks'
import { useCorrection } from '@/shared/search/useCorrection'
import { useSearchReport } from '@/shared/search/useSearchReport'
import { Marked } from '@/shared/ui/Marked'
import { openNewIdea } from '@/shared/ui/overlays'
import { commandsOf } from './commands'
import { HitPicture } from './HitIcon'
import { firstLine, foundOf, groupsOf, linkOf, nearMatch, placeOf, typeLabel } from './hits'
import { PaletteKeys } from './PaletteKeys'
import { type Entry, PaletteList, type Section } from './PaletteList'
import classes from './SearchPalette.module.css'
import { useStartSections } from './useStartSections'

interface SearchPaletteProps {
  /** Words to start with. */
  query?: string
  onClose: () => void
}

/** Ctrl-K: what was opened last, pages and actions, and everything that is found by words. */
export function SearchPalette({ query = '', onClose }: SearchPaletteProps) {
  const { t } = useTranslation('search')
  const router = useRouter()
  const [words, setWords] = useState(query)
  const [settled] = useDebouncedValue(words.trim(), 150)
  // what can be pressed on this page, as it was when the palette opened: dialogs silence the keys themselves
  const [commands] = useState(() => shortcuts.get())
  const listId = useId()
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const answer = useQuery({
    ...searchOptions({ query: { q: settled, limit: 20 } }),
    enabled: settled !== '',
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
  const isEmpty = words.trim() === ''
  const isOld = !isEmpty && (settled !== words.trim() || answer.isPlaceholderData || answer.isPending)
  const found = isEmpty || settled === '' ? undefined : answer.data

  const count = isOld || !found ? undefined : foundOf(found)
  const run = useSearchReport(words.trim(), count)
  const meant = useCorrection(settled, isOld ? undefined : found?.hits)

  const leave = (go: () => void) => () => {
    onClose()
    go()
  }
  const start = useStartSections(isEmpty, leave, setWords)
  const sections: Section[] = [...start]
  sections.push(
    ...commandsOf(
      commands,
      words,
      (go) =>
        leave(() => {
          run.drop()
          go()
        }),
      t,
    ),
  )
  // whoever looks something up on the way wants to show or send it
  for (const group of groupsOf(found?.hits ?? [], isPhone ? 'resource' : undefined)) {
    sections.push({
      label: t(`group.${group.kind}`),
      entries: group.hits.map(
        (hit): Entry => ({
          id: `${hit.type}-${hit.id}-${hit.page}`,
          icon: <HitPicture hit={hit} className={classes.page} />,
          title: <Marked segments={splitMarks(firstLine(hit.title_marked || hit.title))} />,
          detail: <Marked segments={splitMarks(nearMatch(hit.snippet))} />,
          hint: placeOf(hit) ?? (hit.content_type && typeLabel(hit.content_type)),
          run: leave(() => {
            run.opened()
            void router.navigate(linkOf(hit))
          }),
        }),
      ),
    })
  }
  const seeAll = leave(() => {
    run.drop() // the page goes on with it
    void router.navigate({ to: '/search', search: { q: words.trim() } })
  })
  const isNothing = found !== undefined && !isOld && found.hits.length === 0
  if (!isEmpty) {
    const all: Entry = {
      id: 'all',
      icon: <IconSearch size={17} stroke={1.6} />,
      title: t('seeAll', { words: words.trim() }),
      hint: found && found.hits.length > 0 ? t('about', { count: found.estimated_total }) : undefined,
      run: seeAll,
    }
    const ask: Entry = {
      id: 'ask',
      icon: <IconBulb size={17} stroke={1.6} />,
      title: t('ask', { words: words.trim() }),
      run: () => openNewIdea(words.trim()), // takes the place of the palette
    }
    const better: Entry = {
      id: 'meant',
      icon: <IconWand size={17} stroke={1.6} />,
      title: `${t('meant')} “${meant}”?`,
      run: () => setWords(meant),
    }
    const more = isNothing ? [ask] : [all, ask]
    sections.push({ label: t('more'), entries: meant ? [better, ...more] : more })
  }

  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      fullScreen={isPhone}
      padding={0}
      size={640}
      yOffset="10vh"
      centered={false}
      aria-label={t('title')}
      classNames={{ content: classes.content, body: classes.body }}
    >
      <PaletteList
        listId={listId}
        words={words}
        onWordsChange={setWords}
        sections={sections}
        isBusy={isOld}
        onEarlyEnter={seeAll}
        onClose={isPhone ? onClose : undefined}
      >
        {isNothing && (
          <p className={classes.note} role="status">
            {t('nothing', { words: settled })}
          </p>
        )}
        {answer.isError && !isEmpty && (
          <p className={classes.note} role="alert">
            {messageOf(answer.error)}
          </p>
        )}
        {found?.degraded && found.hits.length > 0 && <p className={classes.degraded}>{t('degraded')}</p>}
      </PaletteList>
      <PaletteKeys canRemove={start.some((s) => s.entries.some((e) => e.onRemove))} />
    </Modal>
  )
}
