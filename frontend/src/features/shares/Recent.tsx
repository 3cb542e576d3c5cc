import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listSharesOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { type Known, recipientsOf } from './recent'
import classes from './Shares.module.css'

/** Those for whom one made a share last: a press instead of typing. */
export function Recent({ onChoose }: { onChoose: (known: Known) => void }) {
  const { t } = useTranslation('shares')
  const { data } = useQuery({ ...listSharesOptions({ query: { scope: 'mine', limit: 20 } }), staleTime: 60_000 })
  const known = recipientsOf(data?.items ?? [])
  if (known.length === 0) return null
  return (
    <Group gap={6} mt={-6} role="group" aria-label={t('form.recent')} className={classes.recent}>
      {known.map((k) => (
        <Button
          key={`${k.recipient} ${k.organisation}`}
          size="compact-md"
          variant="default"
          onClick={() => onChoose(k)}
        >
          {[k.recipient, k.organisation].filter(Boolean).join(' · ')}
        </Button>
      ))}
    </Group>
  )
}
