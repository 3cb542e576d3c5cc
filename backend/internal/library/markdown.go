package library

import (
	"bytes"
	stdhtml "html"
	"regexp"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
)

var renderer = sync.OnceValue(func() goldmark.Markdown {
	return goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe())) // the policy below makes it safe
})

var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.UGCPolicy()
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnLinks(true)
	p.AddTargetBlankToFullyQualifiedLinks(true)
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(false) // links into the site that it came from lead nowhere here
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^language-[\w+#-]{1,30}$`)).OnElements("code")
	return p
})

// picture tags go: loading one from a stranger's site tells them who reads, and the page's own policy blocks it anyway.
var picture = regexp.MustCompile(`<img [^>]*>`)

// MarkdownHTML renders Markdown of strangers: shortcodes dropped, inline HTML reduced to an allow-list, scripts, frames
// and pictures gone.
func MarkdownHTML(markdown string) (string, error) {
	var b bytes.Buffer
	if err := renderer().Convert([]byte(readableMarkdown(markdown)), &b); err != nil {
		return "", err
	}
	return picture.ReplaceAllString(policy().Sanitize(b.String()), ""), nil
}

// longestArticle is how many bytes of a file of Markdown are shown as an article; longer ones are read as plain words.
const longestArticle = 64 << 10

// Article renders the text of a file as an article, where it is one of Markdown and not very long; "" where not.
func (a Asset) Article(text string) (string, error) {
	if a.Kind != "text" || !strings.HasSuffix(strings.ToLower(a.Name), ".md") || len(text) > longestArticle {
		return "", nil
	}
	return MarkdownHTML(text)
}

var plain = sync.OnceValue(bluemonday.StrictPolicy)

var spaces = regexp.MustCompile(`[ \t]*\n\s*`)

// MarkdownText gives the words of Markdown, for search.
func MarkdownText(markdown string) (string, error) {
	rendered, err := MarkdownHTML(markdown)
	if err != nil {
		return "", err
	}
	return stdhtml.UnescapeString(spaces.ReplaceAllString(plain().Sanitize(blockEnd.ReplaceAllString(rendered, "$0\n")), "\n")), nil
}

var blockEnd = regexp.MustCompile(`</(?:p|h[1-6]|li|tr|pre|blockquote|td|th)>`)
