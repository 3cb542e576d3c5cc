package coedit

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/platform/corpustest"
)

const someAsset = "0193a3f0-7d53-7c8e-9d1a-1c2b3d4e5f60"

func keepAll(string) bool { return true }

func imported(t *testing.T, source string) Imported {
	t.Helper()
	in, err := FromMarkdown(source, keepAll)
	require.NoError(t, err)
	return in
}

func parsed(t *testing.T, raw []byte) Node {
	t.Helper()
	n, err := Parse(raw)
	require.NoError(t, err)
	return n
}

// roundTrip writes a document as Markdown and reads it again: nothing may change.
func roundTrip(t *testing.T, raw []byte, what string) {
	t.Helper()
	written := parsed(t, raw).Markdown("A title", "https://byline.example")
	again := imported(t, written)
	require.Equal(t, "A title", again.Title)
	require.Zero(t, again.HTML, "%s\n%s", what, written)
	require.JSONEq(t, string(raw), string(again.Doc), "%s\n%s", what, written)
}

func TestMarkdownReadsWhatItWrites(t *testing.T) {
	t.Parallel()
	for _, source := range []string{
		"Plain *it* **bo** ~~st~~ `co` [li](https://example.com/a_(b)?x=1&y=2) <u>un</u>.",
		"**bold *both* x** and *it **both***, **[in a link](https://example.com)**, [**bold** here](https://example.com)",
		"a**b**c and <strong>foo.</strong>bar and x<em>(y)</em>z",
		`\# no heading \* no list 1\. 2 \> \[x\] \<b> \_u\_ \&amp; https\://no.link \| $1 ~ ^`,
		"1\\. no\n\n\\- no\n\n\\+ no\n\n\\=== \\---",
		"line one\\\nline two\\\n\\# three",
		"- a\n- b\n  - c\n    - d\n- e\n\n1. x\n2. y\n\n\n1) other",
		"- a\n\n  more\n- b\n\n* next list\n* x",
		"3. three\n4. four\n   ```go\n   x := `1`\n   ```",
		"- <!-- -->\n  - nested only",
		"> quote\n>\n> - list\n>\n> > deep",
		"````\n```\nfenced\n```\n````",
		"    indented code",
		"| a | b |\n| :--- | ---: |\n| 1 `x\\|y` | **2**<br>3 |\n|  | \\| |",
		"![A chart](/api/v1/assets/" + someAsset + "/download?inline=true \"The \\\"year\\\" 2026\")\n\n[plan.pdf](https://byline.example/api/v1/assets/" + someAsset + "/download)",
		"[YouTube](https://youtu.be/abc)\n\n---\n\n## Half #\\#\n\n#### Deep",
		"`` a`b `` and ` `` ` and ``  x  ``",
		"e-mail a\\@b.example and <a@b.example>, <https://example.com/?a=1&b=2>",
	} {
		roundTrip(t, imported(t, source).Doc, source)
	}
}

func TestMarkdownKeepsWhatItIsNotSureOfOut(t *testing.T) {
	t.Parallel()
	in := imported(t, "---\ntitle: \"From the head\"\ndate: 2026-01-01\n---\n# Not this\n\nText ![shot](https://elsewhere.example/a.png) [x](javascript:alert(1)) <script>alert(1)</script> [rel](/l/abc)\n\n<div onclick=x>gone</div>\n\n![](data:image/png;base64,AAAA)")
	require.Equal(t, "From the head", in.Title)
	require.Equal(t, 2, in.Links)
	require.NotZero(t, in.HTML)
	html := parsed(t, in.Doc).HTML()
	require.Contains(t, html, `<a href="https://elsewhere.example/a.png"`)
	for _, bad := range []string{"<script", "javascript:", "onclick", "<img", `href="data:`, `href="/l/`} {
		require.NotContains(t, html, bad)
	}
	none, err := FromMarkdown("![x](/api/v1/assets/"+someAsset+"/download)", func(string) bool { return false })
	require.NoError(t, err)
	require.Empty(t, parsed(t, none.Doc).Assets(), "somebody else's file")
	deep := imported(t, strings.Repeat("> ", 300)+"deep\n\n"+strings.Repeat("- ", 200)+"x")
	require.Contains(t, parsed(t, deep.Doc).PlainText(), "deep")
}

func TestMarkdownOfTheCorpusReadsTheSameAgain(t *testing.T) {
	t.Parallel()
	n := 0
	for _, article := range corpusArticles(t) {
		in, err := FromMarkdown(article, keepAll)
		require.NoError(t, err)
		// what nests in another order is another tree with the same meaning; written once more, it stays
		first := parsed(t, in.Doc)
		again := imported(t, first.Markdown("A title", ""))
		require.Equal(t, strings.Fields(first.PlainText()), strings.Fields(parsed(t, again.Doc).PlainText()))
		roundTrip(t, again.Doc, article[:min(len(article), 200)])
		n++
	}
	t.Logf("%d articles", n)
}

func FuzzMarkdown(f *testing.F) {
	f.Add("# x\n\n- **a** | b\n\n|a|\n|-|\n|b|")
	f.Add("<b>x\n\n![a](b \"c\")")
	f.Fuzz(func(t *testing.T, source string) {
		in, err := FromMarkdown(source, keepAll)
		if err != nil {
			return // refused whole: too large or too deep
		}
		n, err := Parse(in.Doc)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := FromMarkdown(n.Markdown("T", ""), keepAll); err == nil {
			_ = again
		}
	})
}

// corpusArticles gives every fiftieth real article.
func corpusArticles(t *testing.T) (found []string) {
	t.Helper()
	f, err := os.Open(filepath.Join(corpustest.Need(t), "articles.jsonl"))
	require.NoError(t, err)
	defer func() { _ = f.Close() }()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for i := 0; lines.Scan(); i++ {
		var a struct {
			Markdown string `json:"body_markdown"`
		}
		if i%50 == 0 && json.Unmarshal(lines.Bytes(), &a) == nil && a.Markdown != "" {
			found = append(found, a.Markdown)
		}
	}
	require.NoError(t, lines.Err())
	return found
}
