import './i18n'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '@/shared/ui/PageHeader'

export function DraftPage() {
  const { t } = useTranslation('drafts')
  return <PageHeader title={t('draft')} lead={t('lead')} />
}
