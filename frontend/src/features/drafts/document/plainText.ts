import type { DocJson } from './transport'

/** The words of a document; blocks become lines. */
export function plainText(node: DocJson): string {
  if (node.type === 'hardBreak') return '\n'
  const inner = (node.text ?? '') + (node.content ?? []).map(plainText).join('')
  return ['paragraph', 'heading', 'codeBlock'].includes(node.type) ? `${inner}\n\n` : inner
}
