package demand_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/demand"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/ideas"
	"byline/backend/internal/notify"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

func (w world) answer(id, resource uuid.UUID) demand.Card {
	w.t.Helper()
	c, err := w.Demand.Answer(w.As(w.Marketer), id, resource)
	require.NoError(w.t, err)
	w.Deliver(2)
	return c
}

func (w world) unanswer(id uuid.UUID) demand.Card {
	w.t.Helper()
	c, err := w.Demand.Unanswer(w.As(w.MarketingLead), id)
	require.NoError(w.t, err)
	w.Deliver(2)
	return c
}

// read marks everything of somebody as read.
func (w world) read(u auth.User) {
	w.t.Helper()
	require.NoError(w.t, w.Notify.Mark(w.As(u), nil, true))
}

func TestWhatIsThereAlreadyAnswersACardAndWhoSearchedHearsOnce(t *testing.T) {
	t.Parallel()
	w := setup(t)
	r := w.Resource("Hydraulic platforms") // none of the words is in there
	w.sweep()
	w.named(w.Rep)
	w.search(w.Rep, "tail lift rental", 0, false)
	w.search(w.Stranger, "tail lift rental", 0, false) // without a name
	id := w.cards(demand.Open)[0].ID
	for range 2 { // a double click
		c := w.answer(id, r)
		require.Equal(t, demand.Answered, c.State)
		require.Equal(t, r, c.ResourceID.UUID)
		require.True(t, c.ByHand)
		require.Equal(t, w.Marketer.ID, c.AnsweredBy.ID)
	}
	w.sweep()
	require.Equal(t, []string{"Hydraulic platforms"}, w.told(w.Rep))
	n := w.Inbox(w.Rep)[0]
	require.Equal(t, "demand.found", n.Verb)
	require.Equal(t, w.Marketer.ID, n.Actor.ID)
	require.Empty(t, w.told(w.Stranger), "nobody hears of their searches who did not say so")
	require.Empty(t, w.cards(demand.Open))

	_, err := w.Demand.Answer(w.As(w.SalesLead), id, w.Resource("Something else"))
	w.Code(errs.Conflict, err)

	// who goes on searching in vain opens it again, and another answer is news to them alone
	w.search(w.Colleague, "tail lift rental", 0, false)
	require.Len(t, w.cards(demand.Open), 1)
	w.named(w.Colleague)
	w.search(w.Colleague, "tail lift rental", 0, false)
	next := w.Resource("Lifts for hire")
	w.answer(id, next)
	require.Equal(t, []string{"Lifts for hire"}, w.told(w.Colleague))
	require.Len(t, w.told(w.Rep), 1)
	c := w.unanswer(id) // the one before holds again, by whom it was
	require.Equal(t, demand.Open, c.State)
	require.Equal(t, r, c.ResourceID.UUID)
	require.Equal(t, w.Marketer.ID, c.AnsweredBy.ID)
	require.Empty(t, w.told(w.Colleague))
}

func TestTwoWhoAnswerACardAtOnceTellOnce(t *testing.T) {
	t.Parallel()
	w := setup(t)
	two := []uuid.UUID{w.Resource("Hydraulic platforms"), w.Resource("Lifts for hire")}
	w.sweep()
	w.named(w.Rep)
	w.search(w.Rep, "tail lift rental", 0, false)
	id := w.cards(demand.Open)[0].ID
	results := domaintest.Race(4, func(n int) error { _, err := w.Demand.Answer(w.As(w.Marketer), id, two[n%2]); return err })
	require.Equal(t, 2, w.Won(results, errs.Conflict), "both tabs with the same one")
	w.Deliver(2)
	require.Len(t, w.told(w.Rep), 1)
	results = domaintest.Race(2, func(int) error { _, err := w.Demand.Unanswer(w.As(w.Marketer), id); return err })
	require.Equal(t, 2, w.Won(results))
	w.Deliver(2)
	require.Empty(t, w.told(w.Rep))
	require.Zero(t, w.Int(`SELECT count(*) FROM demand_answers`))
}

func TestAnAnswerThatIsTakenBackGoesFromWhoeverHasNotReadIt(t *testing.T) {
	t.Parallel()
	w := setup(t)
	r := w.Resource("Hydraulic platforms")
	w.sweep()
	w.named(w.Rep, w.Colleague, w.Stranger)
	for _, u := range []auth.User{w.Rep, w.Colleague} {
		w.search(u, "tail lift rental", 0, false)
	}
	id := w.cards(demand.Open)[0].ID
	w.answer(id, r)
	w.read(w.Rep)
	for range 2 {
		c := w.unanswer(id)
		require.Equal(t, demand.Open, c.State)
		require.False(t, c.ResourceID.Valid)
		require.False(t, c.ByHand)
		require.Nil(t, c.AnsweredAt)
	}
	require.Len(t, w.told(w.Rep), 1, "what was read stays")
	require.Empty(t, w.told(w.Colleague))
	n, err := w.Notify.Unread(w.As(w.Colleague))
	require.NoError(t, err)
	require.Zero(t, n)

	// done again, it is news to those alone who have not read it
	w.search(w.Stranger, "tail lift rental", 0, false)
	w.answer(id, r)
	require.Len(t, w.told(w.Rep), 1)
	require.Len(t, w.told(w.Colleague), 1)
	require.Len(t, w.told(w.Stranger), 1)

	// taken back before the job has run, nobody hears at all
	w.unanswer(id)
	_, err = w.Demand.Answer(w.As(w.Marketer), id, r)
	require.NoError(t, err)
	w.unanswer(id)
	require.Empty(t, w.told(w.Colleague))

	// or while it runs
	for range 10 {
		_, err = w.Demand.Answer(w.As(w.Marketer), id, r)
		require.NoError(t, err)
		var activity uuid.UUID
		require.NoError(t, w.DB.Pool().QueryRow(t.Context(), `SELECT told_by FROM demand_answers`).Scan(&activity))
		results := domaintest.Race(2, func(n int) error {
			if n == 0 {
				return w.Notify.Work(t.Context(), notify.Args{ActivityID: activity})
			}
			_, err := w.Demand.Unanswer(w.As(w.Marketer), id)
			return err
		})
		require.Equal(t, 2, w.Won(results))
		require.Empty(t, w.told(w.Colleague))
	}
}

func TestOnlyWhatEverybodyReadsAnswersACard(t *testing.T) {
	t.Parallel()
	w := setup(t)
	as := w.As(w.Marketer)
	archived, expired, expiring, later := w.Resource("Archived"), w.Resource("Expired"), w.Resource("Expired a minute ago"), w.Resource("Of tomorrow")
	_, err := w.Library.Archive(as, archived, true)
	require.NoError(t, err)
	w.Exec(`UPDATE resources SET state = 'expired' WHERE id = $1`, expired)
	w.Exec(`UPDATE resources SET expires_at = now() - interval '1 minute' WHERE id = $1`, expiring)
	w.Exec(`UPDATE resources SET release_at = now() + interval '1 day' WHERE id = $1`, later)
	due := w.Resource("Its review is due")
	w.Exec(`UPDATE resources SET state = 'review_due' WHERE id = $1`, due)
	w.sweep()
	w.named(w.Rep)
	w.search(w.Rep, "tail lift rental", 0, false)
	id := w.cards(demand.Open)[0].ID
	for resource, words := range map[uuid.UUID]string{archived: "archived", expired: "expired", expiring: "expired", later: "not released yet"} {
		_, err := w.Demand.Answer(as, id, resource)
		w.Code(errs.Invalid, err)
		require.ErrorContains(t, err, words)
		_, err = w.Demand.Answer(w.As(w.SalesLead), id, resource) // who does not see it
		w.Code(errs.NotFound, err)
	}
	_, err = w.Demand.Answer(as, id, uuid.New())
	w.Code(errs.NotFound, err)
	_, err = w.Demand.Answer(as, uuid.New(), due)
	w.Code(errs.NotFound, err)
	_, err = w.Demand.Unanswer(as, uuid.New())
	w.Code(errs.NotFound, err)
	require.Len(t, w.cards(demand.Open), 1)
	require.Zero(t, w.Int(`SELECT count(*) FROM demand_told`))

	_, err = w.Demand.Dismiss(as, id, true)
	require.NoError(t, err)
	_, err = w.Demand.Answer(as, id, due)
	w.Code(errs.Conflict, err)
	_, err = w.Demand.Dismiss(as, id, false)
	require.NoError(t, err)
	w.answer(id, due)
	require.Len(t, w.told(w.Rep), 1)
}

func TestARequestStaysWithItsFollowersWhenItIsThereAlready(t *testing.T) {
	t.Parallel()
	w := setup(t)
	r := w.Resource("Hydraulic platforms")
	w.sweep()
	w.named(w.Rep)
	w.at(1, func() { w.search(w.Rep, "tail lift rental", 0, false) })
	id := w.cards(demand.Open)[0].ID
	i := w.idea(w.Stranger, ideas.Input{Title: "Platforms on trucks"})
	_, err := w.Ideas.Vote(w.As(w.Colleague), i.ID, true)
	require.NoError(t, err)
	_, err = w.Demand.Link(w.As(w.Marketer), id, i.ID)
	require.NoError(t, err)
	c := w.answer(id, r)
	require.Equal(t, demand.Answered, c.State)
	require.Equal(t, i.ID, c.IdeaID.UUID)
	for _, u := range []auth.User{w.Rep, w.Colleague, w.Stranger} {
		require.Equal(t, []string{"Hydraulic platforms"}, w.told(u))
	}
	i, err = w.Ideas.Get(w.As(w.Marketer), i.ID)
	require.NoError(t, err)
	require.True(t, i.State.Open())

	require.Equal(t, demand.Requested, w.unanswer(id).State)
	w.answer(id, r)
	// what is published for it later is the answer then, and is not taken back
	w.Demand.SetNow(func() time.Time { return db.Now().Add(time.Minute) })
	w.publish("Platforms on trucks", i.ID)
	w.sweep()
	c = w.unanswer(id)
	require.Equal(t, demand.Answered, c.State)
	require.NotEqual(t, r, c.ResourceID.UUID)
	require.False(t, c.ByHand)
	require.Equal(t, []string{"Hydraulic platforms"}, w.told(w.Rep), "who was told is not told again of what they searched before")
}
