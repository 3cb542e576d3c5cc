package coedit

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

func TestBlameKnowsWhoWroteAndRemovedWhat(t *testing.T) {
	t.Parallel()
	tom, nora := uuid.New(), uuid.New()
	apply := func(tr *tracker, user uuid.UUID, step string) {
		changes, err := stepMap(json.RawMessage(step))
		require.NoError(t, err)
		tr.apply(changes, user)
	}
	// "one two" in a paragraph: positions 0..9
	tr := newTracker(9)
	apply(tr, tom, `{"stepType":"replace","from":4,"to":4,"slice":{"content":[{"type":"text","text":" 🐟"}]}}`) // UTF-16: three positions
	apply(tr, nora, `{"stepType":"replace","from":6,"to":7,"slice":{"content":[{"type":"text","text":"x"}]}}`)
	apply(tr, nora, `{"stepType":"replace","from":9,"to":11}`) // two letters of the old text
	apply(tr, tom, `{"stepType":"addMark","from":1,"to":4,"mark":{"type":"bold"}}`)
	require.Equal(t, Blame{Inserted: []Span{{4, 6, tom}, {6, 7, nora}}, Removed: []Span{{6, 8, nora}}}, tr.blame())
	// the paragraph into a list: around it two nodes open and close
	apply(tr, tom, `{"stepType":"replaceAround","from":0,"to":10,"gapFrom":0,"gapTo":10,"insert":2,"structure":true,
		"slice":{"content":[{"type":"bulletList","content":[{"type":"listItem"}]}]}}`)
	require.Equal(t, 14, tr.length())
	b := tr.blame()
	require.Equal(t, Span{0, 2, tom}, b.Inserted[0])
	require.Equal(t, Span{6, 8, tom}, b.Inserted[1])
	require.Len(t, b.Users(), 2)
}

func TestBlameOfALogIsAsLongAsItsDocument(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	before, err := p.service.Get(t.Context(), p.draft)
	require.NoError(t, err)
	head := p.commit(before.Version, "a", 1, typed(1, "Now: "), typed(6, "and "))
	for i := range 5 {
		current, err := p.service.Get(t.Context(), p.draft)
		require.NoError(t, err)
		doc := paragraphs("Another", fmt.Sprintf("text %d", i), "two")
		require.NoError(t, p.db.InTx(t.Context(), func(ctx context.Context) error {
			current, err = p.service.Lock(ctx, p.draft)
			require.NoError(t, err)
			head, err = p.service.Save(ctx, current, p.user, current.Version, doc, false)
			return err
		}))
	}
	now, err := p.service.Get(t.Context(), p.draft)
	require.NoError(t, err)
	b, err := p.service.Blame(t.Context(), p.draft, before.Version, head, before.Doc, now.Doc)
	require.NoError(t, err)
	require.NotEmpty(t, b.Inserted)
	require.NotEmpty(t, b.Removed)
	require.Equal(t, []uuid.UUID{p.user}, b.Users())
	// what the log does not lead to is said of nobody
	b, err = p.service.Blame(t.Context(), p.draft, before.Version, head, before.Doc, paragraphs("something else"))
	require.NoError(t, err)
	require.Empty(t, b)
	b, err = p.service.Blame(t.Context(), p.draft, head, before.Version, now.Doc, before.Doc)
	require.NoError(t, err)
	require.Empty(t, b)
}
