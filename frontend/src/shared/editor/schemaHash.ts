/** Written by `npm run gen`: the editor's schema and ProseMirror. A page that has others than the server must reload. */
export const schemaHash = '56e1a8de23049bb2'
