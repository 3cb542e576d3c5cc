package library_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"byline/backend/internal/library"
	"byline/backend/internal/platform/corpustest"
)

// harmless are the elements that rendered Markdown may have. Whatever is not here must not survive.
var harmless = strings.Fields(`p br hr h1 h2 h3 h4 h5 h6 a em strong del ins b i u s sub sup code pre blockquote ul ol li dl dt dd table thead tbody tfoot
	tr th td caption colgroup col div span section article aside figure figcaption details summary abbr cite q kbd samp var mark small time tt strike big
	dfn wbr bdi bdo hgroup main nav header footer rp rt ruby acronym address center font area map meter progress input html head body`)

// inspect parses HTML as a browser does and fails on anything that could run, load or style something.
func inspect(t *testing.T, what, rendered string) {
	t.Helper()
	tree, err := html.Parse(strings.NewReader(rendered))
	require.NoError(t, err)
	for n := range tree.Descendants() {
		if n.Type != html.ElementNode {
			require.NotEqual(t, html.CommentNode, n.Type, "%s: a comment", what)
			continue
		}
		require.Contains(t, harmless, n.Data, what)
		for _, a := range n.Attr {
			key, value := strings.ToLower(a.Key), strings.ToLower(strings.Join(strings.Fields(a.Val), ""))
			require.False(t, strings.HasPrefix(key, "on"), "%s: %s", what, a.Key)
			require.NotContains(t, []string{"style", "src", "srcset", "srcdoc", "formaction", "action", "background", "poster", "data", "xlink:href"}, key, what)
			if key == "href" || key == "cite" {
				require.Regexp(t, `^(https?://|mailto:|#)`, value, what)
			}
			if key == "href" && n.Data == "a" && strings.HasPrefix(value, "http") {
				require.Contains(t, attribute(n, "rel"), "nofollow", what)
				require.Contains(t, attribute(n, "rel"), "noopener", what)
			}
		}
	}
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// junk is what site generators would have replaced.
var junk = regexp.MustCompile(`\{\{[<%]|[%>]\}\}|\{%|%\}|\{:\s*\.|:::|\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]|<!--|&lt;!--|&lt;/?(?:script|iframe|div|img|style)`)

func TestEveryArticleOfTheCorpusRendersSafely(t *testing.T) {
	t.Parallel()
	f, err := os.Open(filepath.Join(corpustest.Need(t), library.ArticleList))
	require.NoError(t, err)
	defer func() { _ = f.Close() }()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 8<<20)
	n, odd := 0, 0
	for lines.Scan() {
		var a struct {
			ID   string `json:"id"`
			Body string `json:"body_markdown"`
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &a))
		n++
		rendered, err := library.MarkdownHTML(a.Body)
		require.NoError(t, err)
		inspect(t, a.ID, rendered)
		text := regexp.MustCompile(`(?s)<pre>.*?</pre>|<code>.*?</code>|<code class.*?</code>`).ReplaceAllString(rendered, "")
		if m := junk.FindStringIndex(text); m != nil {
			odd++
			t.Logf("%s: %q", a.ID, text[max(0, m[0]-60):min(len(text), m[1]+80)])
		}
	}
	require.NoError(t, lines.Err())
	require.Equal(t, 1905, n)
	t.Logf("%d of %d articles show junk", odd, n)
	require.LessOrEqual(t, odd, 4)
}

func TestInstructionsToGeneratorsDoNotShow(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"a {{< video x >}} b":                                     "<p>a  b</p>",
		"a {{<\nfigure src=\"x\"\n>}} b":                          "<p>a  b</p>",
		"{{% alert %}}kept{{% /alert %}}":                         "<p>kept</p>",
		"{% include x.html %}text":                                "<p>text</p>",
		"{{ site.url }}x":                                         "<p>x</p>",
		"`{{ .Values.x }}` stays":                                 "<p><code>{{ .Values.x }}</code> stays</p>",
		"```yaml\na: {{ .Values.x }}\n```":                        "<pre><code class=\"language-yaml\">a: {{ .Values.x }}\n</code></pre>",
		"{{< highlight go >}}\nx := 1\n{{< /highlight >}}":        "<pre><code class=\"language-go\">x := 1\n</code></pre>",
		"{% highlight sh %}\nls\n{% endhighlight %}":              "<pre><code class=\"language-sh\">ls\n</code></pre>",
		"> [!NOTE]\n> Mind this.":                                 "<blockquote>\n<p><strong>Note</strong><br>\nMind this.</p>\n</blockquote>",
		":::tip Title\nMind this.\n:::":                           "<p><strong>Tip</strong></p>\n<p>Mind this.</p>",
		"import X from '@site/x'\n\ntext":                         "<p>text</p>",
		"# Head {#anchor}":                                        "<h1>Head</h1>",
		"text\n{: .big}":                                          "<p>text</p>",
		"<img src={useBaseUrl('x.png')} />text":                   "<p>text</p>",
		"[a](../relative.md) ![pic](pic.png)":                     "<p>a </p>",
		"<style>p{}</style><p style=\"x\" onclick=\"y\">z</p>":    "<p>z</p>",
		"<svg onload=alert(1)><script>1</script></svg>":           "<p></p>",
		"<a href=\"jav&#x09;ascript:alert(1)\">a</a>":             "<p>a</p>",
		"[a](data:text/html;base64,xx) <object data=x>y</object>": "<p>a </p>",
		"<form action=https://e.com><input name=q>ok</form>":      "ok",
		"<!-- secret -->text":                                     "text",
	} {
		rendered, err := library.MarkdownHTML(in)
		require.NoError(t, err)
		inspect(t, in, rendered)
		require.Equal(t, want, strings.TrimSpace(rendered), in)
	}
}
