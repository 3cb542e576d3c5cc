package seed

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/google/uuid"

	"byline/backend/internal/coedit"
	"byline/backend/internal/seed/paper"
)

// block is a block of the Markdown that the data files use: headings, paragraphs, lists, quotes, pictures.
type block struct {
	kind  string // heading, paragraph, bullets, numbers, quote, figure
	level int
	items []string // of a list; of a picture its name, words and caption; one for the others
}

// figure is a picture on a line of its own: ![words](name "caption").
var figure = regexp.MustCompile(`^!\[(.+)\]\((\S+) "(.+)"\)$`)

// blocks splits Markdown at its empty lines.
func blocks(markdown string) []block {
	var out []block
	for _, part := range strings.Split(strings.TrimSpace(strings.ReplaceAll(markdown, "\r", "")), "\n\n") {
		lines := strings.Split(strings.TrimSpace(part), "\n")
		first := lines[0]
		switch {
		case first == "":
		case figure.MatchString(first):
			m := figure.FindStringSubmatch(first)
			out = append(out, block{"figure", 0, []string{m[2], m[1], m[3]}})
		case strings.HasPrefix(first, "#"):
			title := strings.TrimLeft(first, "#")
			out = append(out, block{"heading", len(first) - len(title), []string{strings.TrimSpace(title)}})
		case strings.HasPrefix(first, "- "), strings.HasPrefix(first, "1. "):
			kind := "bullets"
			if first[0] == '1' {
				kind = "numbers"
			}
			b := block{kind: kind}
			for _, l := range lines {
				_, text, _ := strings.Cut(l, " ")
				b.items = append(b.items, text)
			}
			out = append(out, b)
		case strings.HasPrefix(first, "> "):
			for i := range lines {
				lines[i] = strings.TrimPrefix(strings.TrimPrefix(lines[i], ">"), " ")
			}
			out = append(out, block{"quote", 0, []string{strings.Join(lines, " ")}})
		default:
			out = append(out, block{"paragraph", 0, []string{strings.Join(lines, " ")}})
		}
	}
	return out
}

// inline finds **bold**, *italic*, `code` and [links](https://…).
var inline = regexp.MustCompile("\\*\\*(.+?)\\*\\*|\\*(.+?)\\*|`(.+?)`|\\[(.+?)\\]\\((https?://[^)]+)\\)")

// spans turns one line of text into text nodes with marks.
func spans(text string) []coedit.Node {
	var out []coedit.Node
	add := func(s string, marks ...coedit.Mark) {
		if s != "" {
			out = append(out, coedit.Node{Type: "text", Text: s, Marks: marks})
		}
	}
	for text != "" {
		m := inline.FindStringSubmatchIndex(text)
		if m == nil {
			add(text)
			break
		}
		add(text[:m[0]])
		group := func(n int) string { return text[m[2*n]:m[2*n+1]] }
		switch {
		case m[2] >= 0:
			add(group(1), coedit.Mark{Type: "bold"})
		case m[4] >= 0:
			add(group(2), coedit.Mark{Type: "italic"})
		case m[6] >= 0:
			add(group(3), coedit.Mark{Type: "code"})
		default:
			add(group(4), coedit.Mark{Type: "link", Attrs: map[string]any{"href": group(5)}})
		}
		text = text[m[1]:]
	}
	return out
}

// document makes the tree that the editor would make of the same text. asset gives the file of a picture by its name.
func document(bs []block, asset func(name string) (uuid.UUID, error)) (json.RawMessage, error) {
	doc := coedit.Node{Type: "doc"}
	paragraph := func(s string) coedit.Node { return coedit.Node{Type: "paragraph", Content: spans(s)} }
	for _, b := range bs {
		n := paragraph(b.items[0])
		switch b.kind {
		case "figure":
			id, err := asset(b.items[0])
			if err != nil {
				return nil, err
			}
			n = coedit.Node{Type: "figure", Attrs: map[string]any{"asset": id.String(), "alt": b.items[1], "caption": b.items[2], "width": "normal"}}
		case "heading":
			n = coedit.Node{Type: "heading", Attrs: map[string]any{"level": min(b.level, 3)}, Content: spans(b.items[0])}
		case "quote":
			n = coedit.Node{Type: "blockquote", Content: []coedit.Node{n}}
		case "bullets", "numbers":
			n = coedit.Node{Type: "bulletList"}
			if b.kind == "numbers" {
				n = coedit.Node{Type: "orderedList", Attrs: map[string]any{"start": 1}}
			}
			for _, item := range b.items {
				n.Content = append(n.Content, coedit.Node{Type: "listItem", Content: []coedit.Node{paragraph(item)}})
			}
		}
		doc.Content = append(doc.Content, n)
	}
	return json.Marshal(doc)
}

func plain(s string) string { return inline.ReplaceAllString(s, "$1$2$3$4") }

// piece makes the content of a file: a page or slide for each second-level heading.
func piece(company, title, subtitle string, bs []block) paper.Piece {
	p := paper.Piece{Company: company, Title: title, Subtitle: subtitle}
	for _, b := range bs {
		if b.kind == "figure" {
			continue
		}
		if b.kind == "heading" && b.level <= 2 {
			p.Sections = append(p.Sections, paper.Section{Title: plain(b.items[0])})
			continue
		}
		if len(p.Sections) == 0 {
			p.Sections = append(p.Sections, paper.Section{Title: "In short"})
		}
		kind := map[string]string{"heading": "heading", "bullets": "item", "numbers": "item"}[b.kind]
		s := &p.Sections[len(p.Sections)-1]
		for _, item := range b.items {
			s.Blocks = append(s.Blocks, paper.Block{Kind: kind, Text: plain(item)})
		}
	}
	return p
}
