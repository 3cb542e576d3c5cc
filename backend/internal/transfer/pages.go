package transfer

import (
	"fmt"
	"html"
	"net/url"
	"strings"
)

// pageHead lets a page of an export load its own pictures and nothing else, whatever its text says.
const pageHead = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' data: file:; style-src 'unsafe-inline'">
<style>body{max-width:60rem;margin:2.5rem auto;padding:0 1rem;font:1rem/1.55 system-ui,sans-serif;color:#1c1f24;background:#fff}h1{font-family:Georgia,serif;line-height:1.2}img{max-width:100%;height:auto}a{color:#1f4e9d}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ddd;padding:.4rem .6rem .4rem 0;text-align:left;vertical-align:top}pre{padding:.8rem;background:#f4f4f4;white-space:pre-wrap}dt{color:#555}dd{margin:0 0 .5rem}.scroll{overflow-x:auto}</style>`

func page(title, lang, body string) []byte {
	if lang == "" {
		lang = "en"
	}
	return []byte("<!doctype html>\n<html lang=\"" + html.EscapeString(lang) + "\">\n<head>" + pageHead + "<title>" + html.EscapeString(title) + "</title></head>\n<body>\n<h1>" + html.EscapeString(title) + "</h1>\n" + body + "\n</body>\n</html>\n")
}

// escapePath makes an address of a path, piece by piece.
func escapePath(p string) string {
	parts := strings.Split(p, "/")
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	return strings.Join(parts, "/")
}

func link(address, text string) string {
	return `<a href="` + html.EscapeString(address) + `">` + html.EscapeString(text) + `</a>`
}

// resourcePage is what somebody sees who opens the folder of a resource.
func resourcePage(r exportedResource) []byte {
	var b strings.Builder
	if r.Summary != "" {
		fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(r.Summary))
	}
	if r.Text != "" {
		b.WriteString("<p>" + link("text.html", "Read the text") + " · " + link("text.md", "Markdown"))
		if r.Text == "document" {
			b.WriteString(" · " + link("text.json", "tree of the editor"))
		}
		b.WriteString("</p>\n")
	}
	files := func(title string, list []exportedFile) {
		if len(list) == 0 {
			return
		}
		fmt.Fprintf(&b, "<h2>%s</h2>\n<ul>\n", title)
		for _, f := range list {
			if f.Path == "" {
				fmt.Fprintf(&b, "<li>%s (%s, not kept)</li>\n", html.EscapeString(f.Name), html.EscapeString(f.State))
				continue
			}
			fmt.Fprintf(&b, "<li>%s %s</li>\n", link("../../"+escapePath(f.Path), f.Name), html.EscapeString(f.Caption))
		}
		b.WriteString("</ul>\n")
	}
	files("Files", r.Files)
	files("Files in the text and of older versions", r.OtherFiles)
	if len(r.Versions) > 0 {
		b.WriteString("<h2>Versions</h2>\n<ul>\n")
		for i := len(r.Versions) - 1; i >= 0; i-- {
			v := r.Versions[i]
			text := fmt.Sprintf("%d: %s", v.Number, v.Title)
			if v.HasText {
				text = link(fmt.Sprintf("versions/%d.html", v.Number), text)
			} else if v.Markdown {
				text = link(fmt.Sprintf("versions/%d.md", v.Number), text)
			} else {
				text = html.EscapeString(text)
			}
			fmt.Fprintf(&b, "<li>%s, %s %s %s</li>\n", text, v.CreatedAt.Format("2006-01-02"), html.EscapeString(v.By), html.EscapeString(v.Note))
		}
		b.WriteString("</ul>\n")
	}
	b.WriteString("<h2>About it</h2>\n<dl>\n")
	for _, f := range [][2]string{{"Type", r.ContentType}, {"State", r.State}, {"Language", r.Lang}, {"Owner", r.Owner}, {"For", strings.Join(r.Taxonomy.Personas, ", ")}, {"Stages", strings.Join(r.Taxonomy.Stages, ", ")},
		{"Industries", strings.Join(r.Taxonomy.Industries, ", ")}, {"Products", strings.Join(r.Taxonomy.Products, ", ")}, {"Regions", strings.Join(r.Taxonomy.Regions, ", ")}, {"Tags", strings.Join(r.Taxonomy.Tags, ", ")},
		{"Authors", strings.Join(r.Authors, ", ")}, {"Licence", r.Licence}, {"Public page", r.PublicURL}} {
		if f[1] != "" {
			fmt.Fprintf(&b, "<dt>%s</dt><dd>%s</dd>\n", f[0], html.EscapeString(f[1]))
		}
	}
	b.WriteString("</dl>\n<p>" + link(resourceFile, "Everything, as JSON") + " · " + link("../../"+indexFile, "All resources") + "</p>")
	return page(r.Title, "", b.String())
}

func indexHead(m Manifest) string {
	return "<!doctype html>\n<html lang=\"en\">\n<head>" + pageHead + "<title>Resource center</title></head>\n<body>\n<h1>Resource center</h1>\n" +
		fmt.Sprintf("<p>%d resources, %d versions and %d files, taken out on %s%s.</p>\n", m.Resources, m.Versions, m.Files, m.MadeAt.Format("2 January 2006, 15:04 MST"), html.EscapeString(fromWhere(m.From))) +
		`<p>Nothing but a browser is needed to read this. Every resource has a folder below <code>resources/</code> with its text as a page, as Markdown and as the tree of the editor,
its versions, and all facts as <code>resource.json</code>; all files are below <code>files/</code>. <a href="` + tableFile + `">resources.csv</a> is the same list for a spreadsheet,
<a href="` + collectionsFile + `">collections.json</a>, <a href="` + taxonomyFile + `">taxonomy.json</a>, <a href="` + typesFile + `">content_types.json</a> and <a href="` + synonymsFile + `">synonyms.json</a> hold what is about all of them,
and <a href="` + manifestFile + `">byline-export.json</a> says what this is. <code>byline import FILE.zip</code> makes the same resource center of it elsewhere.</p>
<div class="scroll"><table>
<thead><tr><th>Title</th><th>Type</th><th>State</th><th>Language</th><th>Owner</th><th>Files</th></tr></thead>
<tbody>
`
}

func fromWhere(address string) string {
	if address == "" {
		return ""
	}
	return " from " + address
}

func indexRow(dir string, r exportedResource) string {
	e := html.EscapeString
	return fmt.Sprintf("<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%d</td></tr>\n", link(escapePath(dir+indexFile), r.Title), e(r.ContentType), e(r.State), e(r.Lang), e(r.Owner), len(r.Files))
}

func indexEnd(list []exportedCollection) string {
	var b strings.Builder
	b.WriteString("</tbody>\n</table></div>\n")
	if len(list) > 0 {
		b.WriteString("<h2>Collections</h2>\n<ul>\n")
		for _, c := range list {
			n := 0
			for _, s := range c.Sections {
				n += len(s.Resources)
			}
			what := fmt.Sprintf("%d resources", n)
			if c.Kind == "rule" {
				what = "filled by a rule"
			}
			fmt.Fprintf(&b, "<li>%s (%s) %s</li>\n", html.EscapeString(c.Title), what, html.EscapeString(c.Summary))
		}
		b.WriteString("</ul>\n")
	}
	return b.String() + "</body>\n</html>\n"
}
