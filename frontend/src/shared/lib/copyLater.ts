/**
 * Copies words that are still on their way, in the press that asked for them: Safari lets nobody copy after it. Says whether
 * it was allowed; the promise itself fails for its own reasons.
 */
export async function copyLater(words: Promise<string>): Promise<boolean> {
  try {
    if (typeof ClipboardItem === 'undefined' || !navigator.clipboard?.write) throw new Error('no ClipboardItem')
    const blob = words.then((text) => new Blob([text], { type: 'text/plain' }))
    blob.catch(() => undefined) // whoever made the promise hears of it
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })])
    return true
  } catch {
    return navigator.clipboard?.writeText
      ? navigator.clipboard.writeText(await words).then(
          () => true,
          () => false,
        )
      : false
  }
}
