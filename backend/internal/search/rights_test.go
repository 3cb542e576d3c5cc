package search_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/ideas"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/posts"
	"byline/backend/internal/search"
)

// who lists, by name, everybody in the world.
func who(w *domaintest.World) map[string]auth.User {
	return map[string]auth.User{"rep": w.Rep, "colleague": w.Colleague, "stranger": w.Stranger, "sales lead": w.SalesLead, "marketer": w.Marketer,
		"marketing lead": w.MarketingLead, "admin": w.Admin}
}

// finders gives the names of those who find something by a word; hits, total and every facet must agree.
func finders(t *testing.T, w *domaintest.World, word string) (names []string) {
	t.Helper()
	for name, u := range who(w) {
		a, err := w.Search.Search(w.As(u), search.Query{Text: word, Facets: search.FacetNames, Limit: 50})
		require.NoError(t, err)
		require.Equal(t, len(a.Hits), a.EstimatedTotal, "%s looks for %s: the total tells of what is not shown", name, word)
		if len(a.Hits) > 0 {
			names = append(names, name)
			continue
		}
		for facet, counts := range a.Facets {
			require.Empty(t, counts, "%s looks for %s: facet %s", name, word, facet)
		}
	}
	return names
}

func testRights(t *testing.T, w *domaintest.World, index func()) {
	var everyone []string
	for name := range who(w) {
		everyone = append(everyone, name)
	}
	finds := func(word string, names ...string) {
		t.Helper()
		require.ElementsMatch(t, names, finders(t, w, word), "who finds %s", word)
	}

	i, err := w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "Quokkafoundry", Body: "Wombatsmith asked", Tags: []string{"zebratag"}})
	require.NoError(t, err)
	_, err = w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "Teamgiraffe", Visibility: ideas.Team})
	require.NoError(t, err)
	_, err = w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "Privateocelot", Visibility: ideas.Private, People: []uuid.UUID{w.Stranger.ID}, Tags: []string{"secrettag"}})
	require.NoError(t, err)

	d, err := w.Drafts.Create(w.As(w.Marketer), drafts.Input{Title: "Draftpangolin", ContentType: "blog_post", Contributors: []uuid.UUID{w.Stranger.ID}, Ideas: []uuid.UUID{i.ID},
		Plan: drafts.Plan{KeyMessage: "Keymarmot"}})
	require.NoError(t, err)
	_, err = w.Drafts.Move(w.As(w.Marketer), d.ID, "start")
	require.NoError(t, err)
	_, err = w.Drafts.SaveDocument(w.As(w.Marketer), d.ID, 1, domaintest.Text("Textlemur writes"))
	require.NoError(t, err)
	_, err = w.Drafts.Create(w.As(w.Marketer), drafts.Input{Title: "Hushcapybara", ContentType: "deck", Confidential: true, Approvers: []uuid.UUID{w.SalesLead.ID}})
	require.NoError(t, err)

	r := w.Resource("Openplatypus")
	p, err := w.Posts.Create(w.As(w.Marketer), posts.Input{OwnerID: w.Rep.ID, Network: "linkedin", Text: "Postnarwhal swims"})
	require.NoError(t, err)
	early := w.Resource("Earlykiwi")
	tomorrow := time.Now().Add(24 * time.Hour)
	_, err = w.Library.UpdateResource(w.As(w.Marketer), early, 1, library.Details{Title: "Earlykiwi", ContentType: "guide", Lang: "en", ReleaseAt: &tomorrow})
	require.NoError(t, err)
	index()

	finds("quokkafoundry", everyone...)
	finds("wombatsmith", everyone...)
	finds("zebratag", everyone...)
	finds("teamgiraffe", "rep", "colleague", "sales lead")
	finds("privateocelot", "rep", "stranger")
	finds("secrettag", "rep", "stranger")
	finds("draftpangolin", "stranger", "sales lead", "marketer", "marketing lead", "admin", "rep") // the rep filed its idea
	finds("textlemur", "stranger", "sales lead", "marketer", "marketing lead", "admin")
	finds("keymarmot", "stranger", "sales lead", "marketer", "marketing lead", "admin")
	finds("hushcapybara", "marketer", "sales lead")
	finds("openplatypus", everyone...)
	finds("earlykiwi", "marketer", "marketing lead", "admin")
	finds("postnarwhal", "marketer", "marketing lead") // its owner only when it is offered
	finds("colleague", everyone...)

	// who votes sees the title at once
	_, err = w.Ideas.Vote(w.As(w.Colleague), i.ID, true)
	require.NoError(t, err)
	finds("draftpangolin", "stranger", "sales lead", "marketer", "marketing lead", "admin", "rep", "colleague")
	finds("textlemur", "stranger", "sales lead", "marketer", "marketing lead", "admin")

	_, err = w.Posts.Offer(w.As(w.Marketer), p.ID)
	require.NoError(t, err)
	_, err = w.Library.Archive(w.As(w.Marketer), r, true)
	require.NoError(t, err)
	index()
	finds("postnarwhal", "marketer", "marketing lead", "rep")
	finds("openplatypus") // nobody who does not ask for what is archived
	for name, u := range who(w) {
		a, err := w.Search.Search(w.As(u), search.Query{Text: "openplatypus", Filters: search.Filters{State: []string{"archived"}}})
		require.NoError(t, err)
		require.Equal(t, u.IsMarketer() || u.Admin, len(a.Hits) == 1, name)
	}

	// a right that was taken away counts at once for what is shown, before any job has run
	_, err = w.Ideas.Update(w.As(w.Rep), i.ID, 0, ideas.Input{Title: "Quokkafoundry", Visibility: ideas.Private})
	if err != nil {
		current, e := w.Ideas.Get(w.As(w.Rep), i.ID)
		require.NoError(t, e)
		_, err = w.Ideas.Update(w.As(w.Rep), i.ID, current.Rev, ideas.Input{Title: "Quokkafoundry", Visibility: ideas.Private})
	}
	require.NoError(t, err)
	a, err := w.Search.Search(w.As(w.Stranger), search.Query{Text: "quokkafoundry"})
	require.NoError(t, err)
	require.Empty(t, a.Hits)
	index()
	finds("quokkafoundry", "rep")
	w.Exec(`UPDATE users SET disabled_at = now() WHERE id = $1`, w.Colleague.ID)
	a, err = w.Search.Search(w.As(w.Rep), search.Query{Text: "colleague"})
	require.NoError(t, err)
	require.Empty(t, a.Hits)
}

func TestNobodyFindsWhatTheyMayNotSee(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	testRights(t, w, func() {
		w.Index(2)
		_, err := w.Search.IndexAll(t.Context(), false, nil)
		require.NoError(t, err)
	})
}

// draftOf makes a draft that is being written.
func draftOf(t *testing.T, w *domaintest.World) uuid.UUID {
	t.Helper()
	d, err := w.Drafts.Create(w.As(w.Marketer), drafts.Input{Title: "Half written", ContentType: "blog_post"})
	require.NoError(t, err)
	_, err = w.Drafts.Move(w.As(w.Marketer), d.ID, "start")
	require.NoError(t, err)
	return d.ID
}
