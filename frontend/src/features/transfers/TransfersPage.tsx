import './i18n'
import { useTranslation } from 'react-i18next'
import { isMarketer, useMe } from '@/shared/session/session'
import { LinkAnchor } from '@/shared/ui/links'
import { PageHeader } from '@/shared/ui/PageHeader'
import { ExportSection } from './ExportSection'
import { ImportSection } from './ImportSection'

/** Many things at once, in and out. */
export function TransfersPage() {
  const { t } = useTranslation('transfers')
  const { t: tc } = useTranslation()
  const me = useMe()
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        above={<LinkAnchor to="/library">{tc('nav.library')}</LinkAnchor>}
      />
      {(isMarketer(me) || me.lead || me.admin) && <ImportSection me={me} />}
      {me.admin && <ExportSection />}
    </>
  )
}
