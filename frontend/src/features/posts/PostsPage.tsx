import './i18n'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '@/shared/ui/PageHeader'

export function PostsPage() {
  const { t } = useTranslation('posts')
  return <PageHeader title={t('title')} lead={t('lead')} />
}
