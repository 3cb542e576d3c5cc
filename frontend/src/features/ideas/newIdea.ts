import type { EvidenceInputBody, IdeaWords } from '@/shared/api/generated/types.gen'

type Kind = NonNullable<IdeaWords['kind']>
type Visibility = NonNullable<IdeaWords['visibility']>

/** What stands in the dialog. Names of fields are the API's, so that its complaints find them. */
export interface NewIdeaWords {
  title: string
  kind: Kind
  needed_by: string
  body: string
  visibility: Visibility
  people: string[]
  evidence_kind: EvidenceInputBody['kind']
  evidence: string
  source: string
}

export function firstWords(title: string): NewIdeaWords {
  return {
    title,
    kind: 'idea',
    needed_by: '',
    body: '',
    visibility: 'everyone',
    people: [],
    evidence_kind: 'question',
    evidence: '',
    source: '',
  }
}

/** The idea to file: a date only of a request, people only of a private one. */
export function wordsToFile({ title, kind, needed_by, body, visibility, people }: NewIdeaWords): IdeaWords {
  return {
    title: title.trim(),
    kind,
    body: body.trim() || undefined,
    visibility,
    needed_by: (kind === 'request' && needed_by) || undefined,
    people: visibility === 'private' && people.length > 0 ? people : undefined,
  }
}

/** What a customer said, when it was written down. */
export function evidenceOf({ evidence, evidence_kind, source }: NewIdeaWords): EvidenceInputBody | undefined {
  if (!evidence.trim()) return undefined
  return { kind: evidence_kind, text: evidence.trim(), source: source.trim() || undefined }
}
