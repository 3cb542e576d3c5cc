package coedit

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

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

// What holding a suggester to suggestions costs, per push, in a long text.
func TestHoldingASuggesterToSuggestionsIsCheap(t *testing.T) {
	t.Parallel()
	texts := make([]string, 400)
	for i := range texts {
		texts[i] = strings.Repeat("some words of a long text ", 12)
	}
	p := &pool{max: 1}
	me := uuid.NewString()
	took := map[string]time.Duration{}
	for _, suggester := range []string{"", me} {
		d, err := p.open(paragraphs(texts...))
		require.NoError(t, err)
		begin := time.Now()
		const pushes = 200
		for range pushes {
			out, err := d.applyAs(suggester, []json.RawMessage{[]byte(fmt.Sprintf(`{"stepType":"replace","from":1,"to":1,"slice":{"content":[{"type":"text","text":"x","marks":[%s]}]}}`, suggestionMark("insertion", me)))})
			require.NoError(t, err)
			require.Empty(t, out.Refused)
			require.NoError(t, d.commit())
		}
		took[suggester] = time.Since(begin) / pushes
		d.close()
	}
	t.Logf("a push of an editor takes %v, of a suggester %v, in 400 paragraphs", took[""], took[me])
	require.Less(t, took[me], took[""]+5*time.Millisecond)
}
