import { useTranslation } from 'react-i18next'
import { Discussion } from '@/shared/discussion/Discussion'
import { Timeline } from '@/shared/discussion/Timeline'
import classes from './DraftPage.module.css'

/** What people say, and below what happened. */
export function DiscussionTab({ draftId }: { draftId: string }) {
  const { t } = useTranslation('drafts')
  return (
    <>
      <Discussion type="draft" id={draftId} />
      <h2 className={classes.heading}>{t('page.history')}</h2>
      <Timeline type="draft" id={draftId} withoutComments />
    </>
  )
}
