import { Code } from '@tiptap/extension-code'
import { Link } from '@tiptap/extension-link'
import { StarterKit } from '@tiptap/starter-kit'
import { richNodes } from './nodes'
import { Deletion, Insertion } from './suggest/marks'

/**
 * What a document may contain. The server's validator is built from this (scripts/export-schema.mjs writes
 * backend/internal/coedit/schema.json); `make gen` fails the build when the two differ.
 */
export function documentExtensions() {
  return [
    StarterKit.configure({
      link: false,
      code: false,
      heading: { levels: [1, 2, 3] },
      // appended twice when two people write at once
      trailingNode: false,
    }),
    Link.configure({
      openOnClick: false,
      protocols: ['http', 'https', 'mailto'],
      HTMLAttributes: { rel: 'noopener noreferrer nofollow', target: null },
    }),
    // beside other marks there is none, but code can be suggested
    Code.extend({ excludes: 'code link bold strike italic underline' }),
    Insertion,
    Deletion,
    ...richNodes(),
  ]
}
