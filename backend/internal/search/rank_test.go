package search_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/search"
)

func codes(h search.Hit) (all []string) {
	for _, w := range h.Why {
		all = append(all, w.Code)
	}
	return all
}

// testRanking is what both engines must do with what is known of a resource beside its text.
func testRanking(t *testing.T, w *domaintest.World, index func()) {
	ids := map[string]uuid.UUID{}
	for _, title := range []string{"Narwhal one", "Narwhal two", "Narwhal three", "Narwhal four"} {
		id, _, err := w.Library.Import(w.As(w.Marketer), library.Imported{SourceID: title, Title: title, ContentType: "guide", Lang: "en", BodyText: "Of the sea.", Taxonomy: library.Taxonomy{Tags: []string{"Arctic"}}})
		require.NoError(t, err)
		ids[title] = id
	}
	guide(t, w, library.Imported{Title: "Whales", BodyText: "A chapter about the narwhal, and more about the narwhal."})
	index()
	order := func(u auth.User, text string) ([]string, map[string]search.Hit) {
		t.Helper()
		require.NoError(t, w.Library.WorkCountUse(t.Context(), library.CountUse{}))
		titles, a := find(t, w.As(u), w.Search, search.Query{Text: text})
		hits := map[string]search.Hit{}
		for _, h := range a.Hits {
			hits[h.Title] = h
		}
		found, err := w.Search.IDs(w.As(u), search.Query{Text: text, Filters: search.Filters{In: []string{search.Resource}}})
		require.NoError(t, err)
		require.Equal(t, len(titles), len(found))
		for i, title := range titles { // the library has the same order
			if id, ok := ids[title]; ok {
				require.Equal(t, id, found[i])
			}
		}
		return titles, hits
	}
	before, hits := order(w.Rep, "narwhal")
	require.Len(t, before, 5)
	require.Equal(t, "Whales", before[4])
	require.Equal(t, "title", hits[before[0]].Why[0].Code)
	require.Equal(t, []string{"text"}, codes(hits["Whales"]))
	// what is overdue stands lower, and says so
	top := before[0]
	w.Exec(`UPDATE resources SET state = 'review_due' WHERE id = $1`, ids[top])
	titles, hits := order(w.Rep, "narwhal")
	require.NotEqual(t, top, titles[0])
	require.Contains(t, codes(hits[top]), "due")
	// what colleagues use and rate well stands higher, most of all for their own team
	w.Exec(`UPDATE resources SET state = 'live' WHERE id = $1`, ids[top])
	last := before[3]
	for _, u := range []auth.User{w.Rep, w.Colleague, w.SalesLead} {
		require.NoError(t, w.Library.Viewed(w.As(u), ids[last]))
		five := 5
		_, err := w.Library.GiveFeedback(w.As(u), library.Feedback{ResourceID: ids[last], Kind: library.Rating, Rating: &five})
		require.NoError(t, err)
	}
	titles, hits = order(w.Rep, "narwhal")
	require.Equal(t, last, titles[2], "higher than before by a place")
	require.Equal(t, before[0], titles[0], "the text comes first")
	why := hits[last].Why
	require.Contains(t, why, search.Why{Code: search.WhyTeam, Count: 2}, "the reader is not counted")
	require.Contains(t, why, search.Why{Code: search.WhyRated, Count: 3, Score: 5})
	_, hits = order(w.Stranger, "narwhal")
	require.Contains(t, hits[last].Why, search.Why{Code: search.WhySide, Count: 3})
	_, hits = order(w.Marketer, "narwhal")
	require.Contains(t, hits[last].Why, search.Why{Code: search.WhyUsed, Count: 3})
	// one colleague alone is not told of, and who left is not counted
	w.Exec(`DELETE FROM resource_views WHERE user_id <> $1`, w.Rep.ID)
	_, hits = order(w.Colleague, "narwhal")
	require.NotContains(t, codes(hits[last]), "team")
	w.Exec(`UPDATE users SET disabled_at = now() WHERE id = $1`, w.Rep.ID)
	order(w.Colleague, "narwhal")
	require.Zero(t, w.Int(`SELECT count(*) FROM resource_use`))
	// however well used, what has the word in its text alone does not pass what is called so
	w.Exec(`UPDATE users SET disabled_at = NULL`)
	whales := w.Int(`SELECT 1 FROM resources WHERE title = 'Whales'`)
	require.Equal(t, 1, whales)
	for _, u := range append(w.People(25), w.Rep, w.Colleague, w.SalesLead) {
		w.Exec(`INSERT INTO resource_views (resource_id, user_id, day) SELECT id, $1, current_date FROM resources WHERE title = 'Whales' ON CONFLICT DO NOTHING`, u.ID)
	}
	w.Exec(`UPDATE resources SET ratings = 10, rating_sum = 50 WHERE title = 'Whales'`)
	w.Exec(`UPDATE resources SET ratings = 0, rating_sum = 0 WHERE title <> 'Whales'`)
	titles, _ = order(w.Rep, "narwhal")
	require.Equal(t, "Whales", titles[4])
	// other words and slips are said
	_, hits = order(w.Rep, "narwahl")
	require.Contains(t, hits[before[0]].Why, search.Why{Code: search.WhySpelling, Value: before[0][:7]})
	_, hits = order(w.Rep, "arctic narwhal")
	require.Contains(t, hits[before[0]].Why, search.Why{Code: search.WhyInTitle})
}

func TestPostgresRanksByTextThenByWhatColleaguesMakeOfIt(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	testRanking(t, w, func() { w.Index(1) })
}

func TestMeilisearchRanksByTextThenByWhatColleaguesMakeOfIt(t *testing.T) {
	t.Parallel()
	w := withMeili(t, startNode(t))
	testRanking(t, w, func() { catchUp(t, w) })
}
