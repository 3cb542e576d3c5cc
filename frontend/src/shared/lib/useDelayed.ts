import { useEffect, useState } from 'react'

/** Turns true only when flag stayed true for a while, so that fast answers never flash a spinner. */
export function useDelayed(flag: boolean, ms = 300): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (!flag) {
      setLate(false)
      return
    }
    const timer = setTimeout(() => setLate(true), ms)
    return () => clearTimeout(timer)
  }, [flag, ms])
  return flag && late
}
