import { lazy, Suspense, useState } from 'react'
import { createStore, useStore } from '@/shared/lib/store'
import { toast } from '@/shared/ui/toast'

export interface Question {
  title: string
  /** What will happen, in one or two sentences. */
  body: string
  /** The verb on the button: "Publish", not "OK". */
  confirmLabel: string
  isDangerous?: boolean
}

const asked = createStore<(Question & { answer: (yes: boolean) => void }) | undefined>(undefined)

const loadDialog = () => import('./ConfirmDialog')
const ConfirmDialog = lazy(() => loadDialog().then((m) => ({ default: m.ConfirmDialog })))

/** Asks once, only for what cannot be undone: `if (!(await confirm({ … }))) return`. */
export async function confirm(question: Question): Promise<boolean> {
  asked.get()?.answer(false)
  try {
    await loadDialog()
  } catch (error) {
    toast.error(error) // nobody was asked, so nothing is done
    return false
  }
  asked.get()?.answer(false)
  return new Promise((resolve) => asked.set({ ...question, answer: resolve }))
}

/** Draws the question; mounted once by the application. */
export function ConfirmHost() {
  const question = useStore(asked)
  const [last, setLast] = useState(question)
  if (question && question !== last) setLast(question)
  const handleAnswer = (yes: boolean) => {
    question?.answer(yes)
    asked.set(undefined)
  }
  if (!last) return null
  return (
    <Suspense>
      <ConfirmDialog question={last} isOpen={question !== undefined} onAnswer={handleAnswer} />
    </Suspense>
  )
}
