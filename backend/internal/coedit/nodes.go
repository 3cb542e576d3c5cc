package coedit

import (
	"context"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
)

// Pictures, files, cards and tables: what their attributes may be, and how they are shown.

// embedSites are the sites whose addresses may stand as a card that opens them. Nothing of a site is ever loaded into a
// page of ours. The editor has the same list (shared/editor/nodes/embed.ts).
var embedSites = map[string]string{"www.youtube.com": "YouTube", "youtube.com": "YouTube", "youtu.be": "YouTube", "vimeo.com": "Vimeo", "www.loom.com": "Loom", "loom.com": "Loom"}

// EmbedSite names the site that the address of a card leads to; empty when it may not stand as one.
func EmbedSite(address string) string {
	if len(address) > 500 || strings.ContainsAny(address, " \t\r\n\"<>\\") {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Port() != "" || u.Path == "" || u.Path == "/" {
		return ""
	}
	return embedSites[u.Host]
}

func words(most int) func(any) bool {
	return func(v any) bool { s, ok := v.(string); return ok && utf8.RuneCountInString(s) <= most }
}

func assetID(v any) bool {
	s, ok := v.(string)
	id, err := uuid.Parse(s)
	return ok && err == nil && id.String() == s
}

func span(v any) bool { n, ok := v.(float64); return ok && n >= 1 && n <= 100 && n == float64(int(n)) }

func init() {
	rules := map[string]func(any) bool{
		"figure.asset":   assetID,
		"figure.alt":     func(v any) bool { return v == nil || words(1000)(v) },
		"figure.caption": words(500),
		"figure.width":   func(v any) bool { return v == "small" || v == "normal" || v == "full" },
		"file.asset":     assetID,
		"file.name":      func(v any) bool { return words(255)(v) && v != "" },
		"embed.href":     func(v any) bool { s, ok := v.(string); return ok && EmbedSite(s) != "" },
	}
	for _, cell := range []string{"tableCell", "tableHeader"} {
		rules[cell+".colspan"], rules[cell+".rowspan"] = span, span
		rules[cell+".align"] = func(v any) bool { return v == nil || v == "left" || v == "center" || v == "right" }
	}
	for name, rule := range rules {
		attributeRules[name] = rule
	}
}

// needed are attributes without which a node means nothing.
var needed = map[string][]string{"heading": {"level"}, "figure": {"asset"}, "file": {"asset", "name"}, "embed": {"href"}}

func (n Node) attr(name string) string {
	s, _ := n.Attrs[name].(string)
	return s
}

// Assets lists the files that stand in a text, each once.
func (n Node) Assets() []uuid.UUID {
	var found []uuid.UUID
	n.walk(func(n Node) {
		if n.Type != "figure" && n.Type != "file" {
			return
		}
		if id, err := uuid.Parse(n.attr("asset")); err == nil && !slices.Contains(found, id) {
			found = append(found, id)
		}
	})
	return found
}

func (n Node) walk(see func(Node)) {
	see(n)
	for _, c := range n.Content {
		c.walk(see)
	}
}

// richText gives what these nodes say, for search and counts.
func (n Node) richText() string {
	switch n.Type {
	case "figure":
		return strings.TrimSpace(n.attr("alt") + "\n" + n.attr("caption"))
	case "file":
		return n.attr("name")
	case "embed":
		return n.attr("href")
	}
	return ""
}

// OnAssets sets what is asked, before a change is stored, whether a person may put files into the text of a draft. It
// keeps them for the text's readers.
func (s *Service) OnAssets(f func(ctx context.Context, draft uuid.UUID, assets []uuid.UUID) error) {
	s.mayShow = f
}

// checkAssets asks for the files that a change brings in.
func (s *Service) checkAssets(ctx context.Context, draft uuid.UUID, before, after Node) error {
	had := before.Assets()
	added := slices.DeleteFunc(after.Assets(), func(id uuid.UUID) bool { return slices.Contains(had, id) })
	if len(added) == 0 || s.mayShow == nil {
		return nil
	}
	return s.mayShow(ctx, draft, added)
}

// Where the picture of an asset and the file itself are; rights are looked up there, when it is loaded.
func pictureAddress(asset string) string  { return "/api/v1/assets/" + asset + "/download?inline=true" }
func downloadAddress(asset string) string { return "/api/v1/assets/" + asset + "/download" }

// richHTML renders these nodes; false when it is another one.
func (n Node) richHTML(b *strings.Builder, o rendering) bool {
	esc := html.EscapeString
	switch n.Type {
	case "figure":
		if !assetID(n.Attrs["asset"]) {
			return true
		}
		width := n.attr("width")
		if width != "small" && width != "full" {
			width = "normal"
		}
		fmt.Fprintf(b, `<figure data-width="%s"><img src="%s" alt="%s" loading="lazy">`, width, esc(o.picture(n.attr("asset"))), esc(n.attr("alt")))
		if caption := n.attr("caption"); caption != "" {
			b.WriteString("<figcaption>" + esc(caption) + "</figcaption>")
		}
		b.WriteString("</figure>\n")
	case "file":
		if assetID(n.Attrs["asset"]) {
			fmt.Fprintf(b, `<p data-file=""><a href="%s">%s</a></p>`+"\n", esc(o.file(n.attr("asset"))), esc(n.attr("name")))
		}
	case "embed":
		if site := EmbedSite(n.attr("href")); site != "" {
			fmt.Fprintf(b, `<p data-embed=""><a href="%s" rel="noopener noreferrer nofollow" target="_blank"><strong>%s</strong> <span>%s</span></a></p>`+"\n", esc(n.attr("href")), site, esc(n.attr("href")))
		}
	case "tableCell", "tableHeader":
		tag := map[string]string{"tableCell": "td", "tableHeader": "th"}[n.Type]
		b.WriteString("<" + tag)
		for _, name := range []string{"colspan", "rowspan"} {
			if v, _ := n.Attrs[name].(float64); v > 1 && v <= 100 {
				fmt.Fprintf(b, ` %s="%d"`, name, int(v))
			}
		}
		if a := n.attr("align"); a == "left" || a == "center" || a == "right" {
			b.WriteString(` align="` + a + `"`)
		}
		b.WriteString(">")
		for _, c := range n.Content {
			c.html(b, o)
		}
		b.WriteString("</" + tag + ">")
	default:
		return false
	}
	return true
}
