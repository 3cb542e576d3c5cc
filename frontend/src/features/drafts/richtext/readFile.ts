import { DOMParser as Reader } from '@tiptap/pm/model'
import type { Editor } from '@tiptap/react'
import { importDraft } from '@/shared/api/generated/sdk.gen'
import { cleanPaste } from './cleanPaste'

export type ImportProblem = 'wrongKind' | 'tooLarge' | 'tooMuch' | 'unreadable' | 'tooLong' | 'empty'

/** Why a file cannot come in. */
export class Unimportable extends Error {
  readonly problem: ImportProblem
  constructor(problem: ImportProblem) {
    super(problem)
    this.problem = problem
  }
}

/** What a file holds for the text. */
export interface ReadFile {
  name: string
  /** Its blocks, as ProseMirror JSON. */
  content: object[]
  pictures: File[]
  links: number
  html: number
}

const maxBytes = 20 * 1024 * 1024
const patience = 60_000

/** Reads a Word document here, in a worker; Markdown on the server, which has the same reader for everything. */
export async function readFile(file: File, draftId: string, editor: Editor): Promise<ReadFile> {
  if (file.size > maxBytes) throw new Unimportable('tooLarge')
  const ending = /\.([a-z]+)$/i.exec(file.name)?.[1]?.toLowerCase()
  if (ending === 'docx') return asBlocks(file.name, await docxHtml(file), editor)
  if (ending !== 'md' && ending !== 'markdown' && ending !== 'txt') throw new Unimportable('wrongKind')
  const markdown = await file.text()
  if (!markdown.trim()) throw new Unimportable('empty')
  if (markdown.includes('\0') || markdown.includes('\uFFFD')) throw new Unimportable('unreadable')
  const { data } = await importDraft({ path: { id: draftId }, body: { markdown } })
  const blocks = (data.doc as { content?: object[] }).content ?? []
  const title = data.title && { type: 'heading', attrs: { level: 1 }, content: [{ type: 'text', text: data.title }] }
  return {
    name: file.name,
    content: title ? [title, ...blocks] : blocks,
    pictures: [],
    links: data.links,
    html: data.html,
  }
}

function asBlocks(name: string, html: string, editor: Editor): ReadFile {
  const cleaned = cleanPaste(html)
  const body = new DOMParser().parseFromString(cleaned.html, 'text/html').body
  const doc = Reader.fromSchema(editor.schema).parse(body)
  if (doc.textContent.trim() === '' && cleaned.pictures.length === 0) throw new Unimportable('empty')
  return { name, content: (doc.toJSON() as { content: object[] }).content, ...cleaned, html: 0 }
}

function docxHtml(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./docx.worker.ts', import.meta.url), { type: 'module' })
    const end = (problem: ImportProblem) => {
      clearTimeout(timer)
      worker.terminate()
      reject(new Unimportable(problem))
    }
    const timer = setTimeout(() => end('tooLong'), patience)
    worker.onerror = () => end('unreadable')
    worker.onmessage = ({ data }: MessageEvent<{ html?: string; problem?: ImportProblem }>) => {
      if (data.html === undefined) return end(data.problem ?? 'unreadable')
      clearTimeout(timer)
      worker.terminate()
      resolve(data.html)
    }
    worker.postMessage(file)
  })
}
