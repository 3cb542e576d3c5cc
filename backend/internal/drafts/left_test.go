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

func disable(w *domaintest.World, u auth.User) {
	w.Exec(`UPDATE users SET disabled_at = now() WHERE id = $1`, u.ID)
}

func TestANamedApproverWhoIsGoneDoesNotHoldTheDraftUp(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	mode(w, drafts.Named, 2, w.Rep.ID, w.MarketingLead.ID)
	d := inReview(t, w, drafts.Input{})
	v := current(t, w, d.ID)
	w.Code(errs.Forbidden, approve(w, w.SalesLead, d.ID, v), "not asked yet")
	insert := `INSERT INTO approvals (id, draft_id, version_id, hash, side, user_id, mode, on_behalf_of) VALUES ($1, $2, $3, $4, 'sales', $5, 'named', $6)`
	require.Error(t, w.Try(insert, db.NewID(), d.ID, v.ID, v.Hash, w.SalesLead.ID, w.Rep.ID), "nor in the database")

	disable(w, w.Rep)
	require.NoError(t, w.Drafts.NudgeAt(t.Context(), time.Now()))
	require.NoError(t, w.Drafts.NudgeAt(t.Context(), time.Now()))
	w.Deliver(2)
	told := 0
	for _, n := range w.Inbox(w.SalesLead) {
		if n.Verb == "draft.left" {
			told++
			require.Equal(t, "approval", n.Reason)
		}
	}
	require.Equal(t, 1, told, "the lead of that side hears of it, once")
	st, err := w.Drafts.ApprovalStatus(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	for _, p := range st.People {
		if p.Person.ID == w.Rep.ID {
			require.True(t, p.Left && p.Waits)
			require.Equal(t, w.SalesLead.ID, p.Instead[0].ID)
			require.Len(t, p.Instead, 1, "not the administrator, while there is a lead")
		}
	}
	waiting, err := w.Drafts.List(w.As(w.SalesLead), drafts.Filter{Waiting: true, Limit: 10})
	require.NoError(t, err)
	require.Len(t, waiting, 1)
	for _, u := range []auth.User{w.Colleague, w.Stranger} {
		w.Code(errs.NotFound, approve(w, u, d.ID, v))
	}
	w.Code(errs.Forbidden, approve(w, w.Admin, d.ID, v))
	require.Error(t, w.Try(insert, db.NewID(), d.ID, v.ID, v.Hash, w.Colleague.ID, w.Rep.ID), "only a lead")

	require.NoError(t, approve(w, w.SalesLead, d.ID, v))
	require.NoError(t, approve(w, w.SalesLead, d.ID, v)) // a double click
	require.NoError(t, approve(w, w.MarketingLead, d.ID, v))
	require.Equal(t, drafts.Approved, get(t, w, d.ID).State)
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM approvals WHERE draft_id = $1 AND user_id = $2 AND on_behalf_of = $3`, d.ID, w.SalesLead.ID, w.Rep.ID))
}

func TestWithoutALeadAnAdministratorStepsInAndWithoutEitherTheWriterHears(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	mode(w, drafts.NOfM, 2, w.Rep.ID, w.MarketingLead.ID)
	d := inReview(t, w, drafts.Input{})
	v := current(t, w, d.ID)
	disable(w, w.Rep)
	disable(w, w.SalesLead)
	require.Contains(t, get(t, w, d.ID).Allowed(w.Admin), "approve")
	w.Exec(`UPDATE users SET admin = false WHERE id = $1`, w.Admin.ID)
	require.NoError(t, w.Drafts.NudgeAt(t.Context(), time.Now()))
	w.Deliver(1)
	verbs := []string{}
	for _, n := range w.Inbox(w.Marketer) {
		verbs = append(verbs, n.Verb)
	}
	require.Contains(t, verbs, "draft.left")
	require.NotContains(t, get(t, w, d.ID).Allowed(w.Admin), "approve")
	w.Exec(`UPDATE users SET admin = true WHERE id = $1`, w.Admin.ID)
	require.NoError(t, approve(w, w.Admin, d.ID, v))
	require.NoError(t, approve(w, w.MarketingLead, d.ID, v))
	require.Equal(t, drafts.Approved, get(t, w, d.ID).State)
}

func TestNobodyComesToSeeAConfidentialDraftBecauseSomebodyIsGone(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	mode(w, drafts.Named, 1)
	d := inReview(t, w, drafts.Input{Confidential: true, Approvers: []uuid.UUID{w.Rep.ID}})
	v := current(t, w, d.ID)
	disable(w, w.Rep)
	w.Code(errs.NotFound, approve(w, w.SalesLead, d.ID, v))
	require.Error(t, w.Try(`INSERT INTO approvals (id, draft_id, version_id, hash, side, user_id, mode, on_behalf_of) VALUES ($1, $2, $3, $4, 'sales', $5, 'named', $6)`,
		db.NewID(), d.ID, v.ID, v.Hash, w.SalesLead.ID, w.Rep.ID))
	require.NoError(t, w.Drafts.NudgeAt(t.Context(), time.Now()))
	w.Deliver(1)
	require.Empty(t, w.Inbox(w.SalesLead))
	verbs := []string{}
	for _, n := range w.Inbox(w.Marketer) {
		verbs = append(verbs, n.Verb)
	}
	require.Contains(t, verbs, "draft.left", "the writer names another")
	now := get(t, w, d.ID)
	_, err := w.Drafts.Update(w.As(w.Marketer), d.ID, now.Rev, drafts.Input{Title: now.Title, ContentType: now.ContentType, Confidential: true, Plan: now.Plan, Approvers: []uuid.UUID{w.Colleague.ID}})
	require.NoError(t, err)
	require.NoError(t, approve(w, w.Colleague, d.ID, v))
	require.Equal(t, drafts.Approved, get(t, w, d.ID).State)
}

func TestOfBothSidesTheLeadsAreAskedWhenTheNamedApproverIsGone(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := inReview(t, w, drafts.Input{Approvers: []uuid.UUID{w.Rep.ID}})
	v := current(t, w, d.ID)
	disable(w, w.Rep)
	st, err := w.Drafts.ApprovalStatus(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	asked := []uuid.UUID{}
	for _, p := range st.People {
		asked = append(asked, p.Person.ID)
	}
	require.ElementsMatch(t, []uuid.UUID{w.SalesLead.ID, w.MarketingLead.ID}, asked)
	require.NoError(t, approve(w, w.SalesLead, d.ID, v))
	require.NoError(t, approve(w, w.MarketingLead, d.ID, v))
}
