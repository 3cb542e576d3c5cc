package coedit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"byline/backend/internal/platform/errs"
)

// Limits of one document.
const (
	MaxBytes = 2 << 20
	maxDepth = 32
	maxNodes = 100_000
)

// Node is a node of a ProseMirror document as its JSON has it.
type Node struct {
	Type    string         `json:"type"`
	Attrs   map[string]any `json:"attrs,omitempty"`
	Content []Node         `json:"content,omitempty"`
	Text    string         `json:"text,omitempty"`
	Marks   []Mark         `json:"marks,omitempty"`
}

// Mark is a mark on text.
type Mark struct {
	Type  string         `json:"type"`
	Attrs map[string]any `json:"attrs,omitempty"`
}

// EmptyDocument is a document with one empty paragraph.
var EmptyDocument = json.RawMessage(`{"type":"doc","content":[{"type":"paragraph"}]}`)

// Parse reads a document and checks it against the editor's schema: known nodes, marks and attributes only, in places
// where the schema allows them. The error is Invalid and says where.
func Parse(raw []byte) (Node, error) {
	var doc Node
	if len(raw) > MaxBytes {
		return doc, errs.Field(errs.TooLarge, "body.doc", "This document is larger than the 2 MiB that are allowed. Split it, or move pictures into files.")
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&doc); err != nil {
		return doc, invalid("doc", "is no document: "+err.Error())
	}
	if doc.Type != "doc" {
		return doc, invalid("doc", `must begin with a node of type "doc"`)
	}
	v := validator{schema: documentSchema}
	return doc, v.node(doc, "doc", 0)
}

func invalid(path, what string) error {
	return errs.Field(errs.Invalid, "body."+path, "The document was refused: "+path+" "+what+".")
}

type validator struct {
	schema *schema
	nodes  int
}

func (v *validator) node(n Node, path string, depth int) error {
	if v.nodes++; v.nodes > maxNodes || depth > maxDepth {
		return invalid(path, "is nested too deep or the document has too many parts")
	}
	spec, ok := v.schema.nodes[n.Type]
	if !ok {
		return invalid(path, fmt.Sprintf("has the unknown type %q", n.Type))
	}
	if n.Type == "text" {
		if n.Text == "" || !utf8.ValidString(n.Text) || strings.ContainsRune(n.Text, 0) || n.Content != nil {
			return invalid(path, "is no proper text")
		}
	} else if n.Text != "" {
		return invalid(path, "has text of its own")
	}
	if err := checkAttrs(n.Type, spec.Attrs, n.Attrs, path); err != nil {
		return err
	}
	if !spec.Inline && len(n.Marks) > 0 {
		return invalid(path, "is a block and cannot have marks")
	}
	letters := make([]rune, 0, len(n.Content))
	for i, child := range n.Content {
		where := fmt.Sprintf("%s.content[%d]", path, i)
		letter, ok := v.schema.letter[child.Type]
		if !ok {
			return invalid(where, fmt.Sprintf("has the unknown type %q", child.Type))
		}
		letters = append(letters, letter)
		if err := v.marks(spec, child.Marks, where); err != nil {
			return err
		}
		if err := v.node(child, where, depth+1); err != nil {
			return err
		}
	}
	if n.Type != "text" && !v.schema.content[n.Type].MatchString(string(letters)) {
		return invalid(path, fmt.Sprintf("(%s) cannot contain what it contains; it takes %q", n.Type, spec.Content))
	}
	return nil
}

func (v *validator) marks(parent nodeSpec, marks []Mark, path string) error {
	if len(marks) > 0 && parent.Marks != nil && *parent.Marks == "" {
		return invalid(path, "cannot have marks here")
	}
	for _, m := range marks {
		spec, ok := v.schema.marks[m.Type]
		if !ok {
			return invalid(path, fmt.Sprintf("has the unknown mark %q", m.Type))
		}
		if spec.repeats(m, marks) || v.schema.clash(m.Type, marks) {
			return invalid(path, fmt.Sprintf("has the mark %q beside others that it excludes", m.Type))
		}
		if err := checkAttrs(m.Type, spec.Attrs, m.Attrs, path); err != nil {
			return err
		}
		if m.Type == "link" && m.Attrs["href"] == nil {
			return invalid(path, "has a link without an address")
		}
	}
	return nil
}

func checkAttrs(owner string, known []string, attrs map[string]any, path string) error {
	for name, value := range attrs {
		if !slices.Contains(known, name) {
			return invalid(path, fmt.Sprintf("has the unknown attribute %q", name))
		}
		rule := attributeRules[owner+"."+name]
		if (rule == nil && value != nil) || (rule != nil && !rule(value)) {
			return invalid(path, fmt.Sprintf("has a value of %q that is not allowed", name))
		}
	}
	for _, name := range needed[owner] {
		if attrs[name] == nil {
			return invalid(path, fmt.Sprintf("(%s) lacks %q", owner, name))
		}
	}
	return nil
}

// PlainText gives the words of a document: blocks become lines. Suggestions are not in it.
func (n Node) PlainText() string {
	var b strings.Builder
	n.Settled().plain(&b)
	return strings.TrimSpace(b.String())
}

func (n Node) plain(b *strings.Builder) {
	switch n.Type {
	case "text":
		b.WriteString(n.Text)
	case "hardBreak":
		b.WriteByte('\n')
	case "figure", "file", "embed":
		b.WriteString(n.richText() + "\n")
	}
	for _, c := range n.Content {
		c.plain(b)
	}
	switch n.Type {
	case "paragraph", "heading", "codeBlock", "blockquote":
		b.WriteByte('\n')
	}
}
