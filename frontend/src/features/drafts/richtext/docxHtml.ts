import mammoth from 'mammoth/mammoth.browser.js'
import { fits } from './zipSize'

const most = 150 * 1024 * 1024

/** A Word document as HTML, or why it cannot be read. Nothing outside of the file is looked at. */
export async function docxHtml(
  arrayBuffer: ArrayBuffer,
  limit = most,
): Promise<{ html: string } | { problem: 'tooMuch' | 'unreadable' }> {
  try {
    if (!(await fits(arrayBuffer, limit))) return { problem: 'tooMuch' }
    const { value } = await mammoth.convertToHtml({ arrayBuffer }, { externalFileAccess: false })
    return { html: value }
  } catch {
    return { problem: 'unreadable' }
  }
}
