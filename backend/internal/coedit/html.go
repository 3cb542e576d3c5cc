package coedit

import (
	"fmt"
	"html"
	"strings"
)

// HTML renders a checked document. Every tag comes from this list and every text is escaped, so nothing that a document
// contains can become markup.
func (n Node) HTML() string {
	return n.htmlWith(rendering{pictureAddress, downloadAddress})
}

// HTMLAt is HTML with pictures and files at other addresses.
func (n Node) HTMLAt(picture, file func(asset string) string) string {
	return n.htmlWith(rendering{picture, file})
}

// rendering says where pictures and files are.
type rendering struct {
	picture, file func(asset string) string
}

func (n Node) htmlWith(o rendering) string {
	var b strings.Builder
	n.Settled().html(&b, o)
	return b.String()
}

var blockTags = map[string]string{"paragraph": "p", "blockquote": "blockquote", "bulletList": "ul", "listItem": "li", "table": "table", "tableRow": "tr"}

var markTags = map[string]string{"bold": "strong", "italic": "em", "strike": "s", "underline": "u", "code": "code"}

func (n Node) html(b *strings.Builder, o rendering) {
	if n.richHTML(b, o) {
		return
	}
	before, after := "", ""
	switch n.Type {
	case "text":
		n.textHTML(b)
		return
	case "hardBreak":
		before = "<br>"
	case "horizontalRule":
		before = "<hr>"
	case "heading":
		level, _ := n.Attrs["level"].(float64)
		before, after = fmt.Sprintf("<h%d>", int(level)+1), fmt.Sprintf("</h%d>\n", int(level)+1) // h1 is the page's title
	case "orderedList":
		before, after = "<ol>", "</ol>\n"
		if start, ok := n.Attrs["start"].(float64); ok && start != 1 {
			before = fmt.Sprintf(`<ol start="%d">`, int(start))
		}
	case "codeBlock":
		before, after = "<pre><code>", "</code></pre>\n"
	default:
		if tag := blockTags[n.Type]; tag != "" {
			before, after = "<"+tag+">", "</"+tag+">\n"
		}
	}
	b.WriteString(before)
	for _, c := range n.Content {
		c.html(b, o)
	}
	b.WriteString(after)
}

func (n Node) textHTML(b *strings.Builder) {
	var closing []string
	for _, m := range n.Marks {
		if tag := markTags[m.Type]; tag != "" {
			b.WriteString("<" + tag + ">")
			closing = append(closing, "</"+tag+">")
		}
		if href, _ := m.Attrs["href"].(string); m.Type == "link" && SafeLink(href) {
			fmt.Fprintf(b, `<a href="%s" rel="noopener noreferrer nofollow" target="_blank">`, html.EscapeString(href))
			closing = append(closing, "</a>")
		}
	}
	b.WriteString(html.EscapeString(n.Text))
	for i := len(closing) - 1; i >= 0; i-- {
		b.WriteString(closing[i])
	}
}
