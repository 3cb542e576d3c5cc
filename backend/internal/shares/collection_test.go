package shares_test

import (
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/collections"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/shares"
	"byline/backend/internal/views"
)

func titles(resources []shares.Shared) (all []string) {
	for _, r := range resources {
		all = append(all, r.Title)
	}
	return all
}

// A share of a collection keeps what its maker saw in it. What comes later waits for their word; what goes, goes.
func TestAShareOfACollectionKeepsWhatWasInItThen(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	guide, prices, secret := shareable(t, w, "Pump guide"), shareable(t, w, "Price list"), w.Resource("Internal thoughts")
	c, err := w.Collections.Create(w.As(w.MarketingLead), collections.Input{Title: "Do not say this name", Kind: collections.ByHand, Shared: views.WithEverybody}, []uuid.UUID{guide, secret, prices})
	require.NoError(t, err)
	_, err = w.Collections.Arrange(w.As(w.MarketingLead), c.ID, c.Rev, []collections.Section{{Title: "", IDs: []uuid.UUID{prices}}, {Title: "To read after", IDs: []uuid.UUID{guide, secret}}})
	require.NoError(t, err)
	in := shares.Input{Recipient: "Ines", Title: "For Nordwind", Collection: uuid.NullUUID{UUID: c.ID, Valid: true}, Downloads: true}
	x, err := w.Shares.Create(w.As(w.Rep), in)
	require.NoError(t, err)
	require.Equal(t, []string{"Price list", "Pump guide"}, titles(x.Resources))
	require.Equal(t, &shares.Set{ID: c.ID, Title: "Do not say this name"}, x.Collection)
	token, err := w.Shares.Token(w.As(w.Rep), x.ID)
	require.NoError(t, err)
	seen := func() (all []string) {
		view, err := w.Shares.Open(t.Context(), token, person("a"))
		require.NoError(t, err)
		require.Equal(t, "For Nordwind", view.Heading)
		for _, r := range view.Resources {
			all = append(all, view.Sections[r.ID]+"/"+r.Title)
		}
		return all
	}
	require.Equal(t, []string{"/Price list", "To read after/Pump guide"}, seen())

	later := shareable(t, w, "Questions and answers")
	_, err = w.Collections.Put(w.As(w.MarketingLead), c.ID, later, true)
	require.NoError(t, err)
	require.Len(t, seen(), 2, "nobody is shown what the sharer has not seen")
	more, err := w.Shares.Additions(w.As(w.Rep), x.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"Questions and answers"}, titles(more))
	_, err = w.Shares.Additions(w.As(w.Stranger), x.ID)
	w.Code(errs.NotFound, err)
	for _, err := range domaintest.Race(4, func(int) error { _, err := w.Shares.Add(w.As(w.Rep), x.ID, []uuid.UUID{later, later}); return err }) {
		require.NoError(t, err)
	}
	require.Equal(t, []string{"/Price list", "To read after/Pump guide", "To read after/Questions and answers"}, seen())
	more, err = w.Shares.Additions(w.As(w.Rep), x.ID)
	require.NoError(t, err)
	require.Empty(t, more)
	_, err = w.Shares.Add(w.As(w.Rep), x.ID, []uuid.UUID{secret})
	w.Code(errs.Forbidden, err)

	w.Exec(`UPDATE resources SET state = 'archived' WHERE id = $1`, guide)
	require.Len(t, seen(), 2)
	_, err = w.Collections.Put(w.As(w.MarketingLead), c.ID, prices, false)
	require.NoError(t, err)
	require.Len(t, seen(), 2, "out of the collection is not out of the share")
	w.Exec(`UPDATE collections SET shared = 'nobody' WHERE id = $1`, c.ID)
	x, err = w.Shares.Get(w.As(w.Rep), x.ID)
	require.NoError(t, err)
	require.Empty(t, x.Collection.Title, "a title that is not theirs to see any more")
	more, err = w.Shares.Additions(w.As(w.Rep), x.ID)
	require.NoError(t, err)
	require.Empty(t, more)
	require.NoError(t, w.Collections.Delete(w.As(w.MarketingLead), c.ID))
	w.Exec(`DELETE FROM collections WHERE id = $1`, c.ID) // as it is thirty days later
	require.Len(t, seen(), 2)
}

func TestARuleDecidesOnceWhatAShareShows(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	of := func(title string) uuid.UUID {
		id := shareable(t, w, title)
		w.Exec(`UPDATE resources SET lang = 'sv' WHERE id = $1`, id)
		return id
	}
	of("Ett")
	rule := collections.Input{Title: "Swedish", Kind: collections.ByRule, Rule: collections.Rule{Lang: []string{"sv"}}, Shared: views.WithEverybody}
	c, err := w.Collections.Create(w.As(w.MarketingLead), rule, nil)
	require.NoError(t, err)
	in := shares.Input{Recipient: "Ines", Collection: uuid.NullUUID{UUID: c.ID, Valid: true}}
	x, err := w.Shares.Create(w.As(w.Rep), in)
	require.NoError(t, err)
	of("Två")
	x, err = w.Shares.Get(w.As(w.Rep), x.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"Ett"}, titles(x.Resources))
	more, err := w.Shares.Additions(w.As(w.Rep), x.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"Två"}, titles(more))

	// what one does not see, what has nothing to show, and what is too much
	hidden, err := w.Collections.Create(w.As(w.MarketingLead), collections.Input{Title: "Ours", Kind: collections.ByHand, Shared: views.WithSide}, nil)
	require.NoError(t, err)
	_, err = w.Shares.Create(w.As(w.Rep), shares.Input{Recipient: "Ines", Collection: uuid.NullUUID{UUID: hidden.ID, Valid: true}})
	w.Code(errs.Invalid, err)
	_, err = w.Shares.Create(w.As(w.MarketingLead), shares.Input{Recipient: "Ines", Collection: uuid.NullUUID{UUID: hidden.ID, Valid: true}})
	w.Code(errs.Conflict, err)
	both := in
	both.Resources = []uuid.UUID{x.Resources[0].ID}
	_, err = w.Shares.Create(w.As(w.Rep), both)
	w.Code(errs.Invalid, err)
	for i := range 49 {
		of(fmt.Sprint(i))
	}
	_, err = w.Shares.Create(w.As(w.Rep), in)
	w.Code(errs.Conflict, err)
}
