import { defineConfig } from '@playwright/test'

// one address for the main process and its workers, which read this file again
process.env.BYLINE_E2E_PORT ??= String(4300 + (process.pid % 700))

export default defineConfig({
  testDir: 'e2e',
  // each has a server and a workspace of its own (fixtures.ts)
  workers: process.env.BYLINE_E2E_URL ? 1 : 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  forbidOnly: Boolean(process.env.CI),
  // a second try is named in the summary of `make test`: it is a defect to look at, not a reason to stop everybody
  retries: process.env.CI ? 1 : 0,
  use: {
    viewport: { width: 1280, height: 800 },
    actionTimeout: 20_000, // what has not come by then does not come: the rest of the suite has its time
    navigationTimeout: 30_000,
    screenshot: 'only-on-failure',
    trace: process.env.CI ? 'on-first-retry' : 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.BYLINE_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
