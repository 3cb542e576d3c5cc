import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The real program with a demo workspace in a folder of its own; a test may kill it and start it again on the same data. */
export class Server {
  readonly url: string
  private readonly port: number
  private env: NodeJS.ProcessEnv
  private readonly data = mkdtempSync(join(tmpdir(), 'byline-e2e-'))
  private child: ChildProcess | undefined
  /** What the program has said since it was started. */
  log = ''

  constructor(port: number, env: NodeJS.ProcessEnv = {}) {
    this.port = port
    this.env = env
    this.url = `http://localhost:${port}`
  }

  /** More settings count from this start on. */
  async start(more: NodeJS.ProcessEnv = {}): Promise<void> {
    this.env = { ...this.env, ...more }
    const program = process.env.BYLINE_BIN ?? fileURLToPath(new URL('../../backend/bin/byline', import.meta.url))
    if (!existsSync(program))
      throw new Error(`${program} is missing: run \`make build\` first, or name one in BYLINE_BIN`)
    this.child = spawn(program, ['serve', '--demo', '--with-parent'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        BYLINE_EMBEDDED_DIR: fileURLToPath(new URL('../../deploy/embedded', import.meta.url)),
        // a journey presses faster than a person
        BYLINE_USER_RATE: '1000',
        BYLINE_ADDRESS_RATE: '2000',
        BYLINE_METRICS_ADDR: 'off',
        ...process.env,
        ...this.env,
        BYLINE_DATA: this.data,
        BYLINE_ADDR: `127.0.0.1:${this.port}`,
        BYLINE_PUBLIC_URL: this.url,
      },
    })
    this.log = ''
    this.child.stderr?.on('data', (said) => {
      this.log += said
    })
    for (let tries = 0; tries < 600; tries++) {
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined)
      if (answer?.ok) return
      if (this.child.exitCode !== null) throw new Error(`the server ended with ${this.child.exitCode}`)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    throw new Error('the server did not become ready')
  }

  /** Without a word: what it had not stored is gone. */
  async kill(): Promise<void> {
    await this.end('SIGKILL')
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM')
    rmSync(this.data, { recursive: true, force: true })
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
}
