import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Resource, ResourceRef } from '@/shared/api/generated/types.gen'
import { useShortcuts } from '@/shared/lib/keys'

export interface Selection {
  /** Whether boxes are shown. */
  isOn: boolean
  count: number
  refs: ResourceRef[]
  has: (id: string) => boolean
  begin: () => void
  end: () => void
  /** Takes one in or out; to the one pressed before it, with `isRange`. */
  press: (id: string, isRange: boolean) => void
  take: (refs: ResourceRef[]) => void
}

/** Ids between two of a list, both with it. */
export function between(ids: string[], from: string | undefined, to: string): string[] {
  const [a, b] = [from === undefined ? -1 : ids.indexOf(from), ids.indexOf(to)]
  return a < 0 || b < 0 ? [to] : ids.slice(Math.min(a, b), Math.max(a, b) + 1)
}

/** Which resources are selected, at the revision at which they are seen. */
export function useSelection(items: Resource[], mayEdit: boolean): Selection {
  const { t } = useTranslation('library')
  const [isOn, setOn] = useState(false)
  const [picked, setPicked] = useState<ReadonlyMap<string, number>>(new Map())
  const [anchor, setAnchor] = useState<string>()
  const end = useCallback(() => {
    setOn(false)
    setPicked(new Map())
    setAnchor(undefined)
  }, [])
  const press = (id: string, isRange: boolean) => {
    const next = new Map(picked)
    const revOf = (one: string) => items.find((r) => r.id === one)?.rev ?? 1
    if (isRange)
      for (const one of between(
        items.map((r) => r.id),
        anchor,
        id,
      ))
        next.set(one, revOf(one))
    else if (next.has(id)) next.delete(id)
    else next.set(id, revOf(id))
    setOn(true)
    setAnchor(id)
    setPicked(next)
  }
  const focused = () => {
    const active = document.activeElement
    return active instanceof HTMLElement ? active.dataset.resource : undefined
  }
  const pressFocused = (isRange: boolean) => {
    const id = focused()
    if (mayEdit && id) press(id, isRange)
  }
  const group = t('title')
  useShortcuts(
    mayEdit
      ? [
          { keys: 'x', label: t('bulk.keySelect'), group, run: () => pressFocused(false) },
          { keys: 'v', label: t('bulk.keyRange'), group, run: () => pressFocused(true) },
          ...(isOn ? [{ keys: 'Escape', label: t('bulk.clear'), group, run: end }] : []),
        ]
      : [],
  )
  return {
    isOn: isOn && mayEdit,
    count: picked.size,
    // what has been read again since is meant as it is seen now
    refs: [...picked].map(([id, rev]) => ({ id, rev: items.find((r) => r.id === id)?.rev ?? rev })),
    has: (id) => picked.has(id),
    begin: () => setOn(true),
    end,
    press,
    take: (refs) => setPicked(new Map(refs.map(({ id, rev }) => [id, rev]))),
  }
}
