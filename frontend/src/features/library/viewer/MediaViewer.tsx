import { useQueries } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listAssetCuesOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import type { AssetCue } from '@/shared/api/generated/types.gen'
import { clockOf } from '@/shared/lib/format'
import { cueAt, languageOf, type Medium, startOf, webvttOf } from './captions'
import classes from './MediaViewer.module.css'
import { reveal } from './reveal'
import { Transcript } from './Transcript'

interface MediaViewerProps extends Medium {
  /** The second at which a link leads in. */
  second?: number
  mark?: string
  isTarget: boolean
}

/** An address for words that the player reads, as long as they are shown. */
function useTrackAddress(cues: AssetCue[] | undefined): string | undefined {
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    if (!cues || cues.length === 0) return
    const made = URL.createObjectURL(new Blob([webvttOf(cues)], { type: 'text/vtt' }))
    setAddress(made)
    return () => {
      URL.revokeObjectURL(made)
      setAddress(undefined)
    }
  }, [cues])
  return address
}

/** A film or a sound from the storage, with captions, chapters and what is said beside it. */
export function MediaViewer({ asset, captions, chapters, second, mark, isTarget }: MediaViewerProps) {
  const { t } = useTranslation('library')
  const player = useRef<HTMLVideoElement & HTMLAudioElement>(null)
  const ref = useRef<HTMLElement>(null)
  const files = chapters ? [...captions, chapters] : captions
  const queries = useQueries({
    queries: files.map((f) => ({ ...listAssetCuesOptions({ path: { id: f.id } }), staleTime: 300_000 })),
  })
  const cues = queries[0]?.data?.items
  const failed = queries[0]?.isError
  const spoken = useMemo(
    () => (captions.length > 0 ? (cues ?? (failed ? [] : undefined)) : undefined),
    [captions.length, cues, failed],
  )
  const parts = chapters ? queries[captions.length]?.data?.items : undefined
  const [now, setNow] = useState(second ?? 0)
  const [isBroken, setBroken] = useState(false)

  const seek = (to: number, plays = false) => {
    const p = player.current
    if (!p) return
    p.currentTime = to
    setNow(to)
    if (plays) void p.play().catch(() => {}) // the browser may want a press first
  }
  // opened at a second by a link, once the length is known; a search knows the passage, the words are in one of its lines
  const start = useMemo(
    () => startOf(second, mark, captions.length > 0, spoken),
    [second, mark, captions.length, spoken],
  )
  useEffect(() => {
    const p = player.current
    if (!p || start === undefined) return
    const go = () => {
      p.currentTime = start
      setNow(start)
    }
    if (p.readyState >= 1) go()
    else p.addEventListener('loadedmetadata', go, { once: true })
    return () => p.removeEventListener('loadedmetadata', go)
  }, [start])
  useEffect(() => {
    if (isTarget) reveal(ref.current)
  }, [isTarget])

  // addresses of the storage end after some minutes: ask for another, and go on where one was
  const again = useRef(0)
  const handleError = () => {
    const p = player.current
    if (!p || Date.now() - again.current < 15_000) {
      setBroken(true)
      return
    }
    again.current = Date.now()
    const { currentTime, paused } = p
    p.load()
    p.currentTime = currentTime
    if (!paused) void p.play().catch(() => {})
  }
  const props = {
    ref: player,
    controls: true,
    preload: 'metadata' as const,
    src: `${asset.download_url}?inline=true`,
    'aria-label': asset.name,
    onTimeUpdate: () => setNow(player.current?.currentTime ?? 0),
    onPlaying: () => setBroken(false),
    onError: handleError,
  }
  const tracks = (
    <>
      {captions.map((f, i) => (
        <Track key={f.id} name={f.name} cues={queries[i]?.data?.items} isFirst={i === 0} />
      ))}
    </>
  )
  return (
    <section ref={ref} className={classes.media} aria-label={t('media.label', { name: asset.name })}>
      <div className={classes.sides}>
        <div>
          {asset.viewer === 'video' ? (
            <video className={classes.video} {...props}>
              {tracks}
            </video>
          ) : (
            <audio className={classes.audio} {...props} />
          )}
          {isBroken && (
            <p className={classes.broken} role="alert">
              {t('media.broken')}
            </p>
          )}
          {parts && parts.length > 0 && <Chapters parts={parts} now={now} onSeek={(to) => seek(to, true)} />}
        </div>
        {spoken && spoken.length > 0 && (
          <Transcript
            cues={spoken}
            lang={languageOf(captions[0]?.name ?? '')}
            now={now}
            mark={mark}
            onSeek={(to) => seek(to, true)}
            onShow={(to) => seek(to)}
          />
        )}
      </div>
    </section>
  )
}

function Track({ name, cues, isFirst }: { name: string; cues: AssetCue[] | undefined; isFirst: boolean }) {
  const { t } = useTranslation('library')
  const address = useTrackAddress(cues)
  const lang = languageOf(name)
  const label = useMemo(() => {
    if (!lang) return t('media.captions')
    try {
      return new Intl.DisplayNames(undefined, { type: 'language' }).of(lang) ?? lang
    } catch {
      return lang
    }
  }, [lang, t])
  if (!address) return null
  return <track kind="captions" src={address} srcLang={lang ?? 'en'} label={label} default={isFirst} />
}

interface ChaptersProps {
  parts: AssetCue[]
  now: number
  onSeek: (second: number) => void
}

function Chapters({ parts, now, onSeek }: ChaptersProps) {
  const { t } = useTranslation('library')
  const current = cueAt(parts, now)
  return (
    <nav className={classes.chapters} aria-label={t('media.chapters')}>
      {parts.map((part, i) => (
        <button
          key={part.start_ms}
          type="button"
          aria-current={i === current ? 'step' : undefined}
          onClick={() => onSeek(part.start_ms / 1000)}
        >
          <span>{clockOf(part.start_ms / 1000)}</span> {part.text}
        </button>
      ))}
    </nav>
  )
}
