import { useState } from 'react'
import classes from './PersonAvatar.module.css'
import { Tip } from './Tip'

interface PersonLike {
  id: string
  name: string
  picture_url?: string
}

interface PersonAvatarProps {
  person: PersonLike
  size?: number
  /** Shows the name on hover; leave out where the name stands beside the picture. */
  withTooltip?: boolean
}

const hues = 8

function hueOf(id: string): number {
  let sum = 0
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) % 9973
  return sum % hues
}

export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const first = words[0]?.[0] ?? '?'
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''
  return (first + last).toUpperCase()
}

/** A person's picture, or their initials on a colour of their own. */
export function PersonAvatar({ person, size = 28, withTooltip = false }: PersonAvatarProps) {
  const [isBroken, setBroken] = useState(false)
  const avatar = (
    <span
      className={classes.avatar}
      data-hue={hueOf(person.id)}
      style={{ width: size, height: size, fontSize: Math.max(10, size * 0.38) }}
      {...(withTooltip ? { role: 'img', 'aria-label': person.name } : { 'aria-hidden': true })}
    >
      {person.picture_url && !isBroken ? (
        <img src={person.picture_url} alt="" loading="lazy" onError={() => setBroken(true)} />
      ) : (
        initialsOf(person.name)
      )}
    </span>
  )
  return withTooltip ? <Tip label={person.name}>{avatar}</Tip> : avatar
}

interface PeopleStackProps {
  people: PersonLike[]
  max?: number
  size?: number
}

/** Overlapping pictures; "+3" for those beyond max. */
export function PeopleStack({ people, max = 4, size = 24 }: PeopleStackProps) {
  const shown = people.length > max ? people.slice(0, max - 1) : people
  return (
    <span className={classes.stack}>
      {shown.map((person) => (
        <PersonAvatar key={person.id} person={person} size={size} withTooltip />
      ))}
      {people.length > shown.length && (
        <span className={classes.avatar} data-rest style={{ width: size, height: size, fontSize: size * 0.4 }}>
          +{people.length - shown.length}
        </span>
      )}
    </span>
  )
}
