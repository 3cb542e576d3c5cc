import '@/shared/editor/rich.css'
import { createElement, memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Highlight, type Place, type Placed, placeOfBlock, segmentsOf } from './places'
import classes from './ReviewText.module.css'

interface ReviewTextProps {
  doc: Placed
  highlights: Highlight[]
  pictureOf: (asset: string) => string
  /** Given when one may comment: a way for keyboards, which cannot select in a text that is only read. */
  onBlock?: (place: Place) => void
}

const none: Highlight[] = []

/** The text as it stands. Every tag is from here, so nothing in a document can become markup of its own. */
export function ReviewText({ doc, highlights, pictureOf, onBlock }: ReviewTextProps) {
  const blocks = doc.content ?? []
  return blocks.map((node, i) => {
    const end = blocks[i + 1]?.pos ?? Number.POSITIVE_INFINITY
    const here = highlights.filter((h) => h.from < end && h.to > node.pos)
    return (
      <Block
        key={node.pos}
        node={node}
        highlights={here.length > 0 ? here : none}
        pictureOf={pictureOf}
        onBlock={onBlock}
      />
    )
  })
}

interface BlockProps extends Omit<ReviewTextProps, 'doc'> {
  node: Placed
}

const containers: Record<string, string> = {
  blockquote: 'blockquote',
  bulletList: 'ul',
  listItem: 'li',
  tableRow: 'tr',
}

const words = (value: unknown) => (typeof value === 'string' ? value : '')
const count = (value: unknown) => (typeof value === 'number' ? value : undefined)

const Block = memo(function Block(props: BlockProps): ReactNode {
  const { node, pictureOf } = props
  const { t } = useTranslation('outsideReview')
  const { attrs = {} } = node
  const children = () => node.content?.map((child) => <Block key={child.pos} {...props} node={child} />)
  switch (node.type) {
    case 'paragraph':
      return <TextBlock {...props} tag="p" />
    case 'heading':
      return <TextBlock {...props} tag={`h${Math.min(3, count(attrs.level) ?? 1) + 1}`} />
    case 'codeBlock':
      return <TextBlock {...props} tag="pre" />
    case 'orderedList':
      return <ol start={count(attrs.start)}>{children()}</ol>
    case 'horizontalRule':
      return <hr />
    case 'figure':
      return (
        <figure data-width={words(attrs.width) || 'normal'}>
          <img src={pictureOf(words(attrs.asset))} alt={words(attrs.alt)} loading="lazy" />
          {words(attrs.caption) && <figcaption>{words(attrs.caption)}</figcaption>}
        </figure>
      )
    case 'file':
      return <p className={classes.file}>{t('file', { name: words(attrs.name) })}</p>
    case 'embed':
      return (
        <p data-embed="">
          <SafeLink href={words(attrs.href)}>{words(attrs.href)}</SafeLink>
        </p>
      )
    case 'table':
      return (
        <div className={classes.table}>
          <table>
            <tbody>{children()}</tbody>
          </table>
        </div>
      )
    case 'tableCell':
      return (
        <td colSpan={count(attrs.colspan)} rowSpan={count(attrs.rowspan)}>
          {children()}
        </td>
      )
    case 'tableHeader':
      return (
        <th colSpan={count(attrs.colspan)} rowSpan={count(attrs.rowspan)}>
          {children()}
        </th>
      )
    default: {
      const tag = containers[node.type]
      return tag ? createElement(tag, null, children()) : null
    }
  }
})

function TextBlock({ node, tag, highlights, onBlock }: BlockProps & { tag: string }) {
  const { t } = useTranslation('outsideReview')
  const place = onBlock && placeOfBlock(node)
  const content = node.content?.map((child) =>
    child.type === 'hardBreak' ? (
      <br key={child.pos} />
    ) : (
      <Words key={child.pos} node={child} highlights={highlights} />
    ),
  )
  return (
    <>
      {createElement(tag, { 'data-block': '' }, content)}
      {place && (
        <button type="button" className={classes.blockButton} onClick={() => onBlock?.(place)}>
          {t('commentBlock')}
        </button>
      )}
    </>
  )
}

const tags: Record<string, string> = { bold: 'strong', italic: 'em', strike: 's', underline: 'u', code: 'code' }

function Words({ node, highlights }: { node: Placed; highlights: Highlight[] }) {
  const segments = segmentsOf(node.text ?? '', node.pos, highlights).map(({ pos, text, ids }) =>
    ids.length > 0 ? (
      <mark key={pos} data-pos={pos} data-threads={ids.join(' ')} className={classes.mark}>
        {text}
      </mark>
    ) : (
      <span key={pos} data-pos={pos}>
        {text}
      </span>
    ),
  )
  return (node.marks ?? []).reduceRight<ReactNode>((inner, mark) => {
    if (mark.type === 'link') return <SafeLink href={words(mark.attrs?.href)}>{inner}</SafeLink>
    const tag = tags[mark.type]
    return tag ? createElement(tag, null, inner) : inner
  }, segments)
}

function SafeLink({ href, children }: { href: string; children: ReactNode }) {
  if (!/^(https?:\/\/|mailto:)/i.test(href)) return children
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  )
}
