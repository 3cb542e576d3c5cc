import './i18n'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '@/shared/ui/PageHeader'

export function NotificationsPage() {
  const { t } = useTranslation('notifications')
  return <PageHeader title={t('title')} lead={t('lead')} />
}
