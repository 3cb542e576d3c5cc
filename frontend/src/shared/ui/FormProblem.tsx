import { Alert } from '@mantine/core'
import { ApiError, fieldErrors, messageOf } from '@/shared/api/problem'

interface FormLike {
  getValues: () => object
  setErrors: (errors: Record<string, string>) => void
}

function hasField(values: object, path: string): boolean {
  return (path.split('.')[0] ?? '') in values
}

/** Puts the server's complaints (`errors[].location`) at the fields of a Mantine form that they name. */
export function setFieldErrors(form: FormLike, error: unknown): void {
  const values = form.getValues()
  const known = Object.entries(fieldErrors(error)).filter(([path]) => hasField(values, path))
  if (known.length > 0) form.setErrors(Object.fromEntries(known))
}

interface FormProblemProps {
  error: unknown
  /** When given, an error that stands at one of its fields is not said twice. */
  form?: FormLike
}

/** Says above the buttons of a form why it was not taken. */
export function FormProblem({ error, form }: FormProblemProps) {
  if (!error) return null
  const fields = Object.keys(fieldErrors(error))
  const isAtFields = form && fields.length > 0 && fields.every((path) => hasField(form.getValues(), path))
  if (isAtFields && error instanceof ApiError && error.errors.length === fields.length) return null
  return (
    <Alert color="red" role="alert" variant="light">
      {messageOf(error)}
    </Alert>
  )
}
