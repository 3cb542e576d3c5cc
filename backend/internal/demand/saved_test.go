package demand_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/collections"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/views"
)

// fits gives the titles of what somebody heard that it fits a view, and the views' names.
func (w world) fits(u auth.User) (all []string) {
	for _, n := range w.Inbox(u) {
		if n.Reason == "saved" {
			require.Equal(w.t, "resource", n.ObjectType)
			all = append(all, n.Title)
		}
	}
	return all
}

func (w world) view(u auth.User, name, query string, shared views.Sharing) views.View {
	w.t.Helper()
	v, err := w.Views.Create(w.As(u), views.Input{Page: "library", Name: name, Query: query, Shared: shared})
	require.NoError(w.t, err)
	return v
}

func (w world) made(title, contentType, lang string, stages ...string) uuid.UUID {
	w.t.Helper()
	id, _, err := w.Library.Import(w.As(w.Marketer), library.Imported{SourceID: db.NewID().String(), Title: title, ContentType: contentType, Lang: lang, Taxonomy: library.Taxonomy{Stages: stages}})
	require.NoError(w.t, err)
	return id
}

func TestASavedViewTellsOfWhatIsNewInItOnce(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.made("Old guide to tariffs", "guide", "en", "decision")
	w.sweep()
	guides := w.view(w.Rep, "Guides", `type=%5B%22guide%22%5D&stage=%5B%22decision%22%5D&sort=used&view=list`, views.WithSide)
	words := w.view(w.Rep, "Tariffs", `q=tariff`, views.WithNobody)
	favourites := w.view(w.Rep, "Mine", `tab=favourites&type=%5B%22guide%22%5D`, views.WithNobody)
	odd := w.view(w.Rep, "Odd", `type=%5B%22guide%22%5D&sparkles=yes`, views.WithNobody)
	for _, v := range []views.View{guides, words, favourites, odd} {
		for range 2 {
			got, err := w.Views.Tell(w.As(w.Rep), v.ID, true)
			require.NoError(t, err)
			require.True(t, got.Tells)
		}
	}
	_, err := w.Views.Tell(w.As(w.Stranger), guides.ID, true) // shared with their side
	require.NoError(t, err)
	_, err = w.Views.Tell(w.As(w.Stranger), words.ID, true)
	w.Code(errs.NotFound, err)
	_, err = w.Views.Tell(w.As(w.Marketer), guides.ID, true)
	w.Code(errs.NotFound, err)
	drafts, err := w.Views.Create(w.As(w.Rep), views.Input{Page: "drafts", Name: "Decks", Query: "type=deck", Shared: views.WithNobody})
	require.NoError(t, err)
	_, err = w.Views.Tell(w.As(w.Rep), drafts.ID, true)
	w.Code(errs.Conflict, err)

	w.made("Tariffs of Brazil", "guide", "en", "decision") // fits both
	w.made("Tariffs at a glance", "deck", "en", "decision")
	w.made("A guide for later", "guide", "en", "awareness")
	w.sweep()
	w.sweep()
	require.ElementsMatch(t, []string{"Tariffs of Brazil", "Tariffs of Brazil", "Tariffs at a glance"}, w.fits(w.Rep))
	require.Equal(t, []string{"Tariffs of Brazil"}, w.fits(w.Stranger))
	require.Empty(t, w.fits(w.Marketer))

	// what was there before is no news, although it changes
	old := w.Int(`SELECT count(*) FROM notifications`)
	w.Exec(`UPDATE resources SET summary = 'Changed' WHERE title LIKE 'Old guide%'`)
	require.NoError(t, w.reindex())
	w.sweep()
	require.Equal(t, old, w.Int(`SELECT count(*) FROM notifications`))

	// off, and taken from the others
	_, err = w.Views.Tell(w.As(w.Rep), guides.ID, false)
	require.NoError(t, err)
	_, err = w.Views.Update(w.As(w.Rep), guides.ID, guides.Rev, views.Input{Name: "Guides", Query: guides.Query, Shared: views.WithNobody})
	require.NoError(t, err)
	w.made("Guide to quotas", "guide", "en", "decision")
	w.sweep()
	require.NotContains(t, w.fits(w.Rep), "Guide to quotas")
	require.NotContains(t, w.fits(w.Stranger), "Guide to quotas")
	require.NoError(t, w.Views.Delete(w.As(w.Rep), words.ID))
	w.made("Tariffs of Chile", "guide", "en")
	w.sweep()
	require.NotContains(t, w.fits(w.Rep), "Tariffs of Chile")
	_, err = w.Views.Tell(w.As(w.Rep), words.ID, true)
	w.Code(errs.NotFound, err)
}

func (w world) reindex() error {
	_, err := w.Search.IndexAll(w.t.Context(), false, nil)
	return err
}

func TestAViewOfACollectionTellsOfWhatComesIntoIt(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.sweep()
	c, err := w.Collections.Create(w.As(w.Marketer), collections.Input{Title: "Guides", Kind: collections.ByRule, Rule: collections.Rule{ContentType: []string{"guide"}}, Shared: views.WithEverybody}, nil)
	require.NoError(t, err)
	hidden, err := w.Collections.Create(w.As(w.Marketer), collections.Input{Title: "Mine", Kind: collections.ByRule, Rule: collections.Rule{ContentType: []string{"guide"}}, Shared: views.WithNobody}, nil)
	require.NoError(t, err)
	for _, id := range []uuid.UUID{c.ID, hidden.ID} {
		v := w.view(w.Rep, "In it", `collection=%5B%22`+id.String()+`%22%5D&freshness=%5B%22new%22%5D`, views.WithNobody)
		_, err = w.Views.Tell(w.As(w.Rep), v.ID, true)
		require.NoError(t, err)
	}
	w.made("A guide", "guide", "en")
	w.made("A deck", "deck", "en")
	w.sweep()
	require.Equal(t, []string{"A guide"}, w.fits(w.Rep), "once, by the collection that they see")
}
