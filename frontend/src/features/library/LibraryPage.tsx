import './i18n'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '@/shared/ui/PageHeader'

export function LibraryPage() {
  const { t } = useTranslation('library')
  return <PageHeader title={t('title')} lead={t('lead')} />
}
