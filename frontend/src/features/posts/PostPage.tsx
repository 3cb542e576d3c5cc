import './i18n'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '@/shared/ui/PageHeader'

export function PostPage() {
  const { t } = useTranslation('posts')
  return <PageHeader title={t('post')} lead={t('lead')} />
}
