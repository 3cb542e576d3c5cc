import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { AssetCue } from '@/shared/api/generated/types.gen'
import { clockOf } from '@/shared/lib/format'
import { cueAt } from './captions'
import { FindBox } from './FindBox'
import { flat, piecesOf, spansOf } from './find'
import classes from './MediaViewer.module.css'
import { useFind } from './useFind'

interface TranscriptProps {
  cues: AssetCue[]
  lang: string | undefined
  /** Second that is played. */
  now: number
  mark?: string
  /** A press on a line plays from there. */
  onSeek: (second: number) => void
  /** A word that was found is shown there. */
  onShow: (second: number) => void
}

/** What is said: it follows the player, is searched, and leads to its second. */
export function Transcript({ cues, lang, now, mark, onSeek, onShow }: TranscriptProps) {
  const { t } = useTranslation('library')
  const box = useRef<HTMLOListElement>(null)
  const current = cueAt(cues, now)
  // a sentence runs over several lines, so that all are searched as one
  const all = useMemo(() => cues.map((c) => c.text).join('\n'), [cues])
  const find = useFind(
    useMemo(() => [{ page: 1, text: all }], [all]),
    mark,
    1,
  )
  const pieces = useMemo(
    () =>
      piecesOf(
        cues.map((c) => c.text),
        spansOf(flat(all), find.query),
      ),
    [cues, all, find.query],
  )
  const lineOf = (hit: number) => pieces.findIndex((line) => line.some((p) => p.hit === hit))

  const reveal = (line: number) => {
    const list = box.current
    const row = list?.children[line] as HTMLElement | undefined
    if (!list || !row) return
    const top = row.offsetTop - list.offsetTop
    if (top < list.scrollTop + 8 || top + row.offsetHeight > list.scrollTop + list.clientHeight - 8) {
      list.scrollTop = top - list.clientHeight / 3
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the player, not the drawing
  useEffect(() => {
    // whoever reads with the keyboard is not pulled away
    if (current >= 0 && !box.current?.contains(document.activeElement)) reveal(current)
  }, [current])

  const step = (by: 1 | -1) => {
    const place = find.step(by)
    if (!place) return
    const line = lineOf(place.hit)
    reveal(line)
    onShow((cues[line]?.start_ms ?? 0) / 1000)
  }
  return (
    <div className={classes.transcript}>
      <div className={classes.head}>
        <h3>{t('media.transcript')}</h3>
        <FindBox
          label={t('media.find')}
          words={mark ?? ''}
          count={find.places.length}
          current={find.current}
          onLook={find.look}
          onStep={step}
        />
      </div>
      <ol ref={box} className={classes.lines} lang={lang}>
        {cues.map((cue, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity beside their place
          <li key={i}>
            <button
              type="button"
              className={classes.line}
              aria-current={i === current ? 'true' : undefined}
              onClick={() => onSeek(cue.start_ms / 1000)}
            >
              <span className={classes.time}>{clockOf(cue.start_ms / 1000)}</span>
              <span>
                {pieces[i]?.map((piece, k) =>
                  piece.hit === undefined ? (
                    piece.text
                  ) : (
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above
                    <mark key={k} data-current={piece.hit === find.place?.hit || undefined}>
                      {piece.text}
                    </mark>
                  ),
                )}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  )
}
