import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// where `npm run dev` finds the API: a running `byline serve`
const api = process.env.BYLINE_API_URL ?? 'http://127.0.0.1:8080'
const proxy = { '/api': { target: api, ws: true }, '/l/': api, '^/s/.+': api, '/s3/': api, '^/calendar/.+[.]ics$': api }

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { host: '127.0.0.1', port: 5173, proxy },
  preview: { host: '127.0.0.1', port: 4173, proxy },
  build: { target: 'es2022', sourcemap: false, manifest: true },
  test: {
    environment: 'jsdom',
    setupFiles: ['./src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    css: false,
    testTimeout: 20_000, // the first page of a file loads its chunk; machines are slow at times
  },
})
