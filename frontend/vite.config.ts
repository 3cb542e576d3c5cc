import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { start } from './vite.start.ts'

// where `npm run dev` finds the API: a running `byline serve`
const api = process.env.BYLINE_API_URL ?? 'http://127.0.0.1:8080'
const proxy = { '/api': { target: api, ws: true }, '/l/': api, '^/s/.+': api, '/s3/': api, '^/calendar/.+[.]ics$': api }

// Few files before a page is there: every one costs a slow phone more than its bytes. What the first page needs is one file,
// what most pages need another, what opens over a page a third; what only a feature has in common stays with it.
const overlays =
  /@floating-ui[\\/]react|react-(remove-scroll|style-singleton)|node_modules[\\/]use-(callback-ref|sidecar)|components[\\/](Popover|Combobox|Select|MultiSelect|PillsInput|ScrollArea|Modal|ModalBase|Drawer|Menu|Tooltip|FocusTrap|Overlay)[\\/]/
const small = /to-int|[.]context[.]|get-parsed-combobox-data|ComboboxChevron|Combobox[.]module/ // of those, what fields need as well
const common =
  /@mantine[\\/](core|hooks)|@tanstack|src[\\/]shared[\\/](ui|lib|api|why|views|router|session|search)[\\/](?!TimeAgo)/
const ofFeature = /features[\\/](?!drafts|posts)(\w+)[\\/](?!\w*(?:Dialog|Form)\b)[^\\/]+$/
const groups = [
  { name: 'app', tags: ['$initial' as const], priority: 4 },
  {
    name: 'icons',
    test: /@tabler[\\/]icons-react/,
    minShareCount: 2,
    priority: 3,
    includeDependenciesRecursively: false,
  },
  { name: 'floating', test: /@floating-ui[\\/](dom|core|utils)/, priority: 3, includeDependenciesRecursively: false },
  {
    name: 'overlays',
    test: (id: string) => overlays.test(id) && !small.test(id),
    minShareCount: 6,
    priority: 2,
    includeDependenciesRecursively: false,
  },
  { name: 'common', test: common, minShareCount: 10, priority: 2 },
  {
    debugName: 'features',
    name: (id: string) => ofFeature.exec(id)?.[1] ?? null,
    minShareCount: 2,
    priority: 1,
    includeDependenciesRecursively: false,
  },
]

export default defineConfig({
  plugins: [react(), start()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { host: '127.0.0.1', port: 5173, proxy },
  preview: { host: '127.0.0.1', port: 4173, proxy },
  build: {
    target: 'es2022',
    sourcemap: false,
    manifest: true,
    chunkSizeWarningLimit: 700, // `npm run size` is stricter
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['./src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    css: false,
    testTimeout: 20_000, // the first page of a file loads its chunk; machines are slow at times
  },
})
