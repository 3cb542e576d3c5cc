package drafts_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/ideas"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

func TestWhoReadsWritesAndManagesADraft(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	voter := w.Person("Vic Voter", auth.Sales, uuid.Nil)
	i, err := w.Ideas.Create(w.As(w.Stranger), ideas.Input{Title: "Pumps"})
	require.NoError(t, err)
	_, err = w.Ideas.Vote(w.As(voter), i.ID, true)
	require.NoError(t, err)
	approver := w.Person("Ari Approver", auth.Sales, uuid.Nil)
	for _, c := range []struct {
		who                      auth.User
		confidential             bool
		get, read, write, manage errs.Code
	}{
		{w.Marketer, false, "", "", "", ""},        // the writer
		{w.Rep, false, "", "", "", errs.Forbidden}, // a contributor
		{approver, false, "", "", errs.Forbidden, errs.Forbidden},
		{w.MarketingLead, false, "", "", "", ""},
		{w.SalesLead, false, "", "", errs.Forbidden, errs.Forbidden},
		{w.Admin, false, "", "", errs.Forbidden, ""},
		{w.Stranger, false, "", errs.Forbidden, errs.Forbidden, errs.Forbidden}, // the idea's author
		{voter, false, "", errs.Forbidden, errs.Forbidden, errs.Forbidden},
		{w.Colleague, false, errs.NotFound, errs.NotFound, errs.NotFound, errs.NotFound},
		{w.Marketer, true, "", "", "", ""},
		{w.Rep, true, "", "", "", errs.Forbidden},
		{approver, true, "", "", errs.Forbidden, errs.Forbidden},
		{w.MarketingLead, true, errs.NotFound, errs.NotFound, errs.NotFound, errs.NotFound},
		{w.SalesLead, true, errs.NotFound, errs.NotFound, errs.NotFound, errs.NotFound},
		{w.Admin, true, errs.NotFound, errs.NotFound, errs.NotFound, errs.NotFound},
		{voter, true, "", errs.Forbidden, errs.Forbidden, errs.Forbidden},
	} {
		d := plan(t, w, drafts.Input{Confidential: c.confidential, Contributors: []uuid.UUID{w.Rep.ID}, Approvers: []uuid.UUID{approver.ID}, Ideas: []uuid.UUID{i.ID},
			Plan: drafts.Plan{KeyMessage: "Secret"}})
		w.Exec(`UPDATE draft_people SET edits = true`) // what those may who suggest is in suggest_test.go
		what := []any{c.who.Name, c.confidential}
		ctx := w.As(c.who)
		got, err := w.Drafts.Get(ctx, d.ID)
		w.Code(c.get, err, what...)
		if err == nil {
			require.Equal(t, c.read == "", got.Full, what...)
			require.Equal(t, c.read == "", got.Plan.KeyMessage != "", what...)
		}
		_, err = w.Drafts.Document(ctx, d.ID)
		w.Code(c.read, err, what...)
		_, err = w.Drafts.Versions(ctx, d.ID)
		w.Code(c.read, err, what...)
		_, err = w.Drafts.Approvals(ctx, d.ID)
		w.Code(c.read, err, what...)
		_, err = w.Drafts.Assets(ctx, d.ID)
		w.Code(c.read, err, what...)
		_, err = w.Drafts.SaveDocument(ctx, d.ID, 1, domaintest.Text("x"))
		w.Code(c.write, err, what...)
		w.Code(c.write, w.Drafts.AddAsset(ctx, d.ID, w.File(c.who), ""), what...)
		w.Code(c.write, w.Drafts.NameVersion(ctx, d.ID, "x"), what...)
		list, err := w.Drafts.List(ctx, drafts.Filter{Limit: 100})
		require.NoError(t, err)
		has := func(list []drafts.Draft) bool {
			return slices.ContainsFunc(list, func(x drafts.Draft) bool { return x.ID == d.ID })
		}
		require.Equal(t, c.read == "", has(list), what...)
		list, err = w.Drafts.OfIdea(ctx, i.ID)
		require.NoError(t, err)
		require.Equal(t, c.get == "", has(list), what...)
		now := get(t, w, d.ID)
		_, err = w.Drafts.Update(ctx, d.ID, now.Rev, drafts.Input{Title: "y", ContentType: "deck"})
		w.Code(c.manage, err, what...)
	}
}

func TestAFileOfADraftIsSeenByWhoReadsTheDraft(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{Contributors: []uuid.UUID{w.Rep.ID}})
	theirs, mine := w.File(w.Stranger), w.File(w.Marketer)
	w.Code(errs.NotFound, w.Drafts.AddAsset(w.As(w.Marketer), d.ID, theirs, "")) // somebody else's file
	require.NoError(t, w.Drafts.AddAsset(w.As(w.Marketer), d.ID, mine, ""))
	require.NoError(t, w.Drafts.AddAsset(w.As(w.Marketer), d.ID, mine, "again")) // a double click
	files, err := w.Drafts.Assets(w.As(w.Rep), d.ID)
	require.NoError(t, err)
	require.Len(t, files, 1)
	_, err = w.Library.Asset(w.As(w.Rep), mine)
	require.NoError(t, err)
	_, err = w.Library.Asset(w.As(w.Stranger), mine)
	w.Code(errs.NotFound, err)
	require.NoError(t, w.Drafts.RemoveAsset(w.As(w.Rep), d.ID, mine))
	_, err = w.Library.Asset(w.As(w.Rep), mine)
	w.Code(errs.NotFound, err)
}

func TestNobodyLocksThemselvesOutOfAConfidentialDraft(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{WriterID: w.MarketingLead.ID, Confidential: true})
	require.Contains(t, d.Contributors, w.Marketer.ID)
	open := plan(t, w, drafts.Input{WriterID: w.MarketingLead.ID})
	open, err := w.Drafts.Update(w.As(w.Marketer), open.ID, open.Rev, drafts.Input{Title: "x", ContentType: "deck", Confidential: true})
	require.NoError(t, err)
	require.Equal(t, w.MarketingLead.ID, open.WriterID)
}

func TestAConfidentialTitleIsNotToldByItsIdeas(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	i, err := w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "Pumps"})
	require.NoError(t, err)
	plan(t, w, drafts.Input{Title: "Takeover of Acme", Confidential: true, Ideas: []uuid.UUID{i.ID}})
	seen, err := w.Ideas.Get(w.As(w.Stranger), i.ID)
	require.NoError(t, err)
	require.Equal(t, ideas.StatePlanned, seen.State)
	require.NotContains(t, seen.Reason, "Acme")
	require.Zero(t, w.Int(`SELECT count(*) FROM activities WHERE object_type = 'idea' AND data::text LIKE '%Acme%'`))
}

func TestAnIdeaThatOneMayNotSeeCannotBeLinked(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	i, err := w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "Pumps", Visibility: ideas.Private})
	require.NoError(t, err)
	_, err = w.Drafts.Create(w.As(w.Marketer), drafts.Input{Title: "x", ContentType: "deck", Ideas: []uuid.UUID{i.ID}})
	w.Code(errs.NotFound, err)
	d := plan(t, w, drafts.Input{})
	_, err = w.Drafts.Update(w.As(w.Marketer), d.ID, d.Rev, drafts.Input{Title: "x", ContentType: "deck", Ideas: []uuid.UUID{i.ID}})
	w.Code(errs.NotFound, err)
}

func TestAVersionOfAnotherDraftIsNeitherReadNorRestored(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	secret := inReview(t, w, drafts.Input{Confidential: true, Approvers: []uuid.UUID{w.SalesLead.ID}})
	mine := plan(t, w, drafts.Input{WriterID: w.MarketingLead.ID})
	v := secret.CurrentVersionID.UUID
	for _, u := range []auth.User{w.MarketingLead, w.Marketer} { // the second may read both
		_, err := w.Drafts.Version(w.As(u), mine.ID, v)
		w.Code(errs.NotFound, err)
		_, err = w.Drafts.Restore(w.As(u), mine.ID, v, 1)
		w.Code(errs.NotFound, err)
	}
	_, err := w.Drafts.Restore(w.As(w.SalesLead), secret.ID, v, 2) // may read and approve, not write
	w.Code(errs.Forbidden, err)
	write(t, w, w.Marketer, secret.ID, "Second")
	_, err = w.Drafts.Restore(w.As(w.Marketer), secret.ID, v, 2)
	w.Code(errs.Stale, err)
	saved, err := w.Drafts.Restore(w.As(w.Marketer), secret.ID, v, 3)
	require.NoError(t, err)
	require.EqualValues(t, 4, saved)
	doc, err := w.Drafts.Document(w.As(w.Marketer), secret.ID)
	require.NoError(t, err)
	require.Equal(t, "First", doc.Text)
}

func TestTwentySavesAtOnceAreAppliedOrRefusedAndNoneIsLost(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{})
	won := w.Won(domaintest.Race(20, func(n int) error {
		_, err := w.Drafts.SaveDocument(w.As(w.Marketer), d.ID, 1, domaintest.Text(fmt.Sprint(n)))
		return err
	}), errs.Stale)
	require.Equal(t, 1, won)
	won = w.Won(domaintest.Race(20, func(n int) error {
		_, err := w.Drafts.Update(w.As(w.Marketer), d.ID, d.Rev, drafts.Input{Title: fmt.Sprint(n), ContentType: "deck"})
		return err
	}), errs.Stale)
	require.Equal(t, 1, won)
	_, err := w.Drafts.SaveDocument(w.As(w.Marketer), d.ID, 2, []byte(`{"type":"doc","content":[{"type":"script"}]}`))
	w.Code(errs.Invalid, err)
}

func TestBadBriefsAreRefused(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	for name, in := range map[string]drafts.Input{
		"title": {ContentType: "deck"}, "type": {Title: "x", ContentType: "poem"},
		"url":  {Title: "x", ContentType: "deck", Plan: drafts.Plan{PublicURL: "javascript:alert(1)"}},
		"long": {Title: "x", ContentType: "deck", Plan: drafts.Plan{Stage: fmt.Sprintf("%081d", 1)}},
		"who":  {Title: "x", ContentType: "deck", WriterID: uuid.New()},
	} {
		_, err := w.Drafts.Create(w.As(w.Marketer), in)
		w.Code(errs.Invalid, err, name)
	}
}

func TestTheBoardIsPagedFilteredAndTakesTheSameNumberOfQueriesForOneAndForFifty(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	i, err := w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "Pumps"})
	require.NoError(t, err)
	w.ConstantQueries(w.As(w.MarketingLead), func(int) { plan(t, w, drafts.Input{Ideas: []uuid.UUID{i.ID}}) },
		func(ctx context.Context) (int, error) {
			list, err := w.Drafts.List(ctx, drafts.Filter{Limit: 100})
			return len(list), err
		})
	of, err := w.Drafts.OfIdea(w.As(w.Rep), i.ID)
	require.NoError(t, err)
	require.Len(t, of, 50)
	seen := map[uuid.UUID]bool{}
	for f := (drafts.Filter{Limit: 20}); ; {
		page, err := w.Drafts.List(w.As(w.MarketingLead), f)
		require.NoError(t, err)
		if len(page) == 0 {
			break
		}
		for _, d := range page {
			require.False(t, seen[d.ID])
			seen[d.ID] = true
		}
		last := page[len(page)-1]
		f.After = &drafts.Position{UpdatedAt: last.UpdatedAt, ID: last.ID}
	}
	require.Len(t, seen, 50)
	d := inReview(t, w, drafts.Input{})
	waiting := func(u auth.User) int {
		list, err := w.Drafts.List(w.As(u), drafts.Filter{Waiting: true, Limit: 10})
		require.NoError(t, err)
		return len(list)
	}
	require.Equal(t, []int{1, 1, 0, 0}, []int{waiting(w.SalesLead), waiting(w.MarketingLead), waiting(w.Marketer), waiting(w.Rep)})
	require.NoError(t, approve(w, w.SalesLead, d.ID, current(t, w, d.ID)))
	require.Equal(t, []int{0, 1}, []int{waiting(w.SalesLead), waiting(w.MarketingLead)})
}

func TestAnIdeaThatIsLinkedLaterCatchesUpWithItsDraft(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	for start, want := range map[bool]ideas.State{false: ideas.StatePlanned, true: ideas.StateInProgress} {
		i, err := w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "Pumps"})
		require.NoError(t, err)
		d := plan(t, w, drafts.Input{})
		if start {
			d, err = w.Drafts.Move(w.As(w.Marketer), d.ID, "start")
			require.NoError(t, err)
		}
		_, err = w.Drafts.Update(w.As(w.Marketer), d.ID, d.Rev, drafts.Input{Title: "x", ContentType: "deck", Ideas: []uuid.UUID{i.ID}})
		require.NoError(t, err)
		i, err = w.Ideas.Get(w.As(w.Rep), i.ID)
		require.NoError(t, err)
		require.Equal(t, want, i.State)
	}
}

func TestDraftsAreFilteredByPersonTypeAndDueDate(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	day := func(n int) *time.Time { d := time.Now().UTC().AddDate(0, 0, n); return &d }
	late := plan(t, w, drafts.Input{Title: "Late", Contributors: []uuid.UUID{w.Rep.ID}, Plan: drafts.Plan{DueOn: day(-3)}})
	plan(t, w, drafts.Input{Title: "In time", Approvers: []uuid.UUID{w.SalesLead.ID}, Plan: drafts.Plan{DueOn: day(3), ExpertID: uuid.NullUUID{UUID: w.Colleague.ID, Valid: true}}})
	plan(t, w, drafts.Input{Title: "Secret", Confidential: true, Contributors: []uuid.UUID{w.Rep.ID}})
	approved(t, w, drafts.Input{Title: "Done", Plan: drafts.Plan{DueOn: day(-9)}})
	titles := func(f drafts.Filter) (found []string) {
		f.Limit = 10
		list, err := w.Drafts.List(w.As(w.MarketingLead), f)
		require.NoError(t, err)
		for _, d := range list {
			found = append(found, d.Title)
		}
		slices.Sort(found)
		return found
	}
	require.Equal(t, []string{"Late"}, titles(drafts.Filter{Overdue: true}), "what is approved is not overdue")
	require.Equal(t, []string{"Late"}, titles(drafts.Filter{PersonID: w.Rep.ID}), "a person's filter shows nothing confidential")
	require.Equal(t, []string{"In time"}, titles(drafts.Filter{PersonID: w.SalesLead.ID}))
	require.Equal(t, []string{"Done", "In time", "Late"}, titles(drafts.Filter{PersonID: w.Marketer.ID, ContentType: "blog_post"}))
	require.Empty(t, titles(drafts.Filter{ContentType: "deck"}))
	require.Len(t, get(t, w, late.ID).People, 1)
	require.Equal(t, w.Rep.Name, get(t, w, late.ID).People[0].Name)
}

func TestWhoGaveAnIdeaSeesWhenItsPieceIsDueUnlessThatIsConfidential(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	i, err := w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "Pumps"})
	require.NoError(t, err)
	due, publish := date(t, "2031-05-05"), date(t, "2031-06-06")
	in := drafts.Input{Ideas: []uuid.UUID{i.ID}, Plan: drafts.Plan{DueOn: due, PublishOn: publish}}
	seen := func(u auth.User) *time.Time {
		list, err := w.Drafts.OfIdea(w.As(u), i.ID)
		require.NoError(t, err)
		require.Len(t, list, 1)
		return list[0].StepDue
	}
	d := plan(t, w, in)
	days := dues(way(t, w, d.ID))
	require.Equal(t, days["brief"], seen(w.Rep).Format(time.DateOnly))
	_, err = w.Drafts.Move(w.As(w.Marketer), d.ID, "start")
	require.NoError(t, err)
	require.Equal(t, dues(way(t, w, d.ID))["writing"], seen(w.Rep).Format(time.DateOnly))
	in.Title, in.ContentType, in.Confidential = d.Title, d.ContentType, true
	_, err = w.Drafts.Update(w.As(w.Marketer), d.ID, get(t, w, d.ID).Rev, in)
	require.NoError(t, err)
	require.Nil(t, seen(w.Rep))
	require.NotNil(t, seen(w.Marketer))
	_, err = w.Drafts.Move(w.As(w.Marketer), d.ID, "archive")
	require.NoError(t, err)
	require.Nil(t, seen(w.Marketer), "nothing is due any more")
}
