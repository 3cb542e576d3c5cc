import { PendingRows } from '@/shared/ui/States'

export function PendingPage() {
  return <PendingRows />
}
