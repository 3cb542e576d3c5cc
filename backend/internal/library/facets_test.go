package library_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

func counted(t *testing.T, w *domaintest.World, ctx context.Context, f library.ResourceFilter) map[string]int {
	t.Helper()
	counts, err := w.Library.Facets(ctx, f)
	require.NoError(t, err)
	m := map[string]int{}
	for _, c := range counts {
		m[c.Facet+"="+c.Value] = c.Count
	}
	return m
}

func TestAFacetCountsWhatChoosingItWouldShow(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	make := func(title, contentType, stages, personas string) uuid.UUID {
		id := w.Resource(title)
		w.Exec(`UPDATE resources SET content_type = $2, stages = $3::text[], personas = $4::text[] WHERE id = $1`, id, contentType, stages, personas)
		return id
	}
	a := make("A", "guide", "{decision}", "{CFO,CTO}")
	make("B", "guide", "{awareness,decision}", "{CFO}")
	c := make("C", "deck", "{awareness}", "{}")
	w.Exec(`UPDATE resources SET shareable = true, published_at = now() - interval '90 days' WHERE id = $1`, c)
	hidden := make("D", "deck", "{decision}", "{CFO}")
	w.Exec(`UPDATE resources SET state = 'archived' WHERE id = $1`, hidden)
	rep := w.As(w.Rep)
	require.NoError(t, w.Library.Favourite(rep, a, true))

	all := counted(t, w, rep, library.ResourceFilter{})
	require.Equal(t, map[string]int{"tab=all": 3, "tab=favourites": 1, "tab=new": 2, "tab=review_due": 0, "tab=archived": 0, "content_type=guide": 2, "content_type=deck": 1,
		"stage=decision": 2, "stage=awareness": 2, "persona=CFO": 2, "persona=CTO": 1, "lang=en": 3, "sharing=internal": 2, "sharing=shareable": 1,
		"freshness=new": 2, "freshness=current": 1}, all)
	sets := []library.Set{{ID: uuid.New(), Title: "By hand", IDs: []uuid.UUID{a, c, hidden}}, {ID: uuid.New(), Title: "By rule", Rule: &library.ResourceFilter{Personas: []string{"CFO"}, Types: []string{"guide"}}},
		{ID: uuid.New(), Title: "Empty"}}
	hand, rule := sets[0].ID.String(), sets[1].ID.String()

	for name, f := range map[string]library.ResourceFilter{
		"one": {Stages: []string{"decision"}}, "two of one": {Stages: []string{"decision", "awareness"}, Types: []string{"guide"}},
		"two": {Stages: []string{"awareness"}, Personas: []string{"CFO"}}, "a tab": {Tab: library.TabFavourites, Sharing: []string{"internal"}}, "found": {Found: []uuid.UUID{c, a}, Types: []string{"deck"}},
		"a collection": {Collections: []string{hand}, Stages: []string{"awareness"}}, "two collections": {Collections: []string{hand, rule}, Freshness: []string{"new"}},
		"one that is not theirs": {Collections: []string{uuid.NewString()}},
	} {
		f.Sets = sets
		counts := counted(t, w, rep, f)
		f.Limit = 100
		list, err := w.Library.Resources(rep, f)
		require.NoError(t, err)
		refs, err := w.Library.Refs(rep, f)
		require.NoError(t, err)
		require.Len(t, refs, len(list), "%s: a change of many is of what is listed", name)
		tab := f.Tab
		if tab == "" {
			tab = library.TabAll
		}
		require.Equal(t, len(list), counts["tab="+string(tab)], name)
		// each count is what the list gives with this value alone in its facet
		for value, try := range map[string]func(*library.ResourceFilter){
			"content_type=deck": func(f *library.ResourceFilter) { f.Types = []string{"deck"} }, "stage=awareness": func(f *library.ResourceFilter) { f.Stages = []string{"awareness"} },
			"persona=CTO": func(f *library.ResourceFilter) { f.Personas = []string{"CTO"} }, "sharing=shareable": func(f *library.ResourceFilter) { f.Sharing = []string{"shareable"} },
			"tab=new": func(f *library.ResourceFilter) { f.Tab = library.TabNew }, "freshness=current": func(f *library.ResourceFilter) { f.Freshness = []string{"current"} },
			"collection=" + hand: func(f *library.ResourceFilter) { f.Collections = []string{hand} }, "collection=" + rule: func(f *library.ResourceFilter) { f.Collections = []string{rule} },
		} {
			changed := f
			try(&changed)
			list, err := w.Library.Resources(rep, changed)
			require.NoError(t, err)
			require.Equal(t, len(list), counts[value], "%s: %s", name, value)
		}
	}
	require.Zero(t, counted(t, w, w.As(w.Stranger), library.ResourceFilter{})["tab=favourites"])
	require.Equal(t, 3, counted(t, w, rep, library.ResourceFilter{State: library.Live})["tab=all"])
	require.Zero(t, counted(t, w, rep, library.ResourceFilter{State: library.Archived})["tab=all"])
	require.Equal(t, 1, counted(t, w, w.As(w.Marketer), library.ResourceFilter{Tab: library.TabArchived})["stage=decision"])
	require.Equal(t, 3, counted(t, w, w.As(w.Marketer), library.ResourceFilter{Tab: library.TabArchived})["tab=all"])
	for tab, n := range map[library.Tab]int{library.TabAll: 3, library.TabArchived: 1} {
		list, err := w.Library.Resources(w.As(w.Marketer), library.ResourceFilter{Tab: tab, Limit: 10})
		require.NoError(t, err)
		require.Len(t, list, n)
	}
	require.Equal(t, 1, counted(t, w, w.As(w.Marketer), library.ResourceFilter{State: library.Archived})["tab=all"])
}

func TestTheBestRatedComeFirstFromPageToPageAndOneRatingAloneIsLittle(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	unrated, one, many, bad, same := w.Resource("Unrated"), w.Resource("One five"), w.Resource("Four and five"), w.Resource("Bad"), w.Resource("One five too")
	for id, ratings := range map[uuid.UUID][]int{one: {5}, same: {5}, many: {5, 5, 4, 5}, bad: {1, 1}} {
		for i, u := range []auth.User{w.Rep, w.Stranger, w.SalesLead, w.Marketer}[:len(ratings)] {
			_, err := w.Library.GiveFeedback(w.As(u), library.Feedback{ResourceID: id, Kind: library.Rating, Rating: &ratings[i]})
			require.NoError(t, err)
		}
	}
	f := library.ResourceFilter{Sort: "rated", Limit: 2}
	var seen []uuid.UUID
	for {
		page, err := w.Library.Resources(w.As(w.Rep), f)
		require.NoError(t, err)
		if len(page) == 0 {
			break
		}
		for _, r := range page {
			seen = append(seen, r.ID)
		}
		last := page[len(page)-1]
		f.After = &library.ResourcePosition{Score: last.RatingScore, ID: last.ID}
	}
	require.Equal(t, []uuid.UUID{many, same, one, bad, unrated}, seen)
	r, err := w.Library.Resource(w.As(w.Rep), many)
	require.NoError(t, err)
	require.Equal(t, 4, r.Ratings)
	require.InDelta(t, 4.75, r.Rating(), 0.001)
}

func TestWhatWasFoundKeepsItsOrderFromPageToPage(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	a, b, c, hidden := w.Resource("A"), w.Resource("B"), w.Resource("C"), w.Resource("D")
	w.Exec(`UPDATE resources SET state = 'archived' WHERE id = $1`, hidden)
	f := library.ResourceFilter{Found: []uuid.UUID{b, hidden, c, uuid.New(), a}, Sort: "best", Limit: 1}
	var seen []uuid.UUID
	for {
		page, err := w.Library.Resources(w.As(w.Rep), f)
		require.NoError(t, err)
		if len(page) == 0 {
			break
		}
		seen = append(seen, page[0].ID)
		f.After = &library.ResourcePosition{Rank: slices.Index(f.Found, page[0].ID) + 1, ID: page[0].ID}
	}
	require.Equal(t, []uuid.UUID{b, c, a}, seen)
}

func TestMarketingAndTheOwnerSayThatAResourceIsStillRight(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	id := w.Resource("Pumps")
	w.Exec(`UPDATE resources SET owner_id = $2, state = 'review_due' WHERE id = $1`, id, w.Rep.ID)
	for _, u := range []auth.User{w.Colleague, w.SalesLead} {
		_, err := w.Library.Verify(w.As(u), id, 30)
		w.Code(errs.Forbidden, err)
	}
	require.Zero(t, w.Int(`SELECT count(*) FROM resources WHERE verified_at IS NOT NULL`))
	for _, u := range []auth.User{w.Rep, w.Marketer} {
		r, err := w.Library.Verify(w.As(u), id, 30)
		require.NoError(t, err)
		require.Equal(t, library.Live, r.State)
		require.Equal(t, u.ID, r.VerifiedBy.ID)
		require.NotNil(t, r.VerifiedAt)
	}
}
