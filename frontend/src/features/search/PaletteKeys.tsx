import { Kbd } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './SearchPalette.module.css'

/** How the palette is used, at its foot. */
export function PaletteKeys({ canRemove }: { canRemove: boolean }) {
  const { t } = useTranslation('search')
  return (
    <div className={classes.foot} aria-hidden>
      <span>
        <Kbd size="xs">↑</Kbd> <Kbd size="xs">↓</Kbd> {t('foot.move')}
      </span>
      <span>
        <Kbd size="xs">↵</Kbd> {t('foot.open')}
      </span>
      {canRemove && (
        <span>
          <Kbd size="xs">del</Kbd> {t('foot.remove')}
        </span>
      )}
      <span>
        <Kbd size="xs">esc</Kbd> {t('foot.close')}
      </span>
    </div>
  )
}
