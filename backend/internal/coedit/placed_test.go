package coedit

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// ProseMirror itself says whether the positions are right: each text is taken out there, and then it is gone.
func TestPlacedCountsLikeProseMirror(t *testing.T) {
	t.Parallel()
	raw := []byte(`{"type":"doc","content":[
		{"type":"heading","attrs":{"level":1},"content":[{"type":"text","text":"A😀b"}]},
		{"type":"horizontalRule"},
		{"type":"figure","attrs":{"asset":"0190c5a4-7b7e-7d3a-8a53-3f0e1c2d4b5a","alt":"x","caption":"y","width":"normal"}},
		{"type":"paragraph","content":[
			{"type":"text","text":"one "},
			{"type":"text","text":"new ","marks":[{"type":"insertion","attrs":{"id":"i","by":"0190c5a4-7b7e-7d3a-8a53-3f0e1c2d4b5b","at":"2026-01-02T03:04:05Z"}}]},
			{"type":"text","text":"old","marks":[{"type":"bold"},{"type":"deletion","attrs":{"id":"d","by":"0190c5a4-7b7e-7d3a-8a53-3f0e1c2d4b5b","at":"2026-01-02T03:04:05Z"}}]},
			{"type":"hardBreak"},
			{"type":"text","text":"end"}]},
		{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"item"}]}]}]}]}`)
	n, err := Parse(raw)
	require.NoError(t, err)
	p := n.Placed()
	texts := map[string]int{}
	var walk func(Placed)
	walk = func(p Placed) {
		if p.Type == "text" {
			texts[p.Text] = p.Pos
			for _, m := range p.Marks {
				require.False(t, isSuggestion(m), "whose suggestion it is goes to nobody outside")
			}
		}
		for _, c := range p.Content {
			walk(c)
		}
	}
	walk(p)
	// heading 0..6 (its letters 1..5), rule 6, figure 7, paragraph 8
	require.Equal(t, map[string]int{"A😀b": 1, "one ": 9, "old": 17, "end": 21, "item": 28}, texts)
	require.Len(t, p.Pictures(), 1)

	pool := &pool{max: 1}
	for text, at := range texts {
		doc, err := pool.open(raw)
		require.NoError(t, err)
		out, err := doc.apply([]json.RawMessage{json.RawMessage(fmt.Sprintf(`{"stepType":"replace","from":%d,"to":%d}`, at, at+utf16Len(text)))})
		require.NoError(t, err)
		require.Empty(t, out.Refused)
		after, err := doc.candidate()
		require.NoError(t, err)
		doc.close()
		require.NotContains(t, string(after), text)
		for other := range texts {
			require.True(t, other == text || strings.Contains(string(after), other), "%s goes without %s", text, other)
		}
	}
}
