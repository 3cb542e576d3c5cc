import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getResourceOptions } from '@/shared/api/generated/@tanstack/react-query.gen'
import { invalidate } from '@/shared/api/invalidate'
import { ReplaceDialog } from '../ReplaceDialog'

interface ReplaceFindingProps {
  id: string
  next: { id: string; title: string }
  onClose: () => void
}

/** Puts the older one in the place of a duplicate. */
export function ReplaceFinding({ id, next, onClose }: ReplaceFindingProps) {
  const { data } = useQuery(getResourceOptions({ path: { id } }))
  const queryClient = useQueryClient()
  if (!data) return null
  const handleClose = () => {
    onClose()
    void invalidate(queryClient, 'getChecks', 'listFindings')
  }
  return <ReplaceDialog resource={data} next={next} onClose={handleClose} />
}
