package coedit

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Markdown writes a document as GitHub's Markdown below its title. base is the public address of this deployment, for
// pictures and files.
func (n Node) Markdown(title, base string) string {
	n = n.Settled()
	w := markdown{base: strings.TrimSuffix(base, "/")}
	var head []string
	if title != "" {
		head = []string{"# " + w.inline([]Node{{Type: "text", Text: title}}, nil, true, ' ', ' ')}
	}
	return strings.Join(append(head, w.blocks(n.Content)...), "\n\n") + "\n"
}

type markdown struct{ base string }

// blocks writes nodes; two lists side by side get different marks, or they would become one.
func (w markdown) blocks(nodes []Node) (out []string) {
	last, other := "", false
	for _, n := range nodes {
		other = n.Type == last && !other
		if text := w.block(n, other); text != "" {
			out = append(out, text)
			last = n.Type
		}
	}
	return out
}

func (w markdown) block(n Node, other bool) string {
	switch n.Type {
	case "paragraph":
		return lineStart(w.inline(n.Content, nil, false, ' ', ' '))
	case "heading":
		level, _ := n.Attrs["level"].(float64)
		text := w.inline(n.Content, nil, true, ' ', ' ')
		if text == "" {
			return ""
		}
		return strings.Repeat("#", int(level)+1) + " " + trailingHash.ReplaceAllString(text, `\$1`)
	case "blockquote":
		return indent(strings.Join(w.blocks(n.Content), "\n\n"), "> ", "> ")
	case "codeBlock":
		text := plainOf(n.Content)
		fence := strings.Repeat("`", max(3, longest(text, '`')+1))
		return fence + n.attr("language") + "\n" + text + "\n" + fence
	case "horizontalRule":
		return "---"
	case "bulletList", "orderedList":
		return w.list(n, other)
	case "figure":
		caption := ""
		if c := n.attr("caption"); c != "" {
			caption = ` "` + strings.ReplaceAll(escape(c), `"`, `\"`) + `"`
		}
		return "![" + escape(n.attr("alt")) + "](" + w.base + pictureAddress(n.attr("asset")) + caption + ")"
	case "file":
		return "[" + escape(n.attr("name")) + "](" + w.base + downloadAddress(n.attr("asset")) + ")"
	case "embed":
		return "[" + EmbedSite(n.attr("href")) + "](" + destination(n.attr("href")) + ")"
	case "table":
		return w.table(n)
	}
	return ""
}

func (w markdown) list(n Node, other bool) string {
	number, _ := n.Attrs["start"].(float64)
	if n.Attrs["start"] == nil {
		number = 1
	}
	tight := !slices.ContainsFunc(n.Content, func(i Node) bool {
		return len(i.Content) > 1 && (len(i.Content) > 2 || !strings.HasSuffix(i.Content[1].Type, "List"))
	})
	var items []string
	for i, item := range n.Content {
		mark := "- "
		switch {
		case n.Type == "orderedList" && other:
			mark = fmt.Sprintf("%d) ", int(number)+i)
		case n.Type == "orderedList":
			mark = fmt.Sprintf("%d. ", int(number)+i)
		case other:
			mark = "* "
		}
		parts := w.blocks(item.Content)
		if len(item.Content) > 0 && len(parts) > 0 && len(w.blocks(item.Content[:1])) == 0 { // its first paragraph is empty
			parts = append([]string{"<!-- -->"}, parts...)
		}
		between := "\n\n"
		if tight {
			between = "\n"
		}
		items = append(items, strings.TrimRight(indent(strings.Join(parts, between), mark, strings.Repeat(" ", len(mark))), " "))
	}
	if tight {
		return strings.Join(items, "\n")
	}
	return strings.Join(items, "\n\n")
}

func (w markdown) table(n Node) string {
	var rows [][]string
	columns := 1
	for _, r := range n.Content {
		var row []string
		for _, c := range r.Content {
			row = append(row, w.cell(c))
			if across, _ := c.Attrs["colspan"].(float64); across > 1 {
				row = append(row, make([]string, int(min(across, 100))-1)...)
			}
		}
		columns = max(columns, len(row))
		rows = append(rows, row)
	}
	align := make([]string, columns)
	for i := range align {
		align[i] = "---"
	}
	if len(n.Content) > 0 {
		for i, c := range n.Content[0].Content {
			if a := map[string]string{"left": ":---", "center": ":---:", "right": "---:"}[c.attr("align")]; a != "" && i < columns {
				align[i] = a
			}
		}
	}
	line := func(cells []string) string {
		return "| " + strings.Join(append(slices.Clone(cells), make([]string, columns-len(cells))...), " | ") + " |"
	}
	out := []string{}
	for i, row := range rows {
		out = append(out, line(row))
		if i == 0 {
			out = append(out, line(align))
		}
	}
	return strings.Join(out, "\n")
}

// cell writes the blocks of a cell as one line.
func (w markdown) cell(n Node) string {
	var parts []string
	var gather func(Node)
	gather = func(n Node) {
		switch n.Type {
		case "paragraph", "heading", "codeBlock":
			if text := w.inline(n.Content, nil, true, ' ', ' '); text != "" {
				parts = append(parts, text)
			}
		case "figure", "file", "embed":
			parts = append(parts, w.block(n, false))
		default:
			for _, c := range n.Content {
				gather(c)
			}
		}
	}
	gather(n)
	return strings.Join(parts, "<br>")
}

var delimiters = map[string]string{"bold": "**", "italic": "*", "strike": "~~"}

var markOrder = []string{"link", "bold", "italic", "strike", "underline"}

// inline writes text with its marks; open are those around it already, before and after the characters beside it.
func (w markdown) inline(nodes []Node, open []string, oneLine bool, before, after rune) string {
	var b strings.Builder
	for i := 0; i < len(nodes); {
		n := nodes[i]
		name, mark := nextMark(n, open)
		if name == "" {
			b.WriteString(w.leaf(n, oneLine))
			before = lastOf(n, before)
			i++
			continue
		}
		end := i + 1
		for end < len(nodes) && hasMark(nodes[end], name, mark) {
			end++
		}
		next := after
		if end < len(nodes) {
			next = firstOf(nodes[end], after)
		}
		lead, group, trail := trimSpaces(nodes[i:end])
		if name == "link" {
			group, lead, trail = nodes[i:end], "", ""
		}
		b.WriteString(lead)
		if lead != "" {
			before = ' '
		}
		if len(group) > 0 {
			outside := next
			if trail != "" {
				outside = ' '
			}
			inside := w.inline(group, append(slices.Clone(open), name), oneLine, before, outside)
			b.WriteString(w.wrap(name, mark, inside, group, before, outside))
			before = lastOf(group[len(group)-1], before)
		}
		b.WriteString(trail)
		if trail != "" {
			before = ' '
		}
		i = end
	}
	return b.String()
}

func (w markdown) wrap(name string, mark Mark, inside string, group []Node, before, after rune) string {
	switch d := delimiters[name]; {
	case name == "link":
		href, _ := mark.Attrs["href"].(string)
		return "[" + inside + "](" + destination(href) + ")"
	case name == "underline":
		return "<u>" + inside + "</u>"
	case flanks(before, firstOf(group[0], ' ')) && flanks(after, lastOf(group[len(group)-1], ' ')) && !strings.ContainsRune("*~", before) && !strings.ContainsRune("*~", after):
		return d + inside + d
	default: // Markdown could not tell where it begins or ends
		tag := markTags[name]
		return "<" + tag + ">" + inside + "</" + tag + ">"
	}
}

// flanks says whether a delimiter between a character outside and one inside counts as one.
func flanks(outside, inside rune) bool {
	edge := func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }
	return !unicode.IsSpace(inside) && (!edge(inside) || unicode.IsSpace(outside) || edge(outside))
}

func nextMark(n Node, open []string) (string, Mark) {
	for _, name := range markOrder {
		if slices.Contains(open, name) {
			continue
		}
		for _, m := range n.Marks {
			if m.Type == name {
				return name, m
			}
		}
	}
	return "", Mark{}
}

func hasMark(n Node, name string, like Mark) bool {
	return slices.ContainsFunc(n.Marks, func(m Mark) bool { return m.Type == name && m.Attrs["href"] == like.Attrs["href"] })
}

func (w markdown) leaf(n Node, oneLine bool) string {
	switch {
	case n.Type == "hardBreak" && oneLine:
		return "<br>"
	case n.Type == "hardBreak":
		return "\\\n"
	case n.Type != "text":
		return ""
	case slices.ContainsFunc(n.Marks, func(m Mark) bool { return m.Type == "code" }):
		text := strings.ReplaceAll(n.Text, "\n", " ")
		if oneLine {
			text = strings.ReplaceAll(text, "|", `\|`) // in tables; harmless elsewhere is not possible
		}
		ticks := strings.Repeat("`", longest(text, '`')+1)
		if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") || (strings.HasPrefix(text, " ") && strings.HasSuffix(text, " ") && strings.TrimSpace(text) != "") {
			text = " " + text + " "
		}
		return ticks + text + ticks
	}
	return escape(strings.ReplaceAll(n.Text, "\n", " "))
}

var (
	special      = regexp.MustCompile("[\\\\`*_\\[\\]<>~|$]")
	entity       = regexp.MustCompile(`&(#?\w+;)`)
	address      = regexp.MustCompile(`(?i)(https?|ftp|mailto)(:)|(www)(\.)|(\w)(@)(\w)`)
	trailingHash = regexp.MustCompile(`(#+)$`)
	startOfLine  = regexp.MustCompile(`^(\s*)([#+=-]|\d{1,9}([.)]))`)
)

// escape makes plain text of what would mean something to Markdown.
func escape(s string) string {
	s = special.ReplaceAllString(s, `\$0`)
	s = entity.ReplaceAllString(s, `\&$1`)
	return address.ReplaceAllStringFunc(s, func(m string) string {
		return strings.NewReplacer(":", `\:`, "www.", `www\.`, "WWW.", `WWW\.`, "@", `\@`).Replace(m)
	})
}

// lineStart escapes what would begin another kind of block, on every line.
func lineStart(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = startOfLine.ReplaceAllStringFunc(strings.TrimLeft(l, " \t"), func(m string) string { return m[:len(m)-1] + `\` + m[len(m)-1:] })
	}
	return strings.TrimRight(strings.Join(lines, "\n"), " \\\n\t")
}

func destination(href string) string {
	href = strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20", `\`, "%5C").Replace(href)
	if !balanced(href) {
		href = strings.NewReplacer("(", "%28", ")", "%29").Replace(href)
	}
	if _, err := url.Parse(href); err != nil {
		return ""
	}
	return href
}

// balanced says whether an address may stand between brackets as it is.
func balanced(s string) bool {
	open := 0
	for _, r := range s {
		switch r {
		case '(':
			open++
		case ')':
			open--
		}
		if open < 0 || open > 3 {
			return false
		}
	}
	return open == 0
}

func indent(s, first, rest string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		switch {
		case i == 0:
			lines[i] = first + l
		case l != "" || strings.HasPrefix(rest, ">"):
			lines[i] = rest + l
		}
	}
	return strings.Join(lines, "\n")
}

func longest(s string, r rune) (most int) {
	run := 0
	for _, x := range s {
		if x == r {
			run++
			most = max(most, run)
		} else {
			run = 0
		}
	}
	return most
}

func plainOf(nodes []Node) string {
	var b strings.Builder
	for _, n := range nodes {
		b.WriteString(n.Text)
	}
	return b.String()
}

func firstOf(n Node, _ rune) rune {
	if n.Type != "text" || n.Text == "" {
		return ' '
	}
	if len(n.Marks) > 0 && n.Marks[0].Type == "code" {
		return '`'
	}
	r, _ := utf8.DecodeRuneInString(n.Text)
	return r
}

func lastOf(n Node, _ rune) rune {
	if n.Type != "text" || n.Text == "" {
		return ' '
	}
	if len(n.Marks) > 0 && n.Marks[0].Type == "code" {
		return '`'
	}
	r, _ := utf8.DecodeLastRuneInString(n.Text)
	return r
}

// trimSpaces takes spaces at the ends of marked text out of it: beside a space, a delimiter is no delimiter.
func trimSpaces(nodes []Node) (lead string, rest []Node, trail string) {
	rest = slices.Clone(nodes)
	for len(rest) > 0 && rest[0].Type == "text" && !isCode(rest[0]) {
		text := strings.TrimLeftFunc(rest[0].Text, unicode.IsSpace)
		lead += rest[0].Text[:len(rest[0].Text)-len(text)]
		if rest[0].Text = text; text != "" {
			break
		}
		rest = rest[1:]
	}
	for len(rest) > 0 && rest[len(rest)-1].Type == "text" && !isCode(rest[len(rest)-1]) {
		last := &rest[len(rest)-1]
		text := strings.TrimRightFunc(last.Text, unicode.IsSpace)
		trail = last.Text[len(text):] + trail
		if last.Text = text; text != "" {
			break
		}
		rest = rest[:len(rest)-1]
	}
	return lead, rest, trail
}

func isCode(n Node) bool {
	return slices.ContainsFunc(n.Marks, func(m Mark) bool { return m.Type == "code" })
}
