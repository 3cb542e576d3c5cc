export { Fragment, type Mark, type MarkSpec, Node, type NodeSpec, Schema, Slice } from '@tiptap/pm/model'
export { canSplit, Mapping, ReplaceStep, Step, Transform } from '@tiptap/pm/transform'
