package coedit

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/google/uuid"
)

// Placed is a document as it stands (Settled), for those who read it without the editor: each text says at which position
// of the whole document, suggestions included, it begins. So a place that a reader marks is one that steps can move.
type Placed struct {
	Type    string         `json:"type"`
	Attrs   map[string]any `json:"attrs,omitempty"`
	Content []Placed       `json:"content,omitempty"`
	Text    string         `json:"text,omitempty"`
	Marks   []Mark         `json:"marks,omitempty"`
	Pos     int            `json:"pos"` // where it begins, as ProseMirror counts
}

// Placed gives a checked document with its positions.
func (n Node) Placed() Placed {
	p, _ := n.place(-1) // the document itself has no opening token
	return p
}

// size is a node's in ProseMirror's count: letters are UTF-16 units, a leaf is 1, everything else is its content and 2.
func (n Node) size() int {
	switch {
	case n.Type == "text":
		return utf16Len(n.Text)
	case documentSchema.nodes[n.Type].Content == "":
		return 1
	}
	size := 2
	for _, c := range n.Content {
		size += c.size()
	}
	return size
}

func utf16Len(s string) int { return len(utf16.Encode([]rune(s))) }

func (n Node) place(at int) (Placed, int) {
	p := Placed{Type: n.Type, Attrs: n.Attrs, Text: n.Text, Marks: slices.DeleteFunc(slices.Clone(n.Marks), isSuggestion), Pos: at}
	inside := at + 1
	for _, c := range n.Content {
		if slices.ContainsFunc(c.Marks, func(m Mark) bool { return m.Type == "insertion" }) {
			inside += c.size()
			continue
		}
		var child Placed
		child, inside = c.place(inside)
		p.Content = append(p.Content, child)
	}
	if n.Type == "text" || documentSchema.nodes[n.Type].Content == "" {
		return p, at + n.size()
	}
	return p, inside + 1
}

// Pictures lists those that stand in a text.
func (p Placed) Pictures() []uuid.UUID {
	var found []uuid.UUID
	if name, _ := p.Attrs["asset"].(string); p.Type == "figure" {
		if id, err := uuid.Parse(name); err == nil {
			found = append(found, id)
		}
	}
	for _, c := range p.Content {
		found = append(found, c.Pictures()...)
	}
	return found
}

// Words gives those between two positions, at most 500 letters; blocks are apart by a line break.
func (p Placed) Words(from, to int) string {
	var b strings.Builder
	p.words(&b, from, to)
	s := []rune(strings.TrimSpace(b.String()))
	return string(s[:min(len(s), maxQuote)])
}

func (p Placed) words(b *strings.Builder, from, to int) {
	if p.Type == "text" {
		units := utf16.Encode([]rune(p.Text))
		first, last := max(0, from-p.Pos), min(len(units), to-p.Pos)
		if first < last {
			b.WriteString(string(utf16.Decode(units[first:last])))
		}
		return
	}
	for _, c := range p.Content {
		if c.Pos >= to {
			break
		}
		c.words(b, from, to)
	}
	if spec := documentSchema.nodes[p.Type]; b.Len() > 0 && p.Type != "doc" && (!spec.Inline || p.Type == "hardBreak") && !strings.HasSuffix(b.String(), "\n") {
		b.WriteByte('\n')
	}
}

// JSON gives it as it is sent.
func (p Placed) JSON() (json.RawMessage, error) { return json.Marshal(p) }
