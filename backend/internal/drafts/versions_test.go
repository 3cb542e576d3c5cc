package drafts_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// versions gives number and reason of the versions of a draft, newest first.
func versions(t *testing.T, w *domaintest.World, d drafts.Draft) (list []string) {
	t.Helper()
	found, err := w.Drafts.Versions(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	for _, v := range found {
		list = append(list, fmt.Sprintf("%d %s", v.Number, v.Reason))
	}
	return list
}

func TestAVersionIsKeptOfEveryTenMinutesOfWorkAndOnlyOfWork(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{})
	keep := func(after time.Duration) { t.Helper(); require.NoError(t, w.Drafts.KeepAfter(t.Context(), after)) }
	keep(0) // nothing was written
	require.Empty(t, versions(t, w, d))
	write(t, w, w.Marketer, d.ID, "First")
	keep(drafts.KeepEvery) // not yet
	require.Empty(t, versions(t, w, d))
	w.Exec(`UPDATE draft_commits SET at = at - interval '11 minutes'`)
	write(t, w, w.MarketingLead, d.ID, "First words")
	keep(drafts.KeepEvery)
	keep(drafts.KeepEvery) // as a job that runs again
	require.Equal(t, []string{"1 automatic"}, versions(t, w, d))
	found, err := w.Drafts.Versions(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	require.Equal(t, w.MarketingLead.ID, found[0].By.ID) // who changed it last
	require.Len(t, found[0].Writers, 2)

	write(t, w, w.Marketer, d.ID, "Second")
	write(t, w, w.Marketer, d.ID, "First words") // and back: nothing to keep
	keep(0)
	require.Len(t, versions(t, w, d), 1)
	write(t, w, w.Marketer, d.ID, "Third")
	for _, err := range domaintest.Race(8, func(int) error { return w.Drafts.KeepAfter(t.Context(), 0) }) {
		require.NoError(t, err)
	}
	require.Equal(t, []string{"2 automatic", "1 automatic"}, versions(t, w, d))
}

func TestRestoringKeepsWhatWasThereAndWhatIsThereNow(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{})
	ctx := w.As(w.Marketer)
	write(t, w, w.Marketer, d.ID, "First")
	require.NoError(t, w.Drafts.NameVersion(ctx, d.ID, "Good"))
	write(t, w, w.Marketer, d.ID, "Worse")
	list, err := w.Drafts.Versions(ctx, d.ID)
	require.NoError(t, err)
	doc, err := w.Drafts.Document(ctx, d.ID)
	require.NoError(t, err)
	_, err = w.Drafts.Restore(ctx, d.ID, list[0].ID, doc.Version-1)
	w.Code(errs.Stale, err)
	require.Len(t, versions(t, w, d), 1)
	_, err = w.Drafts.Restore(ctx, d.ID, list[0].ID, doc.Version)
	require.NoError(t, err)
	require.Equal(t, []string{"3 restored", "2 automatic", "1 named"}, versions(t, w, d))
	doc, err = w.Drafts.Document(ctx, d.ID)
	require.NoError(t, err)
	require.Equal(t, "First", doc.Text)
	list, err = w.Drafts.Versions(ctx, d.ID)
	require.NoError(t, err)
	require.Equal(t, 1, list[0].FromNumber)
}

func TestVersionsGetNamesAfterwardsAndTellWhatBecameOfThem(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	ctx := w.As(w.Marketer)
	d, err := w.Drafts.Publish(ctx, approved(t, w, drafts.Input{}).ID)
	require.NoError(t, err)
	v, err := w.Drafts.RenameVersion(ctx, d.ID, d.CurrentVersionID.UUID, " For the fair ")
	require.NoError(t, err)
	require.Equal(t, "For the fair", v.Label)
	require.NotNil(t, v.ApprovedAt)
	require.NotNil(t, v.PublishedAt)
	_, err = w.Drafts.RenameVersion(ctx, d.ID, v.ID, "")
	require.NoError(t, err)
	_, err = w.Drafts.RenameVersion(w.As(w.SalesLead), d.ID, v.ID, "x")
	w.Code(errs.Forbidden, err)
	other := plan(t, w, drafts.Input{Title: "Other"})
	_, err = w.Drafts.RenameVersion(ctx, other.ID, v.ID, "x")
	w.Code(errs.NotFound, err)
	write(t, w, w.Marketer, other.ID, "First")
	require.NoError(t, w.Drafts.NameVersion(ctx, other.ID, "Kept"))
	list, err := w.Drafts.Versions(ctx, other.ID)
	require.NoError(t, err)
	_, err = w.Drafts.RenameVersion(ctx, other.ID, list[0].ID, " ")
	w.Code(errs.Invalid, err)
}

// aged puts a version into the past, as if the clock had gone on since.
func aged(w *domaintest.World, d drafts.Draft, number int, reason, label string, at time.Time) {
	w.Exec(`INSERT INTO draft_versions (id, draft_id, number, reason, label, title, doc, text, brief, assets, hash, doc_version, draft_rev, created_by, created_at)
		VALUES ($1, $2, $3, $4, $5, 'x', '{}', '', '{}', '[]', sha256($6), 1, 1, $7, $8)`, db.NewID(), d.ID, number, reason, label, []byte{byte(number)}, w.Marketer.ID, at)
}

func TestAutomaticVersionsAreThinnedWithAgeAndNothingElse(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{})
	now := time.Now().UTC()
	hour := func(days int) time.Time { return now.AddDate(0, 0, -days).Truncate(24 * time.Hour).Add(9 * time.Hour) }
	monday := func(weeks int) time.Time {
		t := now.AddDate(0, 0, -7*weeks).Truncate(24 * time.Hour)
		return t.AddDate(0, 0, -(int(t.Weekday())+6)%7)
	}
	at := []struct {
		reason, label string
		at            time.Time
		stays         bool
	}{
		{"automatic", "", monday(20).Add(time.Hour), false},
		{"automatic", "", monday(20).AddDate(0, 0, 3), false},
		{"automatic", "Kept", monday(20).AddDate(0, 0, 4), true},
		{"automatic", "", monday(20).AddDate(0, 0, 5), true}, // the last of its week
		{"automatic", "", hour(30), false},
		{"named", "By hand", hour(30).Add(10 * time.Minute), true},
		{"automatic", "", hour(30).Add(5 * time.Hour), true}, // the last of its day
		{"automatic", "", hour(4), false},
		{"submitted", "", hour(4).Add(5 * time.Minute), true},
		{"automatic", "", hour(4).Add(20 * time.Minute), true}, // the last of its hour
		{"automatic", "", hour(4).Add(2 * time.Hour), true},
		{"automatic", "", now.Add(-2 * time.Hour), true}, // of the last day all
		{"automatic", "", now.Add(-2*time.Hour + time.Minute), true},
	}
	var stay []string
	for i, v := range at {
		aged(w, d, i+1, v.reason, v.label, v.at)
		if v.stays {
			stay = append([]string{fmt.Sprintf("%d %s", i+1, v.reason)}, stay...)
		}
	}
	for i, v := range at { // the database says the same to raw SQL
		if v.stays {
			require.Error(t, w.Try(`DELETE FROM draft_versions WHERE draft_id = $1 AND number = $2`, d.ID, i+1), "%d", i+1)
		}
	}
	for range 2 {
		require.NoError(t, w.Drafts.Thin(t.Context(), drafts.ThinArgs{}))
		require.Equal(t, stay, versions(t, w, d))
	}
	for _, sql := range []string{`UPDATE draft_versions SET created_at = now()`, `UPDATE draft_versions SET reason = 'automatic'`, `UPDATE draft_versions SET number = number + 100`, `UPDATE draft_versions SET writers = '{}', title = 'y'`} {
		require.Error(t, w.Try(sql+` WHERE number = 6`), sql)
	}
}

func TestEachSeesWhatOthersChangedSinceTheyLooked(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := inReview(t, w, drafts.Input{})
	lead := w.As(w.SalesLead)
	changes := func() drafts.Changes {
		t.Helper()
		c, err := w.Drafts.Changes(lead, d.ID)
		require.NoError(t, err)
		return c
	}
	c := changes()
	require.Nil(t, c.Looked)
	require.False(t, c.Submitted.Changed)
	require.Nil(t, c.Approved)
	_, err := w.Drafts.Compare(lead, d.ID, "looked", "now")
	w.Code(errs.NotFound, err)
	require.NoError(t, w.Drafts.Look(lead, d.ID, c.DocVersion+1000)) // not past what there is
	require.Equal(t, c.DocVersion, changes().Looked.DocVersion)
	require.False(t, changes().Looked.Changed)
	write(t, w, w.Marketer, d.ID, "First and second")
	c = changes()
	require.True(t, c.Looked.Changed)
	require.True(t, c.Submitted.Changed)
	require.Len(t, c.Looked.By, 1)
	require.Equal(t, w.Marketer.ID, c.Looked.By[0].ID)
	mine, err := w.Drafts.Changes(w.As(w.Marketer), d.ID) // one's own changes are no news
	require.NoError(t, err)
	require.Nil(t, mine.Looked)

	compared, err := w.Drafts.Compare(lead, d.ID, "now", "looked")
	require.NoError(t, err)
	require.JSONEq(t, string(domaintest.Text("First")), string(compared.From.Doc))
	require.JSONEq(t, string(domaintest.Text("First and second")), string(compared.To.Doc))
	require.Len(t, compared.Blame.Inserted, 1)
	require.Equal(t, w.Marketer.ID, compared.Blame.Inserted[0].User)
	require.Equal(t, 6, compared.Blame.Inserted[0].From)
	require.Equal(t, 17, compared.Blame.Inserted[0].To)
	require.Equal(t, w.Marketer.Name, compared.People[0].Name)
	require.NoError(t, w.Drafts.Look(lead, d.ID, c.DocVersion))
	require.NoError(t, w.Drafts.Look(lead, d.ID, 1)) // and never back
	require.Equal(t, c.DocVersion, changes().Looked.DocVersion)
	require.False(t, changes().Looked.Changed)
	for _, bad := range []string{"x", "", "00000000-0000-0000-0000-00000000000g"} {
		_, err = w.Drafts.Compare(lead, d.ID, bad, "now")
		w.Code(errs.Invalid, err)
	}
	_, err = w.Drafts.Compare(lead, d.ID, "approved", "now")
	w.Code(errs.NotFound, err)
}
