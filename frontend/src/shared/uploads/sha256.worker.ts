import { hashInSteps } from './hashInSteps'

// beside the page, so that typing stays smooth while a large file is read
self.onmessage = async ({ data: file }: MessageEvent<File>) => {
  try {
    const sha256 = await hashInSteps(file, (bytes) => self.postMessage({ bytes }))
    self.postMessage({ sha256 })
  } catch {
    self.postMessage({ isUnreadable: true })
  }
}
