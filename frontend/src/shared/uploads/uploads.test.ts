import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { api, HttpResponse, http, problem, server } from '@/test/server'
import { patience } from './transfer'
import {
  cancelUpload,
  dismissUpload,
  pauseUpload,
  restoreUploads,
  resumeUpload,
  startUpload,
  uploaded,
  uploads,
} from './uploads'

const partSize = 10

/** A server with one upload, that checks what browsers do to it. */
function storage(total: number) {
  const s = {
    parts: new Map<number, string>(),
    sha256: '',
    attached: [] as string[],
    aborted: false,
    /** What happens to a part that is put: a status, or nothing for success. */
    onPut: (_n: number): number | Promise<number> => 200,
    puts: 0,
    begun: 0,
    end: { state: 'ready', explanation: '' },
    state: 'uploading',
  }
  const asset = () => ({ id: 'a1', name: 'deck.pdf', size: total, state: s.state, explanation: '', preview_url: '' })
  const upload = () => ({
    asset: asset(),
    part_size: partSize,
    parts: Math.ceil(total / partSize),
    done: [...s.parts.keys()].sort(),
  })
  server.use(
    http.post(api('/assets'), async ({ request }) => {
      s.begun++
      s.sha256 = ((await request.json()) as { sha256: string }).sha256
      return HttpResponse.json(upload(), { status: 201 })
    }),
    http.get(api('/assets/a1/upload'), () => HttpResponse.json(upload())),
    http.post(api('/assets/a1/parts'), async ({ request }) => {
      const { numbers } = (await request.json()) as { numbers: number[] }
      const items = numbers.map((number) => ({
        number,
        url: `http://storage.test/${number}`,
        length: Math.min(partSize, total - (number - 1) * partSize),
      }))
      return HttpResponse.json({ items })
    }),
    http.put('http://storage.test/:n', async ({ params, request }) => {
      s.puts++
      const n = Number(params.n)
      const body = await request.text()
      const status = await s.onPut(n)
      if (status === 0) return HttpResponse.error() // the connection broke
      if (status !== 200) return new HttpResponse(null, { status })
      s.parts.set(n, body)
      return new HttpResponse(null, { status: 200 })
    }),
    http.post(api('/assets/a1/complete'), () => {
      if (s.parts.size < Math.ceil(total / partSize))
        return problem(409, 'conflict', 'Some parts have not arrived yet.')
      s.state = 'processing'
      return HttpResponse.json(asset())
    }),
    http.put(api('/drafts/d1/assets/a1'), () => {
      s.attached.push('d1')
      return new HttpResponse(null, { status: 204 })
    }),
    http.get(api('/assets/a1'), () => HttpResponse.json({ ...asset(), ...s.end })),
    http.delete(api('/assets/a1'), () => {
      s.aborted = true
      return new HttpResponse(null, { status: 204 })
    }),
  )
  return s
}

const text = (n: number) => Array.from({ length: n }, (_, i) => String.fromCharCode(97 + (i % 26))).join('')
const file = (content: string, name = 'deck.pdf') => new File([content], name, { type: 'application/pdf' })
const arrived = (s: ReturnType<typeof storage>) =>
  [...s.parts.entries()]
    .sort((a, b) => a[0] - b[0])
    .map((e) => e[1])
    .join('')
const start = (content: string) => startUpload(file(content), { userId: 'u1', target: { type: 'draft', id: 'd1' } })
const item = (key: string) => uploads.get().find((i) => i.key === key)

/** jsdom's XMLHttpRequest loses the bytes of a Blob; the browser's own is tried in e2e/drafts.spec.ts. */
class XhrByFetch {
  status = 0
  timeout = 0
  upload: { onprogress?: (event: { loaded: number }) => void } = {}
  onload?: () => void
  onerror?: () => void
  onabort?: () => void
  onloadend?: () => void
  private url = ''
  private readonly stop = new AbortController()
  open(_method: string, url: string) {
    this.url = url
  }
  async send(body: Blob) {
    try {
      const bytes = await body.arrayBuffer()
      this.upload.onprogress?.({ loaded: bytes.byteLength / 2 })
      this.status = (await fetch(this.url, { method: 'PUT', body: bytes, signal: this.stop.signal })).status
      this.onload?.()
    } catch {
      if (this.stop.signal.aborted) this.onabort?.()
      else this.onerror?.()
    }
    this.onloadend?.()
  }
  abort() {
    this.stop.abort()
  }
}

beforeEach(() => {
  vi.stubGlobal('XMLHttpRequest', XhrByFetch)
  localStorage.clear()
  patience.firstWait = 1
  patience.longestWait = 5
})
afterEach(() => {
  vi.unstubAllGlobals()
  for (const { key } of uploads.get()) dismissUpload(key)
})

test('a file is hashed, sent in parts, attached and waited for', async () => {
  const s = storage(45)
  const key = start(text(45))
  const asset = await uploaded(key)
  expect(asset.state).toBe('ready')
  expect(arrived(s)).toBe(text(45))
  expect(s.sha256).toBe(createHash('sha256').update(text(45)).digest('hex'))
  expect(s.attached).toEqual(['d1'])
  expect(item(key)).toMatchObject({ state: 'ready', done: 45 })
  expect(localStorage.length).toBe(0)
})

test('parts that fail are tried again', async () => {
  const s = storage(45)
  const failed = new Map<number, number>()
  s.onPut = (n) => {
    const times = failed.get(n) ?? 0
    failed.set(n, times + 1)
    return times < 2 ? ([503, 403][times] as number) : 200
  }
  await uploaded(start(text(45)))
  expect(arrived(s)).toBe(text(45))
  expect(s.puts).toBe(15)
})

test('a storage that stays away ends in words, and trying again sends only what is missing', async () => {
  const s = storage(45)
  s.onPut = (n) => (n === 2 ? 500 : 200)
  const key = start(text(45))
  await expect(uploaded(key)).rejects.toThrow(/storage did not take/)
  expect(item(key)?.state).toBe('failed')
  s.onPut = () => 200
  const before = s.puts
  const missing = 5 - s.parts.size
  resumeUpload(key)
  await uploaded(key)
  expect(s.puts - before).toBe(missing)
  expect(arrived(s)).toBe(text(45))
  expect(s.begun).toBe(1)
})

test('pause stops, resume goes on', async () => {
  const s = storage(60)
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  s.onPut = async (n) => {
    if (n > 2) await held
    return 200
  }
  const key = start(text(60))
  await vi.waitFor(() => expect(s.parts.size).toBeGreaterThanOrEqual(2))
  pauseUpload(key)
  expect(item(key)?.state).toBe('paused')
  release()
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(s.state).toBe('uploading')
  resumeUpload(key)
  await uploaded(key)
  expect(arrived(s)).toBe(text(60))
})

test('after a reload the same file goes on where it was; another one is not taken', async () => {
  const s = storage(45)
  s.parts.set(1, text(10))
  const sha256 = createHash('sha256').update(text(45)).digest('hex')
  const entry = { assetId: 'a1', name: 'deck.pdf', size: 45, sha256, target: { type: 'draft', id: 'd1' } }
  localStorage.setItem('byline-uploads:u1', JSON.stringify([entry]))
  restoreUploads('u2')
  expect(uploads.get()).toHaveLength(0)
  restoreUploads('u1')
  const key = 'a1'
  expect(item(key)?.state).toBe('needsFile')
  await vi.waitFor(() => expect(item(key)?.done).toBe(10))

  resumeUpload(key, file(text(44)))
  expect(item(key)?.problem).toMatch(/another file/)
  resumeUpload(key, file(text(45).toUpperCase()))
  await vi.waitFor(() => expect(item(key)?.problem).toMatch(/another file/))
  await vi.waitFor(() => expect(item(key)?.state).toBe('needsFile'))
  expect(s.puts).toBe(0)

  resumeUpload(key, file(text(45)))
  await uploaded(key)
  expect(s.puts).toBe(4)
  expect(arrived(s)).toBe(text(45))
  expect(s.attached).toEqual(['d1'])
  expect(localStorage.length).toBe(0)
})

test('a file that arrived before the reload is followed to its end without being chosen again', async () => {
  const s = storage(5)
  s.state = 'processing'
  const entry = { assetId: 'a1', name: 'deck.pdf', size: 5, sha256: 'x', target: { type: 'draft', id: 'd1' } }
  localStorage.setItem('byline-uploads:u1', JSON.stringify([entry]))
  restoreUploads('u1')
  await vi.waitFor(() => expect(item('a1')?.state).toBe('ready'))
  expect(s.attached).toEqual(['d1'])
})

test('cancel throws away what has arrived', async () => {
  const s = storage(45)
  s.onPut = () => new Promise(() => {})
  const key = start(text(45))
  await vi.waitFor(() => expect(s.puts).toBeGreaterThan(0))
  cancelUpload(key)
  expect(uploads.get()).toHaveLength(0)
  await vi.waitFor(() => expect(s.aborted).toBe(true))
  expect(localStorage.length).toBe(0)
})

test('a refused file says why', async () => {
  const s = storage(5)
  s.end = { state: 'refused', explanation: 'This is a program, not a PDF.' }
  const key = start(text(5))
  await expect(uploaded(key)).rejects.toThrow('This is a program, not a PDF.')
  expect(item(key)).toMatchObject({ state: 'refused', problem: 'This is a program, not a PDF.' })
})

test('what the server says of a file that is too large is shown', async () => {
  server.use(http.post(api('/assets'), () => problem(413, 'too_large', 'Files may have at most 5 GiB.')))
  const key = start(text(5))
  await expect(uploaded(key)).rejects.toThrow('Files may have at most 5 GiB.')
  expect(item(key)?.state).toBe('failed')
})

test('while the link keeps breaking one part goes at a time', async () => {
  const s = storage(400)
  let underWay = 0
  const most: number[] = []
  let broken = 0
  s.onPut = async (n) => {
    underWay++
    most.push(underWay)
    await new Promise((resolve) => setTimeout(resolve, 2))
    underWay--
    return n === 2 && broken++ === 0 ? 0 : 200
  }
  await uploaded(start(text(400)))
  expect(arrived(s)).toBe(text(400))
  expect(Math.max(...most.slice(0, 3))).toBe(3)
  // the two that were under way beside it come to their end; then they go one by one, and later two
  expect(Math.max(...most.slice(8, 20))).toBe(1)
  expect(Math.max(...most.slice(28))).toBe(2)
})

test('an empty file and one that is too large are refused before they are read', async () => {
  const s = storage(0)
  const large = new File(['x'], 'film.mov')
  Object.defineProperty(large, 'size', { value: 5 * 2 ** 30 + 1 })
  for (const [file, reason] of [
    [new File([], 'nothing.pdf'), 'The file is empty'],
    [large, 'at most 5 GB'],
  ] as const) {
    const key = startUpload(file, { userId: 'u1' })
    await expect(uploaded(key)).rejects.toThrow(reason)
    expect(uploads.get().find((u) => u.key === key)?.state).toBe('refused')
    dismissUpload(key)
  }
  expect(s.begun).toBe(0)
})
