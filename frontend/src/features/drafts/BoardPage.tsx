import './i18n'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '@/shared/ui/PageHeader'

export function BoardPage() {
  const { t } = useTranslation('drafts')
  return <PageHeader title={t('title')} lead={t('lead')} />
}
