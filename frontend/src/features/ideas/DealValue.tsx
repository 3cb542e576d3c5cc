import { NumberInput, type NumberInputProps } from '@mantine/core'

/** Apart, because only deals need it and it is heavy. */
export function DealValue(props: NumberInputProps) {
  return <NumberInput min={0} max={1e12} thousandSeparator="," hideControls {...props} />
}
