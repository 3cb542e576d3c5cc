/** Written by `npm run gen`: the editor's schema and ProseMirror. A page that has others than the server must reload. */
export const schemaHash = '985a482513cf6547'
