import type { CollectionSection } from '@/shared/api/generated/types.gen'

export interface Place {
  section: number
  index: number
}

function placeOf(sections: CollectionSection[], id: string): Place | undefined {
  for (const [section, { resources }] of sections.entries()) {
    const index = resources.findIndex((r) => r.id === id)
    if (index >= 0) return { section, index }
  }
  return undefined
}

/** Puts a resource in front of what stands at a place, counted before it is taken away from its own. */
export function placed(sections: CollectionSection[], id: string, to: Place): CollectionSection[] {
  const from = placeOf(sections, id)
  const moved = from && sections[from.section]?.resources[from.index]
  if (!from || !moved || !sections[to.section]) return sections
  const index = from.section === to.section && from.index < to.index ? to.index - 1 : to.index
  return sections.map((section, i) => {
    const resources = section.resources.filter((r) => r.id !== id)
    if (i === to.section) resources.splice(index, 0, moved)
    return { ...section, resources }
  })
}

/** One step up or down, over the edge of a section into the next one. */
export function stepped(sections: CollectionSection[], id: string, by: 1 | -1): CollectionSection[] {
  const from = placeOf(sections, id)
  if (!from) return sections
  const { section, index } = from
  const next = index + by
  if (next >= 0 && next < (sections[section]?.resources.length ?? 0)) {
    return placed(sections, id, { section, index: by > 0 ? next + 1 : next })
  }
  const over = sections[section + by]
  if (!over) return sections
  return placed(sections, id, { section: section + by, index: by > 0 ? 0 : over.resources.length })
}

export function without(sections: CollectionSection[], id: string): CollectionSection[] {
  return sections.map((section) => ({ ...section, resources: section.resources.filter((r) => r.id !== id) }))
}

/** Takes a heading away; what stood below it goes to the section before. */
export function merged(sections: CollectionSection[], at: number): CollectionSection[] {
  const gone = sections[at]
  if (!gone || at === 0) return sections
  return sections
    .map((section, i) =>
      i === at - 1 ? { ...section, resources: [...section.resources, ...gone.resources] } : section,
    )
    .filter((_, i) => i !== at)
}
