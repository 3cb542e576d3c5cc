import { Sha256 } from './sha256'

const step = 4 * 1024 * 1024

/** Reads a file piece by piece. */
export async function hashInSteps(file: Blob, onProgress: (bytes: number) => void): Promise<string> {
  const hash = new Sha256()
  for (let at = 0; at < file.size; at += step) {
    const piece = await file.slice(at, at + step).arrayBuffer()
    hash.update(new Uint8Array(piece))
    onProgress(Math.min(at + step, file.size))
  }
  return hash.digest()
}
