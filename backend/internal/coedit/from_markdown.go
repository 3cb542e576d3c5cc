package coedit

import (
	"bytes"
	"encoding/json"
	"html"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	markdowntext "github.com/yuin/goldmark/text"
)

// Imported is a document made of something else.
type Imported struct {
	Title string // its first heading, or what its front matter says; empty when there is none
	Doc   json.RawMessage
	// What it does not hold as it was there.
	Links int // pictures of other sites, which became links: they are never fetched
	HTML  int // pieces of HTML, which were left out
}

var markdownParser = sync.OnceValue(func() goldmark.Markdown { return goldmark.New(goldmark.WithExtensions(extension.GFM)) })

// nesting is how deep blocks of an imported text may lie in each other; what is deeper moves up.
const nesting = 10

var (
	frontMatter = regexp.MustCompile(`(?s)\A\x{feff}?(---|\+\+\+)[ \t]*\r?\n(.*?\n)?(---|\+\+\+)[ \t]*(\r?\n|\z)`)
	titleLine   = regexp.MustCompile(`(?m)^title[ \t]*[:=][ \t]*(.+?)[ \t\r]*$`)
	assetLink   = regexp.MustCompile(`^(?:https?://[^/?#]+)?/api/v1/assets/([0-9a-f-]{36})/download(?:\?inline=true)?$`)
)

// FromMarkdown makes a document of GitHub's Markdown. Only what the editor knows comes through: HTML is left out but for
// a few tags of emphasis. keep says whether a file of the library may stand in the text.
func FromMarkdown(source string, keep func(asset string) bool) (Imported, error) {
	var in Imported
	source = strings.ReplaceAll(strings.ToValidUTF8(source, "\uFFFD"), "\x00", "")
	if m := frontMatter.FindStringSubmatch(source); m != nil && m[1] == m[3] {
		source = source[len(m[0]):]
		if t := titleLine.FindStringSubmatch(m[2]); t != nil {
			in.Title = strings.Trim(t[1], `"'`)
		}
	}
	r := reader{source: []byte(source), keep: keep, in: &in}
	root := markdownParser().Parser().Parse(markdowntext.NewReader(r.source))
	first, isHeading := root.FirstChild().(*ast.Heading)
	if isHeading && first.Level == 1 {
		if in.Title == "" {
			in.Title = strings.TrimSpace(r.words(first))
		}
		root.RemoveChild(root, first)
		r.shift = 1
	} else if !hasTopHeading(root) {
		r.shift = 1
	}
	doc := Node{Type: "doc", Content: r.blocks(root, 0)}
	if len(doc.Content) == 0 {
		doc.Content = []Node{{Type: "paragraph"}}
	}
	if runes := []rune(in.Title); len(runes) > 300 {
		in.Title = string(runes[:300])
	}
	raw, err := json.Marshal(doc)
	if err == nil {
		_, err = Parse(raw)
	}
	in.Doc = raw
	return in, err
}

func hasTopHeading(root ast.Node) bool {
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Level == 1 {
			return true
		}
	}
	return false
}

type reader struct {
	source []byte
	keep   func(asset string) bool
	in     *Imported
	shift  int
}

func (r reader) blocks(parent ast.Node, depth int) (out []Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		out = append(out, r.block(n, depth)...)
	}
	return out
}

func (r reader) block(n ast.Node, depth int) []Node {
	switch n := n.(type) {
	case *ast.Heading:
		level := min(3, max(1, n.Level-r.shift))
		return r.paragraphs(n, Node{Type: "heading", Attrs: map[string]any{"level": float64(level)}})
	case *ast.Paragraph, *ast.TextBlock:
		return r.paragraphs(n, Node{Type: "paragraph"})
	case *ast.Blockquote:
		inside := r.blocks(n, depth+1)
		if depth >= nesting || len(inside) == 0 {
			return inside
		}
		return []Node{{Type: "blockquote", Content: inside}}
	case *ast.FencedCodeBlock:
		language := string(n.Language(r.source))
		if !languageName.MatchString(language) {
			language = ""
		}
		return []Node{r.code(n, language)}
	case *ast.CodeBlock:
		return []Node{r.code(n, "")}
	case *ast.ThematicBreak:
		return []Node{{Type: "horizontalRule"}}
	case *ast.List:
		return r.list(n, depth)
	case *east.Table:
		return r.table(n)
	case *ast.HTMLBlock:
		if !bytes.HasPrefix(bytes.TrimSpace(n.Lines().Value(r.source)), []byte("<!--")) {
			r.in.HTML++
		}
		return nil
	}
	return r.blocks(n, depth)
}

func (r reader) code(n ast.Node, language string) Node {
	out := Node{Type: "codeBlock"}
	if language != "" {
		out.Attrs = map[string]any{"language": language}
	}
	if words := strings.TrimSuffix(string(n.Lines().Value(r.source)), "\n"); words != "" {
		out.Content = []Node{{Type: "text", Text: words}}
	}
	return out
}

func (r reader) list(n *ast.List, depth int) []Node {
	list := Node{Type: "bulletList"}
	if n.IsOrdered() {
		list = Node{Type: "orderedList", Attrs: map[string]any{"start": float64(min(n.Start, 999_999))}}
	}
	var flat []Node
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		inside := r.blocks(c, depth+1)
		flat = append(flat, inside...)
		if len(inside) == 0 || inside[0].Type != "paragraph" {
			inside = append([]Node{{Type: "paragraph"}}, inside...)
		}
		list.Content = append(list.Content, Node{Type: "listItem", Content: inside})
	}
	if depth >= nesting || len(list.Content) == 0 {
		return flat
	}
	return []Node{list}
}

func (r reader) table(n *east.Table) []Node {
	table := Node{Type: "table"}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		kind := "tableCell"
		if _, ok := row.(*east.TableHeader); ok {
			kind = "tableHeader"
		}
		out := Node{Type: "tableRow"}
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cell := Node{Type: kind, Content: r.paragraphs(c, Node{Type: "paragraph"})}
			if len(cell.Content) == 0 {
				cell.Content = []Node{{Type: "paragraph"}}
			}
			if a, ok := c.(*east.TableCell); ok && a.Alignment != east.AlignNone {
				cell.Attrs = map[string]any{"align": a.Alignment.String()}
			}
			out.Content = append(out.Content, cell)
		}
		table.Content = append(table.Content, out)
	}
	if len(table.Content) == 0 {
		return nil
	}
	return []Node{table}
}

// paragraphs makes blocks of what stands in a line: like with the words, and pictures of ours between them.
func (r reader) paragraphs(n ast.Node, like Node) (out []Node) {
	line := inliner{reader: r}
	line.children(n, nil)
	for _, piece := range line.done() {
		if piece.figure != nil {
			out = append(out, *piece.figure)
			continue
		}
		if len(piece.words) == 1 && like.Type == "paragraph" {
			if whole := r.whole(piece.words[0]); whole != nil {
				out = append(out, *whole)
				continue
			}
		}
		block := like
		block.Content = unlinked(piece.words)
		out = append(out, block)
	}
	return out
}

// whole makes a file or a card of a link that stands alone.
func (r reader) whole(n Node) *Node {
	if len(n.Marks) != 1 || n.Marks[0].Type != "link" {
		return nil
	}
	href, _ := n.Marks[0].Attrs["href"].(string)
	if m := assetLink.FindStringSubmatch(href); m != nil && assetID(m[1]) && r.keep(m[1]) && words(255)(n.Text) {
		return &Node{Type: "file", Attrs: map[string]any{"asset": m[1], "name": n.Text}}
	}
	if site := EmbedSite(href); site != "" && (n.Text == site || n.Text == href) {
		return &Node{Type: "embed", Attrs: map[string]any{"href": href}}
	}
	return nil
}

func (r reader) words(n ast.Node) string {
	line := inliner{reader: r}
	line.children(n, nil)
	var b strings.Builder
	for _, p := range line.done() {
		b.WriteString(plainOf(p.words))
	}
	return b.String()
}

type piece struct {
	words  []Node
	figure *Node
}

// inliner gathers what stands in a line.
type inliner struct {
	reader
	pieces []piece
	tags   []string // of emphasis in HTML that are open
}

func (l *inliner) add(n Node) {
	if len(l.pieces) == 0 || l.pieces[len(l.pieces)-1].figure != nil {
		l.pieces = append(l.pieces, piece{})
	}
	p := &l.pieces[len(l.pieces)-1]
	if last := len(p.words) - 1; last >= 0 && n.Type == "text" && p.words[last].Type == "text" && sameMarks(p.words[last].Marks, n.Marks) {
		p.words[last].Text += n.Text
		return
	}
	p.words = append(p.words, n)
}

func sameMarks(a, b []Mark) bool {
	return slices.EqualFunc(a, b, func(x, y Mark) bool { return x.Type == y.Type && x.Attrs["href"] == y.Attrs["href"] })
}

func (l *inliner) text(s string, marks []Mark) {
	if s == "" {
		return
	}
	marks = slices.Clone(marks)
	for _, tag := range l.tags {
		marks = withMark(marks, Mark{Type: tag})
	}
	slices.SortStableFunc(marks, func(a, b Mark) int { return slices.Index(markOrder, a.Type) - slices.Index(markOrder, b.Type) })
	if slices.ContainsFunc(marks, func(m Mark) bool { return m.Type == "code" }) {
		marks = []Mark{{Type: "code"}}
	}
	if len(marks) == 0 {
		marks = nil
	}
	l.add(Node{Type: "text", Text: s, Marks: marks})
}

func withMark(marks []Mark, m Mark) []Mark {
	if slices.ContainsFunc(marks, func(x Mark) bool { return x.Type == m.Type }) {
		return marks
	}
	return append(slices.Clone(marks), m)
}

var htmlMarks = map[string]string{"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "s": "strike", "del": "strike", "u": "underline"}

var htmlTag = regexp.MustCompile(`^<(/?)([a-zA-Z]+)\s*/?>$`)

func (l *inliner) children(parent ast.Node, marks []Mark) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		l.inline(n, marks)
	}
}

func (l *inliner) inline(n ast.Node, marks []Mark) {
	switch n := n.(type) {
	case *ast.Text:
		l.text(unescaped(n.Segment.Value(l.source), n.IsRaw()), marks)
		if n.HardLineBreak() {
			l.add(Node{Type: "hardBreak"})
		} else if n.SoftLineBreak() {
			l.text(" ", marks)
		}
	case *ast.String:
		l.text(string(n.Value), marks)
	case *ast.CodeSpan:
		var b strings.Builder
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if t, ok := c.(*ast.Text); ok {
				b.Write(t.Segment.Value(l.source))
			} else if s, ok := c.(*ast.String); ok {
				b.Write(s.Value)
			}
		}
		l.text(strings.ReplaceAll(b.String(), "\n", " "), []Mark{{Type: "code"}})
	case *ast.Emphasis:
		kind := "italic"
		if n.Level == 2 {
			kind = "bold"
		}
		l.children(n, withMark(marks, Mark{Type: kind}))
	case *east.Strikethrough:
		l.children(n, withMark(marks, Mark{Type: "strike"}))
	case *ast.Link:
		l.children(n, linked(marks, unescaped(n.Destination, false)))
	case *ast.AutoLink:
		href := string(n.URL(l.source))
		if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(href, "mailto:") {
			href = "mailto:" + href
		}
		l.text(string(n.Label(l.source)), linked(marks, href))
	case *ast.Image:
		l.image(n, marks)
	case *east.TaskCheckBox:
		if n.IsChecked {
			l.text("☑ ", marks)
		} else {
			l.text("☐ ", marks)
		}
	case *ast.RawHTML:
		l.html(string(n.Segments.Value(l.source)))
	default:
		l.children(n, marks)
	}
}

func linked(marks []Mark, href string) []Mark {
	if !SafeLink(href) && !assetLink.MatchString(href) {
		return marks
	}
	return withMark(marks, Mark{Type: "link", Attrs: map[string]any{"href": href}})
}

func (l *inliner) html(tag string) {
	m := htmlTag.FindStringSubmatch(tag)
	if m == nil {
		if !strings.HasPrefix(tag, "<!--") {
			l.in.HTML++
		}
		return
	}
	name := strings.ToLower(m[2])
	mark := htmlMarks[name]
	switch {
	case name == "br":
		l.add(Node{Type: "hardBreak"})
	case mark == "":
		l.in.HTML++
	case m[1] == "":
		l.tags = append(l.tags, mark)
	default:
		if i := slices.Index(l.tags, mark); i >= 0 {
			l.tags = slices.Delete(l.tags, i, i+1)
		}
	}
}

func (l *inliner) image(n *ast.Image, marks []Mark) {
	alt := strings.TrimSpace(l.words(n))
	href := unescaped(n.Destination, false)
	if m := assetLink.FindStringSubmatch(href); m != nil && assetID(m[1]) && l.keep(m[1]) && words(1000)(alt) {
		caption := []rune(unescaped(n.Title, false))
		l.pieces = append(l.pieces, piece{figure: &Node{Type: "figure", Attrs: map[string]any{"asset": m[1], "alt": alt, "caption": string(caption[:min(500, len(caption))]), "width": "normal"}}})
		return
	}
	l.in.Links++
	if alt == "" {
		alt = href
	}
	l.text(alt, linked(marks, href))
}

// unlinked takes links off that are none for us: relative ones, and those to files that may not stand here.
func unlinked(nodes []Node) []Node {
	for i := range nodes {
		nodes[i].Marks = slices.DeleteFunc(nodes[i].Marks, func(m Mark) bool {
			href, _ := m.Attrs["href"].(string)
			return m.Type == "link" && !SafeLink(href)
		})
		if len(nodes[i].Marks) == 0 {
			nodes[i].Marks = nil
		}
	}
	return nodes
}

// done gives the pieces without the spaces and breaks at their ends.
func (l *inliner) done() (out []piece) {
	for _, p := range l.pieces {
		if p.figure == nil {
			p.words = trimLine(p.words)
			if len(p.words) == 0 {
				continue
			}
		}
		out = append(out, p)
	}
	return out
}

func trimLine(nodes []Node) []Node {
	for len(nodes) > 0 {
		first, last := &nodes[0], &nodes[len(nodes)-1]
		if first.Type == "text" && !isCode(*first) {
			first.Text = strings.TrimLeft(first.Text, " \t\n")
		}
		if last.Type == "text" && !isCode(*last) {
			last.Text = strings.TrimRight(last.Text, " \t\n")
		}
		switch {
		case first.Type == "hardBreak" || (first.Type == "text" && first.Text == ""):
			nodes = nodes[1:]
		case last.Type == "hardBreak" || (last.Type == "text" && last.Text == ""):
			nodes = nodes[:len(nodes)-1]
		default:
			return nodes
		}
	}
	return nodes
}

// unescaped gives text as it reads: without the backslashes, and with entities as the characters that they stand for.
func unescaped(b []byte, raw bool) string {
	if raw {
		return string(b)
	}
	return escapes.ReplaceAllStringFunc(string(b), func(m string) string {
		if m[0] == '\\' {
			return m[1:]
		}
		return html.UnescapeString(m)
	})
}

var escapes = regexp.MustCompile("\\\\[!-/:-@\\[-`{-~]|&#?\\w+;")
