/** A file and where it lies in the folder that was chosen. */
export interface Placed {
  file: File
  path: string
}

/** What systems leave in folders is nobody's content. */
const isMeant = (path: string) =>
  path.split('/').every((part) => !part.startsWith('.') && part !== '__MACOSX') &&
  !/(^|\/)(Thumbs\.db|desktop\.ini)$/i.test(path)

/** The files of a folder that was picked. */
export function filesOfPick(list: Iterable<File>): Placed[] {
  return [...list].map((file) => ({ file, path: file.webkitRelativePath || file.name })).filter((f) => isMeant(f.path))
}

/** The folders among what was dropped; ask while the drop is being handled. */
export function foldersOfDrop(items: DataTransferItemList): FileSystemEntry[] {
  const entries = [...items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => !!entry)
  return entries.some((entry) => entry.isDirectory) ? entries : []
}

/** All files below entries, with their paths. */
export async function filesBelow(entries: FileSystemEntry[]): Promise<Placed[]> {
  const found: Placed[] = []
  for (const entry of entries) {
    const path = entry.fullPath.replace(/^\//, '')
    if (!isMeant(path)) continue
    if (entry.isDirectory) found.push(...(await filesBelow(await children(entry as FileSystemDirectoryEntry))))
    else {
      const file = await new Promise<File>((yes, no) => (entry as FileSystemFileEntry).file(yes, no))
      found.push({ file, path })
    }
  }
  return found
}

/** A directory gives its entries some at a time, and none at its end. */
async function children(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((yes, no) => reader.readEntries(yes, no))
    if (some.length === 0) return all
    all.push(...some)
  }
}
