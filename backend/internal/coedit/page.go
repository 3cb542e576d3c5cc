package coedit

import (
	"encoding/base64"
	"html"
	"strings"
)

// Page renders a document as a whole HTML page, with its pictures inside: it needs nothing of this deployment but to load
// files.
func (n Node) Page(e Export) string {
	var b strings.Builder
	b.WriteString("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>" + html.EscapeString(e.Title) + "</title>\n<style>" + pageStyle + "</style>\n</head>\n<body>\n<h1>" + html.EscapeString(e.Title) + "</h1>\n")
	b.WriteString(n.htmlWith(rendering{
		picture: func(asset string) string {
			if p, ok := e.Picture(asset); ok {
				return "data:image/" + p.Format + ";base64," + base64.StdEncoding.EncodeToString(p.Data)
			}
			return e.Base + pictureAddress(asset)
		},
		file: func(asset string) string { return e.Base + downloadAddress(asset) },
	}))
	b.WriteString("</body>\n</html>\n")
	return b.String()
}

const pageStyle = `body{max-width:44rem;margin:3rem auto;padding:0 1rem;font:1.05rem/1.6 Georgia,serif;color:#1c1f24}img{max-width:100%;height:auto}figure{margin:1.5rem 0}figure[data-width=small] img{max-width:40%}figcaption{font-size:.9rem;color:#555}table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.3rem .6rem;vertical-align:top;text-align:left}blockquote{margin-left:0;padding-left:1rem;border-left:3px solid #ccc}pre{padding:.8rem;background:#f4f4f4;white-space:pre-wrap}`
