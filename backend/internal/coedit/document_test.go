package coedit

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/platform/errs"
)

func doc(content string) []byte { return []byte(`{"type":"doc","content":[` + content + `]}`) }

func TestParseAcceptsWhatTheEditorMakes(t *testing.T) {
	t.Parallel()
	n, err := Parse(doc(`{"type":"heading","attrs":{"level":2},"content":[{"type":"text","text":"Costs"}]},
		{"type":"paragraph","content":[{"type":"text","text":"See "},{"type":"text","text":"this <b>","marks":[{"type":"link","attrs":{"href":"https://example.com/?a=1&b=2","target":"_blank","rel":"noopener noreferrer nofollow","class":null}},{"type":"bold"}]},{"type":"hardBreak"},{"type":"text","text":"now"}]},
		{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph"},{"type":"orderedList","attrs":{"start":3,"type":null},"content":[{"type":"listItem","content":[{"type":"paragraph"}]}]}]}]},
		{"type":"codeBlock","attrs":{"language":"go"},"content":[{"type":"text","text":"x := 1"}]},{"type":"horizontalRule"}`))
	require.NoError(t, err)
	require.Equal(t, "Costs\nSee this <b>\nnow\n\n\nx := 1", n.PlainText())
	require.Contains(t, n.HTML(), `<a href="https://example.com/?a=1&amp;b=2" rel="noopener noreferrer nofollow" target="_blank"><strong>this &lt;b&gt;</strong></a>`)
}

func TestParseRefusesWhatTheEditorCannotMake(t *testing.T) {
	t.Parallel()
	link := func(href string) string {
		b, err := json.Marshal(href)
		require.NoError(t, err)
		return `{"type":"paragraph","content":[{"type":"text","text":"x","marks":[{"type":"link","attrs":{"href":` + string(b) + `}}]}]}`
	}
	for name, content := range map[string]string{
		"unknown node":                 `{"type":"script"}`,
		"unknown mark":                 `{"type":"paragraph","content":[{"type":"text","text":"x","marks":[{"type":"blink"}]}]}`,
		"unknown attribute":            `{"type":"paragraph","attrs":{"onclick":"x"}}`,
		"text in a list":               `{"type":"bulletList","content":[{"type":"text","text":"x"}]}`,
		"empty list":                   `{"type":"bulletList"}`,
		"list item at the top":         `{"type":"listItem","content":[{"type":"paragraph"}]}`,
		"list item begins with a list": `{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph"}]}]}]}]}`,
		"no blocks":                    ``,
		"marks in code":                `{"type":"codeBlock","content":[{"type":"text","text":"x","marks":[{"type":"bold"}]}]}`,
		"code beside bold":             `{"type":"paragraph","content":[{"type":"text","text":"x","marks":[{"type":"bold"},{"type":"code"}]}]}`,
		"mark twice":                   `{"type":"paragraph","content":[{"type":"text","text":"x","marks":[{"type":"bold"},{"type":"bold"}]}]}`,
		"heading level":                `{"type":"heading","attrs":{"level":9}}`,
		"heading without level":        `{"type":"heading"}`,
		"empty text":                   `{"type":"paragraph","content":[{"type":"text","text":""}]}`,
		"unknown field":                `{"type":"paragraph","html":"<b>"}`,
		"script link":                  link("javascript:alert(1)"),
		"script link with tab":         link("java\tscript:alert(1)"),
		"script link in space":         link(" javascript:alert(1)"),
		"data link":                    link("data:text/html,x"),
		"relative link":                link("/l/abc"),
		"link without host":            link("https://"),
		"too deep":                     strings.Repeat(`{"type":"blockquote","content":[`, 40) + `{"type":"paragraph"}` + strings.Repeat(`]}`, 40),
	} {
		_, err := Parse(doc(content))
		require.Equal(t, errs.Invalid, errs.CodeOf(err), name)
	}
	_, err := Parse([]byte(`{"type":"paragraph"}`))
	require.Equal(t, errs.Invalid, errs.CodeOf(err))
}

func FuzzParse(f *testing.F) {
	f.Add(doc(`{"type":"paragraph","content":[{"type":"text","text":"x"}]}`))
	f.Add([]byte(`{"type":"doc","content":[{"type":"heading","attrs":{"level":null}}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		n, err := Parse(raw)
		if err == nil && strings.Contains(n.HTML(), "<script") {
			t.Fatalf("script in %q", n.HTML())
		}
	})
}
