package drafts_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// mode sets how blog posts are approved.
func mode(w *domaintest.World, mode drafts.ApprovalMode, needed int, people ...uuid.UUID) {
	w.Exec(`UPDATE content_types SET approval_mode = $1, approvals_needed = $2, approver_ids = $3 WHERE key = 'blog_post'`, mode, needed, append([]uuid.UUID{}, people...))
}

func TestNamedPeopleAllSayYes(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	mode(w, drafts.Named, 2, w.Rep.ID, w.Marketer.ID) // who writes it does not count
	d := inReview(t, w, drafts.Input{Approvers: []uuid.UUID{w.MarketingLead.ID}})
	require.ElementsMatch(t, []uuid.UUID{w.Rep.ID, w.MarketingLead.ID}, d.Approval.People)
	v := current(t, w, d.ID)
	for _, u := range []auth.User{w.Marketer, w.SalesLead, w.Admin} {
		w.Code(errs.Forbidden, approve(w, u, d.ID, v), u.Name)
	}
	w.Code(errs.NotFound, approve(w, w.Stranger, d.ID, v))
	require.NoError(t, approve(w, w.MarketingLead, d.ID, v))
	require.NoError(t, approve(w, w.MarketingLead, d.ID, v)) // a double click
	mode(w, drafts.NOfM, 1)                                  // what is in review stays as it was
	require.Equal(t, drafts.InReview, get(t, w, d.ID).State)
	require.NoError(t, approve(w, w.Rep, d.ID, v))
	require.Equal(t, drafts.Approved, get(t, w, d.ID).State)
	_, err := w.Drafts.Publish(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
}

func TestWithoutEnoughPeopleNothingIsSubmitted(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{})
	ctx := w.As(w.Marketer)
	_, err := w.Drafts.Move(ctx, d.ID, "start")
	require.NoError(t, err)
	write(t, w, w.Marketer, d.ID, "First")
	for _, set := range []func(){
		func() { mode(w, drafts.Named, 2, w.Marketer.ID) },
		func() { mode(w, drafts.NOfM, 2, w.Rep.ID, w.Marketer.ID) },
	} {
		set()
		_, err = w.Drafts.Submit(ctx, d.ID)
		w.Code(errs.Conflict, err)
		st, err := w.Drafts.ApprovalStatus(ctx, d.ID)
		require.NoError(t, err)
		require.NotEmpty(t, st.Problem)
	}
	mode(w, drafts.NOfM, 2, w.Rep.ID, w.SalesLead.ID)
	d, err = w.Drafts.Submit(ctx, d.ID)
	require.NoError(t, err)
	// in review nobody whom the type asks is taken off, and the writer cannot be made one of too few
	d, err = w.Drafts.Update(ctx, d.ID, d.Rev, drafts.Input{Title: d.Title, ContentType: d.ContentType})
	require.NoError(t, err)
	require.Len(t, d.Approval.People, 2)
	require.Contains(t, d.Approvers, w.Rep.ID)
	_, err = w.Drafts.Update(ctx, d.ID, d.Rev, drafts.Input{Title: d.Title, ContentType: d.ContentType, WriterID: w.Rep.ID})
	w.Code(errs.Invalid, err)
}

func TestOfAConfidentialDraftOnlyItsOwnApproversCount(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	mode(w, drafts.Named, 2, w.Stranger.ID)
	d := inReview(t, w, drafts.Input{Confidential: true, Approvers: []uuid.UUID{w.Rep.ID}})
	require.Equal(t, []uuid.UUID{w.Rep.ID}, d.Approval.People)
	_, err := w.Drafts.Get(w.As(w.Stranger), d.ID)
	w.Code(errs.NotFound, err)
}

func TestOfManyAtOnceNOfMCountsEachPersonOnce(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	people := w.People(16)
	ids := make([]uuid.UUID, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	mode(w, drafts.NOfM, 5, ids...)
	d := inReview(t, w, drafts.Input{})
	v := current(t, w, d.ID)
	w.Code(errs.Forbidden, approve(w, w.SalesLead, d.ID, v))
	for range 2 { // whoever says it twice says it once
		require.NoError(t, approve(w, people[0], d.ID, v))
	}
	require.Equal(t, 1, get(t, w, d.ID).ApprovalsGiven())
	w.Won(domaintest.Race(32, func(n int) error { return approve(w, people[n%16], d.ID, v) }), errs.Conflict)
	d = get(t, w, d.ID)
	require.Equal(t, drafts.Approved, d.State)
	require.Equal(t, 5, d.ApprovalsGiven())
	require.Equal(t, 5, w.Int(`SELECT count(DISTINCT user_id) FROM approvals WHERE voided_at IS NULL`))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM activities WHERE verb = 'draft.moved' AND data->>'to' = 'approved'`))
}

func TestSubmittedTwiceAtOnceItIsSubmittedOnce(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{})
	_, err := w.Drafts.Move(w.As(w.Marketer), d.ID, "start")
	require.NoError(t, err)
	write(t, w, w.Marketer, d.ID, "First")
	require.Equal(t, 1, w.Won(domaintest.Race(8, func(int) error { _, err := w.Drafts.Submit(w.As(w.Marketer), d.ID); return err }), errs.Conflict))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM draft_versions WHERE reason = 'submitted'`))
}

func TestAnEditVoidsInEveryMode(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	for _, m := range []drafts.ApprovalMode{drafts.Named, drafts.NOfM} {
		mode(w, m, 2, w.Rep.ID, w.SalesLead.ID)
		d := inReview(t, w, drafts.Input{})
		require.NoError(t, approve(w, w.Rep, d.ID, current(t, w, d.ID)))
		write(t, w, w.Marketer, d.ID, "Second")
		require.Zero(t, get(t, w, d.ID).ApprovalsGiven())
		w.Code(errs.Conflict, approve(w, w.SalesLead, d.ID, current(t, w, d.ID)))
		_, err := w.Drafts.Resubmit(w.As(w.Marketer), d.ID)
		require.NoError(t, err)
		v := current(t, w, d.ID)
		require.NoError(t, approve(w, w.SalesLead, d.ID, v))
		require.NoError(t, approve(w, w.Rep, d.ID, v))
		require.Equal(t, drafts.Approved, get(t, w, d.ID).State)
	}
}

func TestTheDatabaseRefusesEveryModeWithoutItsApprovals(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	insert := `INSERT INTO approvals (id, draft_id, version_id, hash, side, user_id, mode, on_behalf_of) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	refused := func(sql string, args ...any) { t.Helper(); require.Error(t, w.Try(sql, args...), sql) }
	for _, m := range []drafts.ApprovalMode{drafts.Named, drafts.NOfM} {
		mode(w, m, 2, w.Rep.ID, w.SalesLead.ID, w.MarketingLead.ID)
		d := inReview(t, w, drafts.Input{})
		v := current(t, w, d.ID)
		w.Exec(`UPDATE draft_docs SET frozen = true WHERE draft_id = $1`, d.ID)
		state := func(to string) string { return `UPDATE drafts SET state = '` + to + `' WHERE id = $1` }
		refused(state("approved"), d.ID)
		refused(state("published"), d.ID)
		refused(insert, db.NewID(), d.ID, v.ID, v.Hash, "sales", w.Rep.ID, "both_sides", nil) // of another mode
		refused(insert, db.NewID(), d.ID, v.ID, v.Hash, "sales", w.Colleague.ID, m, w.Rep.ID) // nobody is away
		w.Exec(insert, db.NewID(), d.ID, v.ID, v.Hash, "sales", w.Rep.ID, m, nil)
		refused(insert, db.NewID(), d.ID, v.ID, v.Hash, "sales", w.Rep.ID, m, nil) // twice
		w.Exec(insert, db.NewID(), d.ID, v.ID, v.Hash, "marketing", w.Marketer.ID, m, nil)
		w.Exec(insert, db.NewID(), d.ID, v.ID, v.Hash, "sales", w.Stranger.ID, m, nil) // nobody who is asked
		refused(state("approved"), d.ID)
		refused(`UPDATE drafts SET approval_mode = 'n_of_m', approvals_needed = 1 WHERE id = $1`, d.ID) // under its approvals
		refused(`UPDATE drafts SET approval_people = ARRAY[$2::uuid] WHERE id = $1`, d.ID, w.Rep.ID)
		w.Exec(insert, db.NewID(), d.ID, v.ID, v.Hash, "sales", w.SalesLead.ID, m, nil)
		if m == drafts.Named {
			refused(state("approved"), d.ID) // one of three is missing
			w.Exec(insert, db.NewID(), d.ID, v.ID, v.Hash, "marketing", w.MarketingLead.ID, m, nil)
		}
		w.Exec(state("approved"), d.ID)
		refused(`UPDATE approvals SET voided_at = now() WHERE draft_id = $1 AND user_id = $2`, d.ID, w.Rep.ID)
		refused(`DELETE FROM approvals WHERE draft_id = $1`, d.ID)
		refused(`UPDATE approvals SET mode = 'both_sides' WHERE draft_id = $1`, d.ID)
		refused(`UPDATE approvals SET on_behalf_of = $2 WHERE draft_id = $1 AND user_id = $3`, d.ID, w.Colleague.ID, w.Rep.ID)
		refused(`UPDATE drafts SET writer_id = $2 WHERE id = $1`, d.ID, w.SalesLead.ID)
		refused(`UPDATE drafts SET approval_mode = 'both_sides' WHERE id = $1`, d.ID)
	}
}
