/** Written by `npm run gen`. The server refuses documents of another schema, and the page asks for a reload. */
export const schemaHash = 'e6d0e59b5a263ec4'
