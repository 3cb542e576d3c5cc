import { docxHtml } from './docxHtml'

// beside the page: what goes wrong with a file goes wrong here, and the page ends it when it takes too long
self.onmessage = async ({ data: file }: MessageEvent<File>) =>
  self.postMessage(await docxHtml(await file.arrayBuffer()))
