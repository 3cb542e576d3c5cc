package transfer_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
)

func TestOlderTextsAndFactsComeAlong(t *testing.T) {
	t.Parallel()
	from, to := domaintest.NewWithStorage(t), domaintest.NewWithStorage(t)
	in := library.Imported{SourceID: "site/valves", Title: "Valves", ContentType: "guide", Lang: "en", BodyMarkdown: "They cost **40** euro.", Taxonomy: library.Taxonomy{Tags: []string{"valves"}}}
	id, _, err := from.Library.Import(from.As(from.Marketer), in)
	require.NoError(t, err)
	in.BodyMarkdown, in.Taxonomy.Tags = "They cost **44** euro.", []string{"prices"}
	_, _, err = from.Library.Import(from.As(from.Marketer), in)
	require.NoError(t, err)
	now, err := from.Library.Resource(from.As(from.Marketer), id)
	require.NoError(t, err)
	_, err = from.Library.RestoreVersion(from.As(from.Marketer), id, 1, now.Rev)
	require.NoError(t, err)
	list, err := from.Library.Versions(from.As(from.Marketer), id)
	require.NoError(t, err)
	_, err = from.Library.SayWhatChanged(from.As(from.Marketer), id, 2, list[1].Rev, "Prices of “2032”: <b>dearer</b>.")
	require.NoError(t, err)
	archive := export(t, from)
	require.Contains(t, string(archive), "versions/1.md")

	restore(t, to, archive)
	list, err = to.Library.Versions(to.As(to.Rep), id)
	require.NoError(t, err)
	require.Len(t, list, 3)
	require.Equal(t, 1, list[0].RestoredFrom)
	require.Equal(t, "Brought back from version 1", list[0].Note)
	require.Equal(t, "Prices of “2032”: <b>dearer</b>.", list[1].Note)
	require.Equal(t, []string{"valves"}, list[2].Facts.Tags)
	c, err := to.Library.Compare(to.As(to.Rep), id, 1, 2)
	require.NoError(t, err)
	require.Equal(t, []string{"text", "facts"}, c.Changed)
	require.Contains(t, string(c.FromDoc), `"40"`)
}
