export { Fragment, type MarkSpec, Node, type NodeSpec, Schema, Slice } from '@tiptap/pm/model'
export { Mapping, ReplaceStep, Step } from '@tiptap/pm/transform'
