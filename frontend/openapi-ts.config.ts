import { defineConfig } from '@hey-api/openapi-ts'

export default defineConfig({
  input: '../backend/api/openapi.json',
  output: { path: 'src/shared/api/generated' },
  plugins: [
    '@hey-api/typescript',
    '@hey-api/sdk',
    { name: '@hey-api/client-fetch', throwOnError: true },
    '@tanstack/react-query',
  ],
})
