package demand_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/demand"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/ideas"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

func (w world) idea(by auth.User, in ideas.Input) ideas.Idea {
	w.t.Helper()
	i, err := w.Ideas.Create(w.As(by), in)
	require.NoError(w.t, err)
	return i
}

func (w world) named(people ...auth.User) {
	w.t.Helper()
	for _, u := range people {
		_, err := w.Demand.SetSettings(w.As(u), demand.Settings{Named: true})
		require.NoError(w.t, err)
	}
}

// publish makes a piece of an idea and publishes it.
func (w world) publish(title string, idea uuid.UUID) {
	w.t.Helper()
	d, err := w.Drafts.Create(w.As(w.Marketer), drafts.Input{Title: title, ContentType: "blog_post", Ideas: []uuid.UUID{idea}})
	require.NoError(w.t, err)
	_, err = w.Drafts.SaveDocument(w.As(w.Marketer), d.ID, 1, domaintest.Text("They lift two tons."))
	require.NoError(w.t, err)
	_, err = w.Drafts.Move(w.As(w.Marketer), d.ID, "start")
	require.NoError(w.t, err)
	_, err = w.Drafts.Submit(w.As(w.Marketer), d.ID)
	require.NoError(w.t, err)
	versions, err := w.Drafts.Versions(w.As(w.Marketer), d.ID)
	require.NoError(w.t, err)
	for _, u := range []auth.User{w.MarketingLead, w.SalesLead} {
		_, err = w.Drafts.Approve(w.As(u), d.ID, versions[0].ID, versions[0].Hash)
		require.NoError(w.t, err)
	}
	_, err = w.Drafts.Publish(w.As(w.Marketer), d.ID)
	require.NoError(w.t, err)
}

func TestAnIdeaThatIsThereBecomesTheRequestAndWhoSearchedHearsWithItsVoters(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.sweep()
	w.named(w.Rep)
	w.search(w.Rep, "tail lift rental", 0, false)
	w.search(w.Stranger, "tail lift rental", 0, false) // without a name
	id := w.cards(demand.Open)[0].ID
	i := w.idea(w.Stranger, ideas.Input{Title: "Platforms on trucks"})
	_, err := w.Ideas.Vote(w.As(w.Colleague), i.ID, true)
	require.NoError(t, err)
	as := w.As(w.Marketer)
	for range 2 {
		c, err := w.Demand.Link(as, id, i.ID)
		require.NoError(t, err)
		require.Equal(t, demand.Requested, c.State)
		require.Equal(t, i.ID, c.IdeaID.UUID)
	}
	other := w.idea(w.Rep, ideas.Input{Title: "Something else"})
	_, err = w.Demand.Link(as, id, other.ID)
	w.Code(errs.Conflict, err)
	c, err := w.Demand.Request(as, id) // there is one
	require.NoError(t, err)
	require.Equal(t, i.ID, c.IdeaID.UUID)
	require.Equal(t, 2, w.Int(`SELECT count(*) FROM ideas`))

	// undone, twice, and done again by two people at once: one of them wins
	for range 2 {
		c, err = w.Demand.Unlink(as, id)
		require.NoError(t, err)
		require.Equal(t, demand.Open, c.State)
		require.False(t, c.IdeaID.Valid)
	}
	two := []uuid.UUID{i.ID, other.ID}
	results := domaintest.Race(2, func(n int) error { _, err := w.Demand.Link(as, id, two[n]); return err })
	require.Equal(t, 1, w.Won(results, errs.Conflict))
	_, err = w.Demand.Unlink(as, id)
	require.NoError(t, err)
	_, err = w.Demand.Link(as, id, i.ID)
	require.NoError(t, err)

	w.publish("Hydraulic platforms", i.ID) // none of the words is in there
	w.sweep()
	require.Equal(t, []string{"Hydraulic platforms"}, w.told(w.Rep))
	require.Empty(t, w.told(w.Stranger), "nobody hears of their searches who did not say so")
	require.Empty(t, w.told(w.Colleague), "voters hear by the state of the idea, not twice")
	require.Len(t, w.cards(demand.Answered), 1)
}

func TestOnlyAnOpenIdeaThatEverybodySeesIsLinked(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.search(w.Rep, "tail lift rental", 0, false)
	id := w.cards(demand.Open)[0].ID
	as := w.As(w.Marketer)
	hidden := w.idea(w.Rep, ideas.Input{Title: "Of the rep", Visibility: ideas.Private})
	mine := w.idea(w.Marketer, ideas.Input{Title: "Of the marketer", Visibility: ideas.Private})
	declined := w.idea(w.Rep, ideas.Input{Title: "Declined"})
	_, err := w.Ideas.Move(as, declined.ID, declined.Rev, ideas.StateDeclined, "No.")
	require.NoError(t, err)
	for idea, code := range map[uuid.UUID]errs.Code{hidden.ID: errs.NotFound, uuid.New(): errs.NotFound, mine.ID: errs.Invalid, declined.ID: errs.Conflict} {
		_, err := w.Demand.Link(as, id, idea)
		w.Code(code, err)
	}
	require.Len(t, w.cards(demand.Open), 1)
	_, err = w.Demand.Link(as, uuid.New(), declined.ID)
	w.Code(errs.NotFound, err)
	_, err = w.Demand.Unlink(as, uuid.New())
	w.Code(errs.NotFound, err)
}

func TestNoNameStaysBehindWhoeverTakesItBackWhileSearching(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for range 15 {
		w.named(w.Rep)
		domaintest.Race(4, func(n int) error {
			if n == 0 {
				_, err := w.Demand.SetSettings(w.As(w.Rep), demand.Settings{})
				return err
			}
			return w.Demand.Report(w.As(w.Rep), demand.Report{Words: "cold chain audit " + string(rune('a'+n))})
		})
		require.Zero(t, w.Int(`SELECT count(user_id) FROM demand_searches`))
	}
}

func TestWhoTakesTheirNameBackStandsWithNoCardAnyMore(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.sweep()
	w.named(w.Rep, w.Colleague)
	for _, u := range []auth.User{w.Rep, w.Colleague} {
		w.search(u, "drone delivery permits", 0, false)
	}
	w.Resource("Drone delivery permits")
	w.sweep()
	require.Len(t, w.told(w.Rep), 1)
	_, err := w.Demand.SetSettings(w.As(w.Rep), demand.Settings{})
	require.NoError(t, err)
	require.Zero(t, w.Int(`SELECT count(*) FROM demand_told WHERE user_id = $1`, w.Rep.ID))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM demand_told`), "others stay as they are")
	card := w.cards(demand.Answered)[0]
	require.Len(t, card.Named, 1)
	require.Equal(t, w.Colleague.ID, card.Named[0].ID)
	w.sweep()
	require.Len(t, w.told(w.Rep), 1, "and hears nothing twice")
}
