import { ActionIcon, TextInput } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowUp,
  IconDots,
  IconFolder,
  IconGripVertical,
  IconTrash,
  IconX,
} from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CollectionSection, Resource } from '@/shared/api/generated/types.gen'
import { ActionMenu } from '@/shared/ui/ActionMenu'
import { useFavourite } from '../api'
import { ResourceRow } from '../ResourceCard'
import { merged, type Place, placed, stepped, without } from './arrange'
import classes from './CollectionPage.module.css'
import { useDragPlace } from './useDrag'

interface SectionProps {
  sections: CollectionSection[]
  at: number
  mayArrange: boolean
  onChange: (sections: CollectionSection[]) => void
}

/** A heading and its resources; whoever may arranges them by drag, by menu, or with Alt and the arrow keys. */
export function Section({ sections, at, mayArrange, onChange }: SectionProps) {
  const { t } = useTranslation('library')
  const { title, resources } = sections[at] ?? { title: '', resources: [] }
  const drop = (id: string, to: Place) => onChange(placed(sections, id, to))
  return (
    <section className={classes.section} aria-label={title || undefined}>
      {mayArrange && (at > 0 || sections.length > 1) ? (
        <Heading
          key={title}
          title={title}
          at={at}
          onRename={(next) => onChange(sections.map((s, i) => (i === at ? { ...s, title: next } : s)))}
          onRemove={at > 0 ? () => onChange(merged(sections, at)) : undefined}
        />
      ) : (
        title && <h2 className={classes.head}>{title}</h2>
      )}
      <ul className={classes.list}>
        {resources.map((resource, index) => (
          <Item
            key={resource.id}
            resource={resource}
            place={{ section: at, index }}
            sections={sections}
            mayArrange={mayArrange}
            onDrop={drop}
            onChange={onChange}
          />
        ))}
        {mayArrange && (
          <End place={{ section: at, index: resources.length }} onDrop={drop}>
            {resources.length === 0 && t('collections.emptySection')}
          </End>
        )}
      </ul>
    </section>
  )
}

interface HeadingProps {
  title: string
  at: number
  onRename: (title: string) => void
  onRemove?: () => void
}

function Heading({ title, at, onRename, onRemove }: HeadingProps) {
  const { t } = useTranslation('library')
  const [value, setValue] = useState(title)
  const save = () => {
    const next = value.trim()
    if (next === title) return
    if (next === '' && at > 0) setValue(title)
    else onRename(next)
  }
  return (
    <div className={classes.head}>
      <TextInput
        className={classes.heading}
        variant="unstyled"
        maxLength={80}
        aria-label={t('collections.heading', { number: at + 1 })}
        placeholder={t('collections.headingHint')}
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
        onBlur={save}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      {onRemove && (
        <ActionIcon size={36} aria-label={t('collections.removeSection', { title })} onClick={onRemove}>
          <IconX size={16} />
        </ActionIcon>
      )}
    </div>
  )
}

interface ItemProps {
  resource: Resource
  place: Place
  sections: CollectionSection[]
  mayArrange: boolean
  onDrop: (id: string, to: Place) => void
  onChange: (sections: CollectionSection[]) => void
}

function Item({ resource, place, sections, mayArrange, onDrop, onChange }: ItemProps) {
  const { t } = useTranslation('library')
  const favourite = useFavourite()
  const { ref, handle, isOver } = useDragPlace(place, onDrop, mayArrange ? resource.id : undefined)
  const step = (by: 1 | -1) => onChange(stepped(sections, resource.id, by))
  const handleKeys = (event: KeyboardEvent) => {
    if (!mayArrange || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    step(event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <li
      ref={ref}
      className={classes.item}
      data-over={isOver || undefined}
      data-arranged={mayArrange || undefined}
      onKeyDown={handleKeys}
    >
      {mayArrange && (
        <button
          ref={handle}
          type="button"
          className={classes.handle}
          aria-label={t('collections.drag', { title: resource.title })}
        >
          <IconGripVertical size={16} aria-hidden />
        </button>
      )}
      <div className={classes.row}>
        <ResourceRow resource={resource} onFavourite={favourite} />
      </div>
      {mayArrange && (
        <ActionMenu
          position="bottom-end"
          target={
            <ActionIcon size={36} aria-label={t('collections.actions', { title: resource.title })}>
              <IconDots size={17} />
            </ActionIcon>
          }
          actions={[
            { key: 'up', label: t('collections.up'), icon: <IconArrowUp size={16} />, onClick: () => step(-1) },
            { key: 'down', label: t('collections.down'), icon: <IconArrowDown size={16} />, onClick: () => step(1) },
            ...sections.flatMap((section, i) =>
              i === place.section
                ? []
                : [
                    {
                      key: `to ${i}`,
                      label: t('collections.moveTo', { title: section.title || t('collections.first') }),
                      icon: <IconFolder size={16} />,
                      onClick: () => onDrop(resource.id, { section: i, index: section.resources.length }),
                    },
                  ],
            ),
            {
              key: 'out',
              label: t('collections.takeOut'),
              icon: <IconTrash size={16} />,
              onClick: () => onChange(without(sections, resource.id)),
            },
          ]}
        />
      )}
    </li>
  )
}

interface EndProps {
  place: Place
  onDrop: (id: string, to: Place) => void
  children: React.ReactNode
}

/** Below the last one: takes what is dropped there. */
function End({ place, onDrop, children }: EndProps) {
  const { ref, isOver } = useDragPlace(place, onDrop)
  return (
    <li ref={ref} className={classes.end} data-over={isOver || undefined}>
      {children}
    </li>
  )
}
