import { cloneElement, type ReactElement } from 'react'

interface TipProps {
  label: string
  disabled?: boolean
  children: ReactElement<{ 'data-tip'?: string }>
}

/**
 * Says what a button without words does when one points at it. It is an attribute only: one layer of the shell shows it
 * (`TipLayer`), so that a list with a hundred buttons has no hundred tooltips to draw.
 */
export function Tip({ label, disabled = false, children }: TipProps) {
  return cloneElement(children, { 'data-tip': disabled ? undefined : label })
}
