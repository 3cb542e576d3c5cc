import { Embed } from './embed'
import { Figure, FileNode } from './figure'
import { tableExtensions } from './table'

/** Pictures, files, cards and tables. */
export function richNodes() {
  return [Figure, FileNode, Embed, ...tableExtensions()]
}
