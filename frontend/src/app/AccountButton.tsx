import { UnstyledButton } from '@mantine/core'
import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import type { Person } from '@/shared/api/generated/types.gen'
import { PersonAvatar } from '@/shared/ui/PersonAvatar'
import classes from './UserMenu.module.css'

interface AccountButtonProps extends ComponentProps<'button'> {
  me: Person
  isWide: boolean
}

export function AccountButton({ me, isWide, className = '', ...props }: AccountButtonProps) {
  const { t } = useTranslation()
  return (
    <UnstyledButton className={`${classes.target} ${className}`} aria-label={t('nav.account')} {...props}>
      <PersonAvatar person={me} size={30} />
      {isWide && (
        <span className={classes.words}>
          <span className={classes.name}>{me.name}</span>
          <span className={classes.side}>{me.title || t(`side.${me.side}`)}</span>
        </span>
      )}
    </UnstyledButton>
  )
}
