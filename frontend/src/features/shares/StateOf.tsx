import { useTranslation } from 'react-i18next'
import type { Share } from '@/shared/api/generated/types.gen'
import { type Tone, ToneBadge } from '@/shared/ui/StateBadge'

const tones: Record<Share['state'], Tone> = {
  unopened: 'accent',
  opened: 'green',
  expired: 'neutral',
  revoked: 'red',
  stopped: 'amber',
}

/** Where a share stands, in words and colour. */
export function StateOf({ state }: { state: Share['state'] }) {
  const { t } = useTranslation('shares')
  return <ToneBadge tone={tones[state]}>{t(`state.${state}`)}</ToneBadge>
}
