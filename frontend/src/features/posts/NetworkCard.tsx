import { UnstyledButton } from '@mantine/core'
import { IconMail, IconPhoto, IconWorld } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonRef } from '@/shared/api/generated/types.gen'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import classes from './NetworkCard.module.css'
import { composed, foldOf, type Network, type Words } from './network'
import { markSentences } from './sentences'

interface NetworkCardProps extends Words {
  network: Network
  owner: Pick<PersonRef, 'id' | 'name' | 'picture_url'>
  headline: string
  mediaUrl: string
  linkTarget: string
  /** What the link's card would say. */
  linkTitle: string
  /** Sentences that somebody else's post has too. */
  marked?: string[]
  /** Replaces the text while it is edited. */
  editor?: ReactNode
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : ''
}

/** A post as its network will show it. */
export function NetworkCard({
  network,
  owner,
  headline,
  mediaUrl,
  linkTarget,
  linkTitle,
  editor,
  ...words
}: NetworkCardProps) {
  const { t } = useTranslation('posts')
  const { t: tn } = useTranslation('numbers')
  const isMail = network === 'email'
  const hasLinkCard = linkTarget !== '' && mediaUrl === '' && !isMail
  return (
    <article
      className={classes.card}
      data-network={network}
      aria-label={t('card.label', { network: tn(`network.${network}`) })}
    >
      <header className={classes.head}>
        <PersonAvatar person={owner} size={48} />
        <div className={classes.who}>
          <div className={classes.name}>{owner.name}</div>
          <div className={classes.headline}>{headline || ' '}</div>
          {isMail ? (
            <div className={classes.meta}>
              <IconMail size={13} aria-hidden /> {t('card.subject', { subject: linkTitle || '…' })}
            </div>
          ) : (
            <div className={classes.meta}>
              {t('card.now')} · <IconWorld size={13} aria-hidden />
            </div>
          )}
        </div>
      </header>
      {editor ?? <CardText network={network} {...words} />}
      {mediaUrl && <Media key={mediaUrl} url={mediaUrl} />}
      {hasLinkCard && (
        <div className={classes.link}>
          <div className={classes.linkTitle}>{linkTitle || hostOf(linkTarget)}</div>
          <div className={classes.linkHost}>{hostOf(linkTarget)}</div>
        </div>
      )}
    </article>
  )
}

function Media({ url }: { url: string }) {
  const { t } = useTranslation('posts')
  const [isBroken, setBroken] = useState(false)
  if (isBroken) {
    return (
      <div className={classes.noMedia}>
        <IconPhoto size={20} aria-hidden /> {t('card.noPreview')}
      </div>
    )
  }
  return <img className={classes.media} src={url} alt={t('card.media')} onError={() => setBroken(true)} />
}

function CardText({ network, marked = [], ...words }: Words & { network: Network; marked?: string[] }) {
  const { t } = useTranslation('posts')
  const [isOpen, setOpen] = useState(false)
  const text = composed(words)
  const fold = foldOf(network, text)
  const shown = fold === undefined || isOpen ? text : text.slice(0, fold)
  return (
    <div className={classes.text} lang="">
      {markSentences(shown, marked).map(({ text: part, isMarked }, i) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, in order
        return isMarked ? <mark key={i}>{part}</mark> : <WithLink key={i} text={part} url={words.link_url} />
      })}
      {fold !== undefined && (
        <UnstyledButton className={classes.more} onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
          {isOpen ? t('card.less') : t('card.more')}
        </UnstyledButton>
      )}
    </div>
  )
}

function WithLink({ text, url }: { text: string; url: string }) {
  const at = url ? text.indexOf(url) : -1
  if (at < 0) return text
  return (
    <>
      {text.slice(0, at)}
      <span className={classes.url}>{url}</span>
      {text.slice(at + url.length)}
    </>
  )
}
