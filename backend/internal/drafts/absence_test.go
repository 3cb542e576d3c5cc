package drafts_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// leave makes somebody be away from yesterday on.
func leave(t *testing.T, w *domaintest.World, who, delegate auth.User) drafts.Absence {
	t.Helper()
	a, err := w.Drafts.AddAbsence(w.As(who), drafts.AbsenceInput{StartsOn: time.Now().AddDate(0, 0, -1), EndsOn: time.Now().AddDate(0, 0, 5), DelegateID: uuid.NullUUID{UUID: delegate.ID, Valid: true}})
	require.NoError(t, err)
	return a
}

func TestADelegateApprovesForWhoIsAwayAndOnlyMeanwhile(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := inReview(t, w, drafts.Input{})
	v := current(t, w, d.ID)
	waits := func(u auth.User) int {
		t.Helper()
		list, err := w.Drafts.List(w.As(u), drafts.Filter{Waiting: true, Limit: 10})
		require.NoError(t, err)
		return len(list)
	}
	w.Code(errs.NotFound, approve(w, w.Stranger, d.ID, v))
	require.Zero(t, waits(w.Stranger))
	a := leave(t, w, w.SalesLead, w.Stranger)
	require.Equal(t, 1, waits(w.Stranger))
	require.Equal(t, 1, waits(w.SalesLead)) // who may still do it themselves
	got, err := w.Drafts.Get(w.As(w.Stranger), d.ID)
	require.NoError(t, err)
	require.ElementsMatch(t, []string{"approve", "request_changes"}, got.Allowed(w.Stranger))
	require.NoError(t, w.Drafts.RemoveAbsence(w.As(w.SalesLead), a.ID))
	w.Code(errs.NotFound, approve(w, w.Stranger, d.ID, v))
	leave(t, w, w.SalesLead, w.Stranger)
	require.NoError(t, approve(w, w.Stranger, d.ID, v))
	require.NoError(t, approve(w, w.Stranger, d.ID, v)) // a double click
	require.Zero(t, waits(w.SalesLead))
	list, err := w.Drafts.Approvals(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, w.Stranger.ID, list[0].By.ID)
	require.Equal(t, w.SalesLead.ID, list[0].OnBehalfOf.ID)
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM activities WHERE verb = 'draft.approved_by' AND actor_id = $1 AND on_behalf_of = $2`, w.Stranger.ID, w.SalesLead.ID))
	require.NoError(t, approve(w, w.MarketingLead, d.ID, v))
	require.Equal(t, drafts.Approved, get(t, w, d.ID).State)
	_, err = w.Drafts.Get(w.As(w.Stranger), d.ID) // it waits for nobody any more
	w.Code(errs.NotFound, err)
}

func TestTheWriterApprovesForNobody(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	mode(w, drafts.NOfM, 2, w.MarketingLead.ID, w.SalesLead.ID, w.Rep.ID)
	d := inReview(t, w, drafts.Input{})
	v := current(t, w, d.ID)
	leave(t, w, w.MarketingLead, w.Marketer)
	w.Code(errs.Forbidden, approve(w, w.Marketer, d.ID, v))
	insert := `INSERT INTO approvals (id, draft_id, version_id, hash, side, user_id, mode, on_behalf_of) VALUES ($1, $2, $3, $4, $5, $6, 'n_of_m', $7)`
	w.Exec(insert, db.NewID(), d.ID, v.ID, v.Hash, "marketing", w.Marketer.ID, w.MarketingLead.ID)
	w.Exec(insert, db.NewID(), d.ID, v.ID, v.Hash, "sales", w.Rep.ID, nil)
	w.Exec(`UPDATE draft_docs SET frozen = true WHERE draft_id = $1`, d.ID)
	require.Error(t, w.Try(`UPDATE drafts SET state = 'approved' WHERE id = $1`, d.ID))
}

func TestOfNPeopleNobodyCountsTwiceByStandingIn(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	mode(w, drafts.NOfM, 2, w.SalesLead.ID, w.Rep.ID, w.MarketingLead.ID)
	d := inReview(t, w, drafts.Input{})
	v := current(t, w, d.ID)
	leave(t, w, w.SalesLead, w.Rep)
	require.NoError(t, approve(w, w.Rep, d.ID, v))
	require.NoError(t, approve(w, w.Rep, d.ID, v))
	require.Equal(t, 1, get(t, w, d.ID).ApprovalsGiven())
	require.NotContains(t, get(t, w, d.ID).Allowed(w.Rep), "approve")
	require.NoError(t, approve(w, w.MarketingLead, d.ID, v))
	require.Equal(t, drafts.Approved, get(t, w, d.ID).State)
}

func TestAmongNamedPeopleOneMayAlsoSpeakForAnother(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	mode(w, drafts.Named, 2, w.SalesLead.ID, w.Rep.ID)
	d := inReview(t, w, drafts.Input{})
	v := current(t, w, d.ID)
	leave(t, w, w.SalesLead, w.Rep)
	leave(t, w, w.Rep, w.SalesLead) // in a circle
	require.NoError(t, approve(w, w.Rep, d.ID, v))
	require.Equal(t, drafts.InReview, get(t, w, d.ID).State)
	require.NoError(t, approve(w, w.Rep, d.ID, v)) // now for the lead
	require.Equal(t, drafts.Approved, get(t, w, d.ID).State)
}

func TestTimesAwayAreDaysByTheClockOfThePerson(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	day := func(s string) time.Time { d, err := time.Parse(time.DateOnly, s); require.NoError(t, err); return d }
	for _, x := range []struct{ zone, from, until, starts, ends string }{
		{"Europe/Berlin", "2027-03-27", "2027-03-28", "2027-03-26T23:00:00Z", "2027-03-28T22:00:00Z"}, // 47 hours: clocks go forward
		{"Europe/Berlin", "2027-10-31", "2027-10-31", "2027-10-30T22:00:00Z", "2027-10-31T23:00:00Z"}, // 25 hours
		{"Pacific/Kiritimati", "2027-01-01", "2027-01-01", "2026-12-31T10:00:00Z", "2027-01-01T10:00:00Z"},
		{"America/Los_Angeles", "2027-01-01", "2027-01-01", "2027-01-01T08:00:00Z", "2027-01-02T08:00:00Z"},
	} {
		u := w.Person("Zoe", auth.Sales, uuid.Nil)
		w.Exec(`UPDATE users SET timezone = $2 WHERE id = $1`, u.ID, x.zone)
		a, err := w.Drafts.AddAbsence(w.As(u), drafts.AbsenceInput{StartsOn: day(x.from), EndsOn: day(x.until)})
		require.NoError(t, err)
		require.Equal(t, x.starts, a.StartsAt.UTC().Format(time.RFC3339), x.zone)
		require.Equal(t, x.ends, a.EndsAt.UTC().Format(time.RFC3339), x.zone)
	}
}

func TestAnAbsenceThatMakesNoSenseIsRefused(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	ctx := w.As(w.Rep)
	now := time.Now()
	in := func(from, until int, delegate uuid.UUID) drafts.AbsenceInput {
		return drafts.AbsenceInput{StartsOn: now.AddDate(0, 0, from), EndsOn: now.AddDate(0, 0, until), DelegateID: uuid.NullUUID{UUID: delegate, Valid: delegate != uuid.Nil}}
	}
	for _, x := range []drafts.AbsenceInput{in(3, 2, uuid.Nil), in(-9, -8, uuid.Nil), in(1, 400, uuid.Nil), in(1, 2, w.Rep.ID), in(1, 2, w.Marketer.ID), in(1, 2, db.NewID())} {
		_, err := w.Drafts.AddAbsence(ctx, x)
		w.Code(errs.Invalid, err)
	}
	// of many at once on the same days, one
	require.Equal(t, 1, w.Won(domaintest.Race(8, func(int) error { _, err := w.Drafts.AddAbsence(ctx, in(1, 5, w.Colleague.ID)); return err }), errs.Conflict))
	mine, err := w.Drafts.Absences(ctx)
	require.NoError(t, err)
	require.Len(t, mine, 1)
	theirs, err := w.Drafts.Absences(w.As(w.Colleague)) // who stands in sees it
	require.NoError(t, err)
	require.Len(t, theirs, 1)
	a, err := w.Drafts.ChangeAbsence(ctx, mine[0].ID, 1, in(2, 6, uuid.Nil))
	require.NoError(t, err)
	require.Nil(t, a.Delegate)
	_, err = w.Drafts.ChangeAbsence(ctx, mine[0].ID, 1, in(2, 7, uuid.Nil))
	w.Code(errs.Stale, err)
	_, err = w.Drafts.ChangeAbsence(w.As(w.Colleague), a.ID, a.Rev, in(2, 7, uuid.Nil))
	w.Code(errs.NotFound, err)
	w.Code(errs.NotFound, w.Drafts.RemoveAbsence(w.As(w.Colleague), a.ID))
	require.NoError(t, w.Drafts.RemoveAbsence(ctx, a.ID))
	w.Code(errs.NotFound, w.Drafts.RemoveAbsence(ctx, a.ID))
}
