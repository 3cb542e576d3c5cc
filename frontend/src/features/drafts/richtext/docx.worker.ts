import mammoth from 'mammoth/mammoth.browser.js'
import { unpacksTo } from './zipSize'

const most = 150 * 1024 * 1024

// beside the page: what goes wrong with a file goes wrong here, and the page ends it when it takes too long
self.onmessage = async ({ data: file }: MessageEvent<File>) => {
  try {
    const arrayBuffer = await file.arrayBuffer()
    if (unpacksTo(arrayBuffer) > most) return self.postMessage({ problem: 'tooMuch' })
    const { value } = await mammoth.convertToHtml({ arrayBuffer }, { externalFileAccess: false })
    self.postMessage({ html: value })
  } catch {
    self.postMessage({ problem: 'unreadable' })
  }
}
