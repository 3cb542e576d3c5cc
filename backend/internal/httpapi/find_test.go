package httpapi_test

import (
	"net/http"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/demand"
	"byline/backend/internal/httpapi"
	"byline/backend/internal/ideas"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
)

// What is archived, expired or not released is read by everybody, marked, new and about the same: nothing recommends it.
func TestNobodyIsRecommendedWhatTheyMayNotSee(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	const word = "Zephyranth"
	add := func(title, change string) uuid.UUID {
		id := w.resource(false).ID
		w.exec(`UPDATE resources SET title = $2, industries = '{Pharma}', `+change+` WHERE id = $1`, id, title)
		return id
	}
	read, other := add("Read by all", "lang = 'en'"), add("Like it", "lang = 'en'")
	hidden := []uuid.UUID{}
	for _, change := range []string{"state = 'archived'", "state = 'expired'", "expires_at = now() - interval '1 second'", "release_at = now() + interval '1 hour'"} {
		hidden = append(hidden, add(word+" "+change, change))
	}
	people := w.columns()[1:]
	for _, c := range people {
		require.NoError(t, w.Library.Viewed(w.author.as(), read))
		require.NoError(t, w.Library.Viewed(c.as(), read))
		for _, id := range hidden { // while it was there
			w.exec(`INSERT INTO resource_views (resource_id, user_id, day) VALUES ($1, $2, current_date - 1) ON CONFLICT DO NOTHING`, id, c.ID)
		}
		c.post("/library/visits", nil).is(http.StatusOK)
	}
	require.NoError(t, w.Library.WorkCountUse(t.Context(), library.CountUse{}))
	w.exec(`UPDATE library_visits SET seen_at = now() - interval '1 day'`)
	newcomer := w.api.rep("Nils") // has read none of it
	newcomer.post("/library/visits", nil).is(http.StatusOK)
	w.exec(`UPDATE library_visits SET seen_at = now() - interval '1 day'`)
	must[struct{}](w)(struct{}{}, w.Library.Favourite(newcomer.as(), read, true))
	for _, c := range append(people, newcomer) {
		for _, path := range []string{"/recommendations?limit=20", "/resources/" + read.String() + "/related?limit=20"} {
			body := string(c.get(path).is(http.StatusOK).Body)
			require.NotContains(t, body, word, "%s %s", c.Name, path)
			require.Contains(t, body, other.String(), "%s %s", c.Name, path)
		}
		news := string(c.post("/library/visits", nil).is(http.StatusOK).Body)
		require.NotContains(t, news, word, c.Name)
		require.Contains(t, news, other.String(), c.Name)
		if c.Side == auth.Sales && !c.Admin {
			for _, id := range hidden {
				c.get("/resources/" + id.String() + "/related").is(http.StatusNotFound)
			}
		}
	}
}

// The request of a card may be made private afterwards: the others see that there is one, and nothing of it.
func TestACardTellsNothingOfARequestThatIsNotForAll(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	id := missed(w, nil).path["id"].(uuid.UUID)
	var card httpapi.DemandCard
	w.marketer.post("/demand/"+id.String()+"/request", nil).is(http.StatusOK).into(&card)
	require.False(t, card.Hidden)
	i := must[ideas.Idea](w)(w.Ideas.Get(w.marketer.as(), card.Request.ID))
	const secret = "Zephyranth"
	must[ideas.Idea](w)(w.Ideas.Update(w.marketer.as(), i.ID, i.Rev, ideas.Input{Kind: ideas.KindRequest, Title: secret, Visibility: ideas.Private}))
	for _, c := range []*client{w.lead, w.marketingLead, w.admin} {
		body := c.get("/demand?state=requested").is(http.StatusOK)
		require.NotContains(t, string(body.Body), secret, c.Name)
		require.NotContains(t, string(body.Body), i.ID.String(), c.Name)
		var list httpapi.List[httpapi.DemandCard]
		body.into(&list)
		require.Len(t, list.Items, 1)
		require.True(t, list.Items[0].Hidden)
		// asked for again, nothing is made, and nothing is told
		require.NotContains(t, string(c.post("/demand/"+id.String()+"/request", nil).is(http.StatusOK).Body), secret)
	}
	require.Equal(t, 1, w.count(`SELECT count(*) FROM ideas`))
	var list httpapi.List[httpapi.DemandCard]
	w.marketer.get("/demand?state=requested").is(http.StatusOK).into(&list)
	require.Equal(t, secret, list.Items[0].Request.Title)
	// it can be taken off by those who do not see it, and another one be linked
	free := w.idea(ideas.Everyone)
	w.marketingLead.put("/demand/"+id.String()+"/request", 0, object{"idea_id": free.ID}).is(http.StatusConflict)
	w.marketingLead.delete("/demand/" + id.String() + "/request").is(http.StatusOK).into(&card)
	require.Equal(t, demand.Open, card.State)
	w.marketingLead.put("/demand/"+id.String()+"/request", 0, object{"idea_id": i.ID}).is(http.StatusNotFound)
	w.marketingLead.put("/demand/"+id.String()+"/request", 0, object{"idea_id": free.ID}).is(http.StatusOK).into(&card)
	require.Equal(t, free.ID, card.Request.ID)
}

// A collection's count in a search tells nothing of what is in it that one may not see, nor of collections of others.
func TestCollectionsAreCountedForWhoAsks(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	seen, archived := w.resource(false), w.resource(true)
	public := collection("everybody")(w, nil).path["id"].(uuid.UUID)
	private := collection("nobody")(w, nil).path["id"].(uuid.UUID)
	for _, c := range []uuid.UUID{public, private} {
		w.exec(`INSERT INTO collection_items (collection_id, resource_id, section, position) VALUES ($1, $2, 0, 1), ($1, $3, 0, 2)`, c, seen.ID, archived.ID)
	}
	_, err := w.Search.Heal(t.Context())
	require.NoError(t, err)
	for _, c := range append(w.columns()[1:], w.author) {
		var found httpapi.SearchAnswer
		c.get("/search?q=pump&facets=collection,type&limit=1").is(http.StatusOK).into(&found)
		want := []httpapi.SearchCount{{Value: public.String(), Count: 1}}
		if c == w.author {
			require.Len(t, found.Facets["collection"], 2)
			continue
		}
		require.Equal(t, want, found.Facets["collection"], c.Name)
		require.NotEmpty(t, found.Facets["type"])
	}
}
