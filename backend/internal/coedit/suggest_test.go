package coedit

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

func suggestionMark(kind, by string) string {
	return `{"type":"` + kind + `","attrs":{"id":"x1","by":"` + by + `","at":"2026-03-01T10:00:00Z"}}`
}

func TestWhatIsOnlySuggestedIsNotInTheText(t *testing.T) {
	t.Parallel()
	by := uuid.NewString()
	doc, err := Parse([]byte(`{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"good "},` +
		`{"type":"text","text":"bad ","marks":[` + suggestionMark("insertion", by) + `]},` +
		`{"type":"text","text":"day","marks":[{"type":"code"},` + suggestionMark("deletion", by) + `,` + suggestionMark("deletion", uuid.NewString()) + `]},` +
		`{"type":"hardBreak","marks":[` + suggestionMark("insertion", by) + `]}]}]}`))
	require.NoError(t, err)
	require.Equal(t, "good day", doc.PlainText())
	require.Equal(t, "<p>good <code>day</code></p>\n", doc.HTML())
	require.NotContains(t, doc.Markdown("", ""), "bad")
	require.NotContains(t, doc.Page(Export{}), "bad")
	require.Equal(t, 2, doc.Suggestions())
	require.Zero(t, doc.Settled().Suggestions())
}

func TestASuggestionNamesWhoseItIsAndWhen(t *testing.T) {
	t.Parallel()
	by := uuid.NewString()
	for _, mark := range []string{
		`{"type":"insertion"}`,
		strings.Replace(suggestionMark("insertion", by), by, "nobody", 1),
		strings.Replace(suggestionMark("insertion", by), by, `<script>`, 1),
		strings.Replace(suggestionMark("deletion", by), "x1", strings.Repeat("x", 65), 1),
		strings.Replace(suggestionMark("deletion", by), "2026", "soon", 1),
		strings.Replace(suggestionMark("deletion", by), `"id"`, `"onclick"`, 1),
		suggestionMark("deletion", by) + "," + suggestionMark("deletion", by), // twice the same
	} {
		_, err := Parse([]byte(`{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"x","marks":[` + mark + `]}]}]}`))
		require.Error(t, err, mark)
		simple, err := plain([]json.RawMessage{[]byte(`{"stepType":"replace","from":1,"to":1,"slice":{"content":[{"type":"text","text":"x","marks":[` + mark + `]}]}}`)})
		require.NoError(t, err)
		if !strings.Contains(mark, "},{") {
			require.False(t, simple, mark)
		}
	}
}

// What holding a suggester to suggestions costs, per push, in a long text:
// go test ./internal/coedit -run '^$' -bench HoldingASuggester
func BenchmarkHoldingASuggesterToSuggestions(b *testing.B) {
	texts := make([]string, 400)
	for i := range texts {
		texts[i] = strings.Repeat("some words of a long text ", 12)
	}
	me := uuid.NewString()
	for name, suggester := range map[string]string{"editor": "", "suggester": me} {
		b.Run(name, func(b *testing.B) {
			p := &pool{max: 1}
			d, err := p.open(paragraphs(texts...))
			require.NoError(b, err)
			defer d.close()
			push := fmt.Sprintf(`{"stepType":"replace","from":1,"to":1,"slice":{"content":[{"type":"text","text":"x","marks":[%s]}]}}`, suggestionMark("insertion", me))
			for b.Loop() {
				out, err := d.applyAs(suggester, []json.RawMessage{[]byte(push)})
				require.NoError(b, err)
				require.Empty(b, out.Refused)
				require.NoError(b, d.commit())
			}
		})
	}
}
