package drafts_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/platform/auth"
)

// heard counts what somebody's inbox has of a verb.
func heard(w *domaintest.World, u auth.User, verb string) (n int) {
	for _, line := range w.Inbox(u) {
		if line.Verb == verb {
			n++
		}
	}
	return n
}

func TestWhoIsWaitedForIsRemindedOnceAndThenTheLeadIsTold(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	w.Exec(`UPDATE content_types SET remind_hours = 48, escalate_hours = 96`)
	d := inReview(t, w, drafts.Input{Approvers: []uuid.UUID{w.Rep.ID, w.MarketingLead.ID}})
	start := time.Now()
	after := func(hours int) {
		t.Helper()
		// several processes, and again after a restart
		for _, err := range domaintest.Race(4, func(int) error { return w.Drafts.NudgeAt(t.Context(), start.Add(time.Duration(hours)*time.Hour)) }) {
			require.NoError(t, err)
		}
		require.NoError(t, w.Drafts.NudgeAt(t.Context(), start.Add(time.Duration(hours)*time.Hour)))
		w.Deliver(2)
	}
	told := func(reminded, escalated int) {
		t.Helper()
		require.Equal(t, reminded, heard(w, w.Rep, "draft.reminded"))
		require.Equal(t, escalated, heard(w, w.SalesLead, "draft.escalated"))
		require.Zero(t, heard(w, w.Marketer, "draft.reminded"), "the writer follows it, and is not the one to be reminded")
	}
	after(47)
	told(0, 0)
	after(49)
	told(1, 0)
	require.Equal(t, 1, heard(w, w.MarketingLead, "draft.reminded"))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM activities WHERE verb = 'draft.reminded'`), "both in one line")
	st, err := w.Drafts.ApprovalStatus(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	require.Len(t, st.People, 2)
	require.NotNil(t, st.People[0].RemindedAt)
	after(97)
	told(1, 1)
	require.Zero(t, heard(w, w.MarketingLead, "draft.escalated"), "there is no lead above the only lead")
	st, err = w.Drafts.ApprovalStatus(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	for _, p := range st.People {
		if p.Person.ID == w.Rep.ID {
			require.Equal(t, w.SalesLead.ID, p.EscalatedTo[0].ID)
		}
	}
	// the next version begins anew, and whoever said yes is left alone
	_, err = w.Drafts.Resubmit(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	require.NoError(t, approve(w, w.Rep, d.ID, current(t, w, d.ID)))
	after(200)
	told(1, 1)
	require.Equal(t, 2, heard(w, w.MarketingLead, "draft.reminded"))
	require.NoError(t, approve(w, w.MarketingLead, d.ID, current(t, w, d.ID)))
	after(2000)
	told(1, 1)
}

func TestADelegateHearsWhenItIsSubmittedAndWhenSomebodyLeavesLater(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	later := inReview(t, w, drafts.Input{Title: "Waits already"})
	leave(t, w, w.SalesLead, w.Colleague)
	for range 2 {
		require.NoError(t, w.Drafts.NudgeAt(t.Context(), time.Now()))
	}
	w.Deliver(2)
	require.Equal(t, 1, heard(w, w.Colleague, "draft.delegated"))
	first := inReview(t, w, drafts.Input{Title: "Is submitted"})
	require.NoError(t, w.Drafts.NudgeAt(t.Context(), time.Now()))
	w.Deliver(2)
	require.Equal(t, 1, heard(w, w.Colleague, "draft.delegated"), "they were asked when it was submitted")
	require.Equal(t, 1, heard(w, w.Colleague, "draft.moved"))
	require.NoError(t, approve(w, w.Colleague, first.ID, current(t, w, first.ID)))
	// reminders go to both
	require.NoError(t, w.Drafts.NudgeAt(t.Context(), time.Now().Add(50*time.Hour)))
	w.Deliver(1)
	require.Equal(t, 1, heard(w, w.Colleague, "draft.reminded"))
	require.Equal(t, 1, heard(w, w.SalesLead, "draft.reminded"))
	require.NoError(t, approve(w, w.Colleague, later.ID, current(t, w, later.ID)))
}

func TestNobodyIsToldOfAConfidentialDraftThatTheyDoNotSee(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	inReview(t, w, drafts.Input{Confidential: true, Approvers: []uuid.UUID{w.Rep.ID, w.MarketingLead.ID}})
	require.NoError(t, w.Drafts.NudgeAt(t.Context(), time.Now().Add(500*time.Hour)))
	w.Deliver(1)
	require.Equal(t, 1, heard(w, w.Rep, "draft.reminded"))
	require.Zero(t, heard(w, w.SalesLead, "draft.escalated"))
}
