import './i18n'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '@/shared/ui/PageHeader'

export function SearchPage() {
  const { t } = useTranslation('search')
  return <PageHeader title={t('title')} lead={t('lead')} />
}
