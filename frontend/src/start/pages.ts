/**
 * What a page asks for as soon as it is there, when its address has no search: asked while the application is still being
 * fetched. A test looks whether the pages really ask for it.
 */
export const firstRequests: Record<string, readonly string[]> = {
  '/': ['/api/v1/home'],
  '/library': ['/api/v1/resources?sort=new&limit=24&cursor=', '/api/v1/resources/counts'],
  '/library/$resourceId': ['/api/v1/resources/$resourceId'],
}

/** The pattern that an address has, and what stands in it for its $names. Words go before names. */
export function pageOf(
  patterns: readonly string[],
  path: string,
): { pattern: string; names: Map<string, string> } | undefined {
  const parts = path.replace(/\/+$/, '').split('/')
  const isName = (part: string) => part.startsWith('$')
  const fits = patterns.filter((pattern) => {
    const wanted = pattern.replace(/\/+$/, '').split('/')
    return wanted.length === parts.length && wanted.every((w, i) => (isName(w) ? parts[i] !== '' : w === parts[i]))
  })
  const pattern = fits.sort((a, b) => a.split('$').length - b.split('$').length)[0]
  if (pattern === undefined) return undefined
  const names = new Map(pattern.split('/').flatMap((w, i) => (isName(w) ? [[w, parts[i] ?? ''] as const] : [])))
  return { pattern, names }
}

/** The addresses of the API that a page asks first. */
export function requestsOf({ pattern, names }: { pattern: string; names: Map<string, string> }): string[] {
  return (firstRequests[pattern] ?? []).map((address) => address.replace(/\$\w+/g, (name) => names.get(name) ?? name))
}
