import './i18n'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '@/shared/ui/PageHeader'

export function ResourcePage() {
  const { t } = useTranslation('library')
  return <PageHeader title={t('resource')} lead={t('lead')} />
}
