package search_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/search"
)

// testNarrowing is what both engines must do with filters, counts and orders.
func testNarrowing(t *testing.T, w *domaintest.World, index func()) {
	old := time.Now().AddDate(-1, 0, 0)
	ids := map[string]uuid.UUID{}
	add := func(title string, in library.Imported, sql string) {
		in.Title, in.SourceID, in.ContentType, in.Lang, in.BodyText = title, title, "guide", "en", "About the walrus."
		id, _, err := w.Library.Import(w.As(w.Marketer), in)
		require.NoError(t, err)
		if ids[title] = id; sql != "" {
			w.Exec(`UPDATE resources SET `+sql+` WHERE id = $1`, id)
		}
	}
	add("Walrus old", library.Imported{PublishedAt: &old, Taxonomy: library.Taxonomy{Stages: []string{"decision"}, Regions: []string{"Nordics"}}}, `shareable = true, views = 9`)
	add("Walrus due", library.Imported{PublishedAt: &old, Taxonomy: library.Taxonomy{Stages: []string{"decision", "awareness"}}}, `state = 'review_due', views = 20`)
	add("Walrus new", library.Imported{Taxonomy: library.Taxonomy{Stages: []string{"awareness"}, Regions: []string{"Iberia"}}}, `published_at = now()`)
	add("Walrus gone", library.Imported{Taxonomy: library.Taxonomy{Stages: []string{"awareness"}}}, `expires_at = now() - interval '1 minute'`)
	for user, n := range map[uuid.UUID]int{w.Rep.ID: 5, w.Stranger.ID: 4} {
		u := map[uuid.UUID]auth.User{w.Rep.ID: w.Rep, w.Stranger.ID: w.Stranger}[user]
		_, err := w.Library.GiveFeedback(w.As(u), library.Feedback{ResourceID: ids["Walrus old"], Kind: library.Rating, Rating: &n})
		require.NoError(t, err)
	}
	index()
	sets := map[string]search.Set{"hand": {Things: []uuid.UUID{ids["Walrus due"], ids["Walrus gone"], uuid.New()}}, "rule": {Rule: &search.Filters{Regions: []string{"Nordics", "Iberia"}, Type: []string{"guide"}}}}
	facets := []string{"stage", "region", "sharing", "freshness", "in", "type"}
	for name, f := range map[string]search.Filters{
		"none": {}, "stage": {Stages: []string{"decision"}}, "two of one": {Stages: []string{"decision", "awareness"}}, "two": {Stages: []string{"awareness"}, Freshness: []string{"new", "due"}},
		"shareable": {Sharing: []string{"shareable"}}, "hand": {Sets: []search.Set{sets["hand"]}}, "rule": {Sets: []search.Set{sets["rule"]}}, "both": {Sets: []search.Set{sets["hand"], sets["rule"]}, Stages: []string{"decision"}},
		"a collection of others": {Sets: []search.Set{}},
	} {
		for _, sort := range []string{"", search.SortNew} {
			q := search.Query{Text: "walrus", Filters: f, Facets: facets, Alternatives: true, Sort: sort}
			titles, a := find(t, w.As(w.Rep), w.Search, q)
			require.NotContains(t, titles, "Walrus gone")
			require.Equal(t, len(titles), a.EstimatedTotal, name)
			// each count is what the list gives with this value alone in its filter
			for facet, counts := range a.Facets {
				for _, c := range counts {
					other := q
					switch value := []string{c.Value}; facet {
					case "stage":
						other.Filters.Stages = value
					case "region":
						other.Filters.Regions = value
					case "sharing":
						other.Filters.Sharing = value
					case "freshness":
						other.Filters.Freshness = value
					case "in":
						other.Filters.In = value
					case "type":
						other.Filters.Type = value
					}
					got, _ := find(t, w.As(w.Rep), w.Search, other)
					require.Len(t, got, c.Count, "%s: %s=%s", name, facet, c.Value)
				}
			}
		}
	}
	testSets(t, w, sets)
	only := func(f search.Filters, want ...string) {
		t.Helper()
		titles, _ := find(t, w.As(w.Rep), w.Search, search.Query{Text: "walrus", Filters: f})
		require.ElementsMatch(t, want, titles)
	}
	only(search.Filters{Freshness: []string{"current"}}, "Walrus old")
	only(search.Filters{Freshness: []string{"due"}}, "Walrus due")
	only(search.Filters{Sets: []search.Set{sets["hand"]}}, "Walrus due")
	only(search.Filters{Sets: []search.Set{sets["rule"]}}, "Walrus old", "Walrus new")
	only(search.Filters{Sets: []search.Set{}})
	for sort, want := range map[string]string{search.SortNew: "Walrus new", search.SortUsed: "Walrus due", search.SortRated: "Walrus old"} {
		titles, _ := find(t, w.As(w.Rep), w.Search, search.Query{Text: "walrus", Sort: sort})
		require.Len(t, titles, 3)
		require.Equal(t, want, titles[0], sort)
		var paged []string
		for i := range 3 {
			one, _ := find(t, w.As(w.Rep), w.Search, search.Query{Text: "walrus", Sort: sort, Limit: 1, Offset: i})
			paged = append(paged, one...)
		}
		require.Equal(t, titles, paged, sort)
	}
	// another order than the best is of what has all the words, and of any where nothing has all
	for i := range 5 {
		guide(t, w, library.Imported{Title: fmt.Sprintf("Walrus note %d", i), BodyText: "Unrelated."})
	}
	index()
	titles, _ := find(t, w.As(w.Rep), w.Search, search.Query{Text: "about walrus decision", Sort: search.SortNew})
	require.ElementsMatch(t, []string{"Walrus due", "Walrus old"}, titles)
	titles, _ = find(t, w.As(w.Rep), w.Search, search.Query{Text: "walrus zeppelinwerft", Sort: search.SortNew})
	require.NotEmpty(t, titles)
	// more than one answer of a search has: what has all the words follows the best
	for i := range 130 {
		guide(t, w, library.Imported{Title: fmt.Sprintf("Puffin %d", i), BodyText: "Cliffs."})
	}
	index()
	found, err := w.Search.IDs(w.As(w.Rep), search.Query{Text: "puffin"})
	require.NoError(t, err)
	require.Len(t, found, 130)
}

// testSets looks whether the counts of collections are what choosing one of them shows, whatever else is chosen.
func testSets(t *testing.T, w *domaintest.World, sets map[string]search.Set) {
	t.Helper()
	all := []search.Set{sets["hand"], sets["rule"], {}}
	for _, text := range []string{"walrus", "about walrus", "walrus zeppelinwerft", "nordics", "zeppelinwerft", ""} {
		for name, f := range map[string]search.Filters{"none": {}, "stage": {Stages: []string{"decision"}}, "one of them": {Sets: all[:1]}, "other kinds": {In: []string{search.Idea}}} {
			for _, sort := range []string{search.SortBest, search.SortNew} {
				q := search.Query{Text: text, Filters: f, Sort: sort, Limit: 1, Facets: []string{"stage"}}
				counts, err := w.Search.CountSets(w.As(w.Rep), q, all)
				require.NoError(t, err)
				for i, n := range counts {
					q.Filters.Sets, q.Limit = all[i:i+1], 20
					got, a := find(t, w.As(w.Rep), w.Search, q)
					require.Equal(t, []int{a.EstimatedTotal, len(got)}, []int{n, n}, "%q, %s, %s, set %d", text, name, sort, i)
				}
			}
		}
	}
	counts, err := w.Search.CountSets(w.As(w.Rep), search.Query{Text: "walrus"}, all)
	require.NoError(t, err)
	require.Equal(t, []int{1, 2, 0}, counts)
	counts, err = w.Search.CountSets(w.As(w.Marketer), search.Query{Text: "walrus"}, all)
	require.NoError(t, err)
	require.Equal(t, 2, counts[0], "marketing sees what is expired, and nobody else counts it")
}

func TestPostgresNarrowsCountsAndSorts(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	testNarrowing(t, w, func() { w.Index(1) })
}

func TestMeilisearchNarrowsCountsAndSorts(t *testing.T) {
	t.Parallel()
	w := withMeili(t, startNode(t))
	testNarrowing(t, w, func() { catchUp(t, w) })
}

func TestWhatIsNotNewAnyMoreIsLookedAtAgain(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	id := w.Resource("Walrus")
	_, err := w.Search.Heal(t.Context())
	require.NoError(t, err)
	fresh := func() (f string) {
		require.NoError(t, w.DB.PG(t.Context()).QueryRow(t.Context(), `SELECT freshness FROM search_documents WHERE id = $1`, id).Scan(&f))
		return f
	}
	require.Equal(t, "new", fresh())
	// time passes; nothing is written about the resource
	w.Exec(`UPDATE search_documents SET at = at - interval '31 days' WHERE id = $1`, id)
	w.Exec(`UPDATE resources SET published_at = published_at - interval '31 days', created_at = created_at - interval '31 days' WHERE id = $1`, id)
	for _, want := range []int{1, 0} {
		d, err := w.Search.Heal(t.Context())
		require.NoError(t, err)
		require.Equal(t, want, d.Things)
		require.Equal(t, "current", fresh())
	}
	w.Exec(`UPDATE resources SET expires_at = now() - interval '1 second' WHERE id = $1`, id)
	w.Exec(`UPDATE search_documents SET visible_until = now() - interval '1 second' WHERE id = $1`, id)
	for _, want := range []int{1, 0} {
		d, err := w.Search.Heal(t.Context())
		require.NoError(t, err)
		require.Equal(t, want, d.Things)
		require.Equal(t, "expired", fresh())
	}
}
