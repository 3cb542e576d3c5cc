/** What can be talked about, followed, and has a timeline. */
export type ThingType = 'idea' | 'draft' | 'post' | 'resource'

export interface Thing {
  type: ThingType
  id: string
}
