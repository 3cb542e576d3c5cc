/** The address of a resource, to be handed on to a colleague. */
export function linkOf(id: string): string {
  return new URL(`/library/${id}`, globalThis.location.origin).href
}
