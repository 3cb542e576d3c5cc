package demand_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/demand"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/ideas"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

type world struct {
	*domaintest.World
	t *testing.T
}

func setup(t *testing.T) world { return world{domaintest.New(t), t} }

func (w world) search(u auth.User, words string, found int, opened bool) {
	w.t.Helper()
	require.NoError(w.t, w.Demand.Report(w.As(u), demand.Report{Words: words, Found: found, Opened: opened}))
}

// at lets something happen some days ago.
func (w world) at(daysAgo int, do func()) {
	w.Demand.SetNow(func() time.Time { return db.Now().AddDate(0, 0, -daysAgo) })
	do()
	w.Demand.SetNow(db.Now)
}

func (w world) cards(state demand.State) []demand.Card {
	w.t.Helper()
	cards, err := w.Demand.List(w.As(w.Marketer), state)
	require.NoError(w.t, err)
	return cards
}

func (w world) sweep() {
	w.t.Helper()
	w.Index(1)
	require.NoError(w.t, w.Demand.Sweep(w.t.Context(), demand.SweepArgs{}))
	w.Deliver(2)
}

// told gives the titles of what somebody heard that it exists now.
func (w world) told(u auth.User) (titles []string) {
	for _, n := range w.Inbox(u) {
		if n.Reason == "searched" {
			require.Equal(w.t, "resource", n.ObjectType)
			require.NotContains(w.t, string(n.Data), "notify", "nobody reads who else was told")
			titles = append(titles, n.Title)
		}
	}
	return titles
}

func TestSearchesThatMissBecomeCardsByLikeness(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.search(w.Rep, "Pilot  pricing", 0, false)
	w.search(w.Rep, "pilot pricing", 2, false) // the same words on the same day
	w.search(w.Colleague, "prices for pilots", 3, false)
	w.search(w.Stranger, "pricing pilot?", 0, false)
	w.search(w.Stranger, "haccp checklist", 0, false)
	w.search(w.Marketer, "battery life", 4, true) // found
	w.search(w.Rep, "x", 0, false)                // says nothing
	cards := w.cards(demand.Open)
	require.Len(t, cards, 2)
	c := cards[0]
	require.Equal(t, []int{3, 3, 1, 3, 0}, []int{c.Searches, c.People, c.Days, c.Recent, c.Before})
	require.Equal(t, 1, c.Nothing, "the first one gave results when it was tried again")
	require.Contains(t, append(c.Spellings, c.Words), "pricing pilot?")
	require.Equal(t, "haccp checklist", cards[1].Words)

	w.search(w.Rep, "pilot pricing", 2, true) // and was opened after all
	require.Equal(t, 2, w.cards(demand.Open)[0].Searches)

	w.at(20, func() {
		w.search(w.Rep, "haccp checklists", 0, false)
		w.search(w.Colleague, "HACCP checklist", 0, false)
	})
	for _, c := range w.cards(demand.Open) {
		if strings.HasPrefix(strings.ToLower(c.Words), "haccp") {
			require.Equal(t, []int{3, 2, 1, 2}, []int{c.Searches, c.Days, c.Recent, c.Before})
		}
	}
	w.Code(errs.Invalid, w.Demand.Report(w.As(w.Rep), demand.Report{Words: strings.Repeat("a", 201)}))
}

func TestNobodyIsNamedUnlessTheySaidSo(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.search(w.Rep, "cold chain audit", 0, false)
	_, err := w.Demand.SetSettings(w.As(w.Colleague), demand.Settings{Named: true})
	require.NoError(t, err)
	w.search(w.Colleague, "cold chain audit", 0, false)
	require.Zero(t, w.Int(`SELECT count(*) FROM demand_searches s WHERE s::text LIKE '%' || $1 || '%'`, w.Rep.ID.String()), "nothing says that it was Rita")
	named := w.cards(demand.Open)[0].Named
	require.Len(t, named, 1)
	require.Equal(t, w.Colleague.ID, named[0].ID)
	require.NotEqual(t, w.Int(`SELECT count(DISTINCT who) FROM demand_searches`), 1)

	_, err = w.Demand.SetSettings(w.As(w.Colleague), demand.Settings{})
	require.NoError(t, err)
	require.Empty(t, w.cards(demand.Open)[0].Named)
	require.Zero(t, w.Int(`SELECT count(user_id) FROM demand_searches`))
}

func TestWhatIsOldIsForgotten(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.at(181, func() { w.search(w.Rep, "telex manual", 0, false) })
	w.at(179, func() { w.search(w.Rep, "fax manual for depots", 0, false) })
	w.search(w.Rep, "loading dock safety", 0, false)
	require.GreaterOrEqual(t, w.Int(`SELECT count(*) FROM demand_keys`), 2)
	require.NoError(t, w.Demand.Forget(t.Context(), demand.ForgetArgs{}))
	require.Len(t, w.cards(""), 2)
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM demand_keys`), "codes of months that are over mean nothing any more")
	require.Zero(t, w.Int(`SELECT count(*) FROM demand_cards WHERE words = 'telex manual'`))
}

func TestACardIsDismissedBroughtBackAndMadeARequestOnce(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.search(w.Rep, "tender templates", 0, false)
	id := w.cards(demand.Open)[0].ID
	for range 2 {
		_, err := w.Demand.Dismiss(w.As(w.MarketingLead), id, true)
		require.NoError(t, err)
	}
	require.Empty(t, w.cards(demand.Open))
	w.search(w.Colleague, "tender templates", 0, false)
	require.Equal(t, 2, w.cards(demand.Dismissed)[0].Searches)
	_, err := w.Demand.Dismiss(w.As(w.MarketingLead), id, false)
	require.NoError(t, err)
	results := domaintest.Race(6, func(int) error { _, err := w.Demand.Request(w.As(w.Marketer), id); return err })
	require.Equal(t, 6, w.Won(results))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM ideas`))
	c := w.cards(demand.Requested)[0]
	i, err := w.Ideas.Get(w.As(w.Stranger), c.IdeaID.UUID)
	require.NoError(t, err)
	require.Equal(t, ideas.KindRequest, i.Kind)
	require.Equal(t, "Tender templates", i.Title)
	require.Contains(t, i.Body, "2 searches by at least 2 people")
	require.NotContains(t, i.Body, "Rita")
	_, err = w.Demand.Request(w.As(w.Marketer), uuid.New())
	w.Code(errs.NotFound, err)
	_, err = w.Demand.Dismiss(w.As(w.Marketer), uuid.New(), true)
	w.Code(errs.NotFound, err)
}

func TestWhoSearchedIsToldOnceThatItExists(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.Resource("Older than the question: haccp checklist")
	w.sweep() // begins here
	for _, u := range []auth.User{w.Rep, w.Stranger} {
		_, err := w.Demand.SetSettings(w.As(u), demand.Settings{Named: true})
		require.NoError(t, err)
	}
	w.search(w.Rep, "haccp checklist", 2, false)
	w.search(w.Colleague, "haccp checklist", 2, false) // without a name
	w.search(w.Stranger, "drone delivery permits", 0, false)
	w.sweep()
	require.Empty(t, w.told(w.Rep))
	w.Resource("A checklist for HACCP")
	body := w.Resource("Flying in cities") // says it in its text only
	w.Exec(`UPDATE resources SET body_text = 'Every drone needs a permit for each delivery.' WHERE id = $1`, body)
	w.Resource("Drones") // not all of the words
	w.sweep()
	w.sweep()
	require.Equal(t, []string{"A checklist for HACCP"}, w.told(w.Rep))
	require.Empty(t, w.told(w.Colleague))
	require.Equal(t, []string{"Flying in cities"}, w.told(w.Stranger))
	require.Len(t, w.cards(demand.Answered), 2)

	w.Resource("Another HACCP checklist")
	w.sweep()
	require.Len(t, w.told(w.Rep), 1, "told once")
	w.search(w.Rep, "haccp checklist", 2, false) // still not what they look for
	open := w.cards(demand.Open)
	require.Len(t, open, 1)
	require.Equal(t, 1, open[0].Searches, "the searches since the answer")
	w.Resource("The third HACCP checklist")
	w.sweep()
	require.Len(t, w.told(w.Rep), 2)
}

func TestWhatIsNotForAllYetIsNoNewsYet(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.sweep()
	_, err := w.Demand.SetSettings(w.As(w.Rep), demand.Settings{Named: true})
	require.NoError(t, err)
	w.search(w.Rep, "winter tyres", 0, false)
	id := w.Resource("Winter tyres")
	r, err := w.Library.Resource(w.As(w.Marketer), id)
	require.NoError(t, err)
	release := db.Now().Add(time.Hour)
	_, err = w.Library.UpdateResource(w.As(w.Marketer), id, r.Rev, library.Details{Title: r.Title, ContentType: "guide", Lang: "en", ReleaseAt: &release})
	require.NoError(t, err)
	w.sweep()
	require.Empty(t, w.told(w.Rep))
	w.Exec(`UPDATE demand_marks SET at = now()`)
	w.Exec(`UPDATE resources SET release_at = now() + interval '5 milliseconds' WHERE id = $1`, id)
	require.Eventually(t, func() bool {
		require.NoError(t, w.Demand.Sweep(context.Background(), demand.SweepArgs{}))
		w.Deliver(1)
		return len(w.told(w.Rep)) == 1
	}, 5*time.Second, 20*time.Millisecond)
}

func TestTheFollowersOfARequestHearOfItToo(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.sweep()
	_, err := w.Demand.SetSettings(w.As(w.Rep), demand.Settings{Named: true})
	require.NoError(t, err)
	for _, words := range []string{"customs forms brazil", "tail lift rental"} {
		w.search(w.Rep, words, 0, false)
	}
	byWords := map[string]demand.Card{}
	for _, c := range w.cards(demand.Open) {
		c, err = w.Demand.Request(w.As(w.Marketer), c.ID)
		require.NoError(t, err)
		byWords[c.Words] = c
		_, err = w.Ideas.Vote(w.As(w.Colleague), c.IdeaID.UUID, true) // and so follows it
		require.NoError(t, err)
	}
	// one is answered by something that nobody made for it
	w.Resource("Customs forms for Brazil")
	// the other one by the piece that was planned from it, although none of its words is in there
	d, err := w.Drafts.Create(w.As(w.Marketer), drafts.Input{Title: "Hydraulic platforms", ContentType: "blog_post", Ideas: []uuid.UUID{byWords["tail lift rental"].IdeaID.UUID}})
	require.NoError(t, err)
	_, err = w.Drafts.SaveDocument(w.As(w.Marketer), d.ID, 1, domaintest.Text("They lift two tons."))
	require.NoError(t, err)
	_, err = w.Drafts.Move(w.As(w.Marketer), d.ID, "start")
	require.NoError(t, err)
	_, err = w.Drafts.Submit(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	versions, err := w.Drafts.Versions(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	for _, u := range []auth.User{w.MarketingLead, w.SalesLead} {
		_, err = w.Drafts.Approve(w.As(u), d.ID, versions[0].ID, versions[0].Hash)
		require.NoError(t, err)
	}
	_, err = w.Drafts.Publish(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	w.sweep()
	require.ElementsMatch(t, []string{"Customs forms for Brazil", "Hydraulic platforms"}, w.told(w.Rep))
	require.Equal(t, []string{"Customs forms for Brazil"}, w.told(w.Colleague), "of the other one its followers hear by the state of the request")
}
