import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatNumber } from '@/shared/lib/format'
import classes from './RankRow.module.css'

interface RankRowProps {
  label: string
  link?: Pick<LinkProps, 'to' | 'params'>
  picture?: ReactNode
  note?: ReactNode
  value: number
  /** The largest value of the list: its bar is full. */
  most: number
}

/** One row of a ranking: a name, a number and a bar. */
export function RankRow({ label, link, picture, note, value, most }: RankRowProps) {
  return (
    <li className={classes.row}>
      {picture}
      <span className={classes.words}>
        <span className={classes.line}>
          <span className={classes.label}>
            {link ? (
              <Link {...link} className={classes.link}>
                {label}
              </Link>
            ) : (
              label
            )}
          </span>
          <span className={classes.value}>{formatNumber(value)}</span>
        </span>
        <span className={classes.track} aria-hidden>
          <span className={classes.fill} style={{ width: `${(value / most) * 100}%` }} />
        </span>
        {note && <span className={classes.note}>{note}</span>}
      </span>
    </li>
  )
}
