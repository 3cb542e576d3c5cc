import type { ResourceVersion } from '@/shared/api/generated/types.gen'

/** The number of the older version that a link was made for: it names that, or a file that is no longer there. */
export function followed(versions: ResourceVersion[], version?: number, file?: string): number | undefined {
  const old = versions.find((v) => v.number === version)
  if (old) return old.current ? undefined : old.number
  const has = (v: ResourceVersion) => v.files.some((f) => f.asset_id === file)
  if (!file || versions.some((v) => v.current && has(v))) return undefined
  return versions.find(has)?.number
}
