package search_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/meili"
	"byline/backend/internal/search"
)

// testSynonyms looks for words of a company's own; tell brings a change to the engine.
func testSynonyms(t *testing.T, w *domaintest.World, tell func()) {
	guide(t, w, library.Imported{Title: "Zarquon container manual", BodyText: "How to load it."})
	guide(t, w, library.Imported{Title: "Blenkinsop mark two", BodyText: "Data sheet."})
	for range 5 {
		guide(t, w, library.Imported{Title: "Notes of the week", BodyText: "Nothing much happened."})
	}
	tell()
	finds := func(query, title string, want bool) {
		t.Helper()
		titles, _ := find(t, w.As(w.Rep), w.Search, search.Query{Text: query})
		if want {
			require.NotEmpty(t, titles, query)
			require.Equal(t, title, titles[0], query)
		} else {
			require.NotContains(t, titles, title, query)
		}
	}
	lead := w.As(w.SalesLead)
	finds("quibblebox", "Zarquon container manual", false)
	group, err := w.Search.AddSynonyms(lead, search.Synonyms{Kind: search.Group, Words: []string{"Quibblebox", "zarquon container", "quibblebox"}})
	require.NoError(t, err)
	require.Equal(t, []string{"Quibblebox", "zarquon container"}, group.Words)
	_, err = w.Search.AddSynonyms(w.As(w.MarketingLead), search.Synonyms{Kind: search.OneWay, Words: []string{"freezer thing"}, Finds: []string{"blenkinsop"}})
	require.NoError(t, err)
	tell()
	finds("quibblebox", "Zarquon container manual", true)
	finds("freezer thing", "Blenkinsop mark two", true)
	require.Equal(t, []search.Meaning{{Phrase: "quibblebox", Synonyms: []string{"zarquon container"}}}, w.Search.Meanings(w.As(w.Rep), "a quibblebox"))
	require.Empty(t, w.Search.Meanings(w.As(w.Rep), "blenkinsop"), "one way only")

	changed := group
	changed.Words = []string{"snorkelbox", "zarquon container"}
	changed, err = w.Search.UpdateSynonyms(lead, changed)
	require.NoError(t, err)
	_, err = w.Search.UpdateSynonyms(lead, group)
	w.Code(errs.Stale, err)
	tell()
	finds("snorkelbox", "Zarquon container manual", true)
	finds("quibblebox", "Zarquon container manual", false)
	require.NoError(t, w.Search.DeleteSynonyms(lead, changed.ID))
	w.Code(errs.NotFound, w.Search.DeleteSynonyms(lead, changed.ID))
	tell()
	finds("snorkelbox", "Zarquon container manual", false)
}

func TestSynonymsOfTheCompanyCountAtOnceInPostgres(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	testSynonyms(t, w, func() { w.Index(1) })
}

func TestSynonymsOfTheCompanyReachEveryNodeWithoutANewIndex(t *testing.T) {
	t.Parallel()
	w := withMeili(t, startNode(t))
	rebuilt := func() string {
		var settings string
		require.NoError(t, w.DB.Pool().QueryRow(t.Context(), `SELECT settings || synonyms FROM search_nodes`).Scan(&settings))
		return settings
	}
	catchUp(t, w)
	before := rebuilt()
	testSynonyms(t, w, func() {
		w.Index(1)
		require.NoError(t, w.Search.WorkSynonyms(t.Context(), search.GiveSynonyms{}))
		require.NoError(t, w.Search.WorkSweep(t.Context(), search.Sweep{}))
	})
	require.NotEqual(t, before, rebuilt())
	// a node that is filled anew knows them too
	_, err := w.Search.AddSynonyms(w.As(w.Admin), search.Synonyms{Kind: search.Group, Words: []string{"wumpus", "blenkinsop"}})
	require.NoError(t, err)
	require.NoError(t, w.Search.Rebuild(t.Context(), func(string, int) {}))
	titles, a := find(t, w.As(w.Rep), w.Search, search.Query{Text: "wumpus"})
	require.False(t, a.Degraded)
	require.Equal(t, "Blenkinsop mark two", titles[0])
}

func TestAnotherProcessHearsOfSynonymsWithinASecond(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	other := search.New(w.DB, meili.New(meili.Config{}))
	require.Empty(t, other.Meanings(t.Context(), "quibblebox"))
	_, err := w.Search.AddSynonyms(w.As(w.Admin), search.Synonyms{Kind: search.Group, Words: []string{"quibblebox", "zarquon"}})
	require.NoError(t, err)
	require.Eventually(t, func() bool { return len(other.Meanings(t.Context(), "quibblebox")) == 1 }, 5*time.Second, 50*time.Millisecond)
}

func TestWhoEditsSynonymsAndWhatTheyMayBe(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	good := search.Synonyms{Kind: search.Group, Words: []string{"a1", "b1"}}
	for _, u := range []auth.User{w.Rep, w.Marketer} {
		_, err := w.Search.AddSynonyms(w.As(u), good)
		w.Code(errs.Forbidden, err)
		w.Code(errs.Forbidden, w.Search.DeleteSynonyms(w.As(u), uuid.New()))
	}
	for field, x := range map[string]search.Synonyms{
		"body.kind":  {Kind: "other", Words: []string{"a1", "b1"}},
		"body.words": {Kind: search.Group, Words: []string{"Reefer", "reefer"}},
		"body.finds": {Kind: search.OneWay, Words: []string{"a1"}, Finds: []string{"one two three four five"}},
	} {
		_, err := w.Search.AddSynonyms(w.As(w.Admin), x)
		w.Code(errs.Invalid, err, field)
		var e *errs.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, field, e.Location)
	}
	_, err := w.Search.UpdateSynonyms(w.As(w.Admin), search.Synonyms{ID: db.NewID(), Rev: 1, Kind: search.Group, Words: good.Words})
	w.Code(errs.NotFound, err)
}
