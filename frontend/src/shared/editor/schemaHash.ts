/** Written by `npm run gen`: the editor's schema and ProseMirror. A page that has others than the server must reload. */
export const schemaHash = '0cb90df9ee326d82'
