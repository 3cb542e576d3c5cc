import './i18n'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '@/shared/ui/PageHeader'

export function IdeaPage() {
  const { t } = useTranslation('ideas')
  return <PageHeader title={t('idea')} lead={t('lead')} />
}
