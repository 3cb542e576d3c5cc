package drafts_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/ideas"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

func TestEveryStepIsAllowedOrRefusedInEveryStateForEveryRole(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	states := []func() drafts.Draft{
		func() drafts.Draft { d := plan(t, w, drafts.Input{}); write(t, w, w.Marketer, d.ID, "x"); return d },
		func() drafts.Draft {
			d := inReview(t, w, drafts.Input{})
			d, err := w.Drafts.RequestChanges(w.As(w.SalesLead), d.ID, "More")
			require.NoError(t, err)
			return d
		},
		func() drafts.Draft { return inReview(t, w, drafts.Input{}) },
		func() drafts.Draft { return approved(t, w, drafts.Input{}) },
		func() drafts.Draft {
			d, err := w.Drafts.Publish(w.As(w.Marketer), approved(t, w, drafts.Input{}).ID)
			require.NoError(t, err)
			return d
		},
	}
	steps := map[string]func(auth.User, drafts.Draft) error{
		"start":    func(u auth.User, d drafts.Draft) error { _, err := w.Drafts.Move(w.As(u), d.ID, "start"); return err },
		"reopen":   func(u auth.User, d drafts.Draft) error { _, err := w.Drafts.Move(w.As(u), d.ID, "reopen"); return err },
		"submit":   func(u auth.User, d drafts.Draft) error { _, err := w.Drafts.Submit(w.As(u), d.ID); return err },
		"resubmit": func(u auth.User, d drafts.Draft) error { _, err := w.Drafts.Resubmit(w.As(u), d.ID); return err },
		"request_changes": func(u auth.User, d drafts.Draft) error {
			_, err := w.Drafts.RequestChanges(w.As(u), d.ID, "x")
			return err
		},
		"publish": func(u auth.User, d drafts.Draft) error { _, err := w.Drafts.Publish(w.As(u), d.ID); return err },
		"approve": func(u auth.User, d drafts.Draft) error { return approve(w, u, d.ID, current(t, w, d.ID)) },
	}
	colleague := w.Person("Max Marketer", auth.Marketing, uuid.Nil)
	marketing := []string{w.Marketer.Name, w.MarketingLead.Name, colleague.Name}
	may := map[drafts.State]map[string][]string{
		drafts.Brief:   {"start": append(marketing, w.Admin.Name)},
		drafts.Writing: {"submit": marketing},
		drafts.InReview: {"resubmit": marketing, "request_changes": append(marketing, w.Admin.Name, w.SalesLead.Name),
			"approve": {w.MarketingLead.Name, w.SalesLead.Name}},
		drafts.Approved:  {"reopen": append(marketing, w.Admin.Name, w.SalesLead.Name), "publish": append(marketing, w.Admin.Name)},
		drafts.Published: {},
	}
	for _, make := range states {
		for step, do := range steps {
			for _, u := range []auth.User{w.Marketer, colleague, w.MarketingLead, w.SalesLead, w.Admin, w.Rep} {
				if step == "approve" && u == colleague {
					continue // same as the rep: tested below
				}
				d := make()
				if step == "approve" && d.State == drafts.Brief {
					continue // there is no version yet
				}
				err := do(u, d)
				what := []any{step, d.State, u.Name}
				switch {
				case slices.Contains(may[d.State][step], u.Name):
					require.NoError(t, err, what...)
				case u == w.Rep:
					w.Code(errs.NotFound, err, what...)
				default:
					require.Contains(t, []errs.Code{errs.Conflict, errs.Forbidden}, errs.CodeOf(err), what...)
					require.Equal(t, d.State, get(t, w, d.ID).State, what...)
				}
			}
		}
	}
}

func TestEachSideNeedsOneYesAndTheWriterNeverGivesIt(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	// the writer is a lead and named, and still may not; a named rep may; an admin is nobody here
	d, err := w.Drafts.Create(w.As(w.MarketingLead), drafts.Input{Title: "x", ContentType: "deck", Approvers: []uuid.UUID{w.Rep.ID, w.MarketingLead.ID}})
	require.NoError(t, err)
	_, err = w.Drafts.Move(w.As(w.MarketingLead), d.ID, "start")
	require.NoError(t, err)
	write(t, w, w.MarketingLead, d.ID, "First")
	_, err = w.Drafts.Submit(w.As(w.MarketingLead), d.ID)
	require.NoError(t, err)
	v := current(t, w, d.ID)
	for _, u := range []auth.User{w.MarketingLead, w.Marketer, w.Admin} {
		w.Code(errs.Forbidden, approve(w, u, d.ID, v), u.Name)
	}
	w.Code(errs.NotFound, approve(w, w.Stranger, d.ID, v))
	require.NoError(t, approve(w, w.Rep, d.ID, v))
	require.NoError(t, approve(w, w.Rep, d.ID, v))       // a double click
	require.NoError(t, approve(w, w.SalesLead, d.ID, v)) // their side has said it
	require.Equal(t, drafts.InReview, get(t, w, d.ID).State)
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM approvals`))
	second := w.Lead("Mo Lead", auth.Marketing, uuid.Nil)
	require.NoError(t, approve(w, second, d.ID, v))
	require.Equal(t, drafts.Approved, get(t, w, d.ID).State)
}

func TestOfManyApprovalsAtOnceEachSideCountsOnce(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := inReview(t, w, drafts.Input{})
	v := current(t, w, d.ID)
	leads := []auth.User{w.SalesLead, w.MarketingLead, w.Lead("Mo", auth.Marketing, uuid.Nil), w.Lead("Sam", auth.Sales, uuid.Nil)}
	w.Won(domaintest.Race(16, func(n int) error { return approve(w, leads[n%4], d.ID, v) }), errs.Conflict)
	require.Equal(t, drafts.Approved, get(t, w, d.ID).State)
	require.Equal(t, 2, w.Int(`SELECT count(*) FROM approvals`))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM activities WHERE verb = 'draft.moved' AND data->>'to' = 'approved'`))
	require.Equal(t, 1, w.Won(domaintest.Race(8, func(int) error { _, err := w.Drafts.Publish(w.As(w.Marketer), d.ID); return err }), errs.Conflict))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM resources`))
}

func TestAnApprovalHoldsForOneVersionByIDAndHash(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d, other := inReview(t, w, drafts.Input{}), inReview(t, w, drafts.Input{Title: "Other"})
	v, theirs := current(t, w, d.ID), current(t, w, other.ID)
	w.Code(errs.NotFound, approve(w, w.SalesLead, d.ID, theirs)) // a version of another draft
	w.Code(errs.Conflict, approve(w, w.SalesLead, d.ID, drafts.Version{ID: v.ID, Hash: theirs.Hash}))
	w.Code(errs.Conflict, approve(w, w.SalesLead, d.ID, drafts.Version{ID: v.ID}))
	write(t, w, w.Marketer, d.ID, "Second")
	w.Code(errs.Conflict, approve(w, w.SalesLead, d.ID, v)) // no longer what is written
	_, err := w.Drafts.Resubmit(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	w.Code(errs.Conflict, approve(w, w.SalesLead, d.ID, v)) // outdated
	require.NoError(t, w.Drafts.NameVersion(w.As(w.Marketer), d.ID, "Before the fair"))
	require.NoError(t, approve(w, w.SalesLead, d.ID, current(t, w, d.ID)))
}

func TestAnyChangeInReviewVoidsApprovals(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	for name, change := range map[string]func(d drafts.Draft) error{
		"text": func(d drafts.Draft) error { write(t, w, w.Marketer, d.ID, "Second"); return nil },
		"brief": func(d drafts.Draft) error {
			_, err := w.Drafts.Update(w.As(w.Marketer), d.ID, d.Rev, drafts.Input{Title: "New", ContentType: "deck"})
			return err
		},
		"writer": func(d drafts.Draft) error { // the one who approved becomes the writer
			_, err := w.Drafts.Update(w.As(w.Marketer), d.ID, d.Rev, drafts.Input{Title: d.Title, ContentType: "blog_post", WriterID: w.SalesLead.ID})
			return err
		},
		"file":     func(d drafts.Draft) error { return w.Drafts.AddAsset(w.As(w.Marketer), d.ID, w.File(w.Marketer), "") },
		"resubmit": func(d drafts.Draft) error { _, err := w.Drafts.Resubmit(w.As(w.Marketer), d.ID); return err },
		"changes":  func(d drafts.Draft) error { _, err := w.Drafts.RequestChanges(w.As(w.Marketer), d.ID, "x"); return err },
	} {
		d := inReview(t, w, drafts.Input{})
		require.NoError(t, approve(w, w.SalesLead, d.ID, current(t, w, d.ID)))
		d = get(t, w, d.ID)
		require.Equal(t, []auth.Side{auth.Sales}, d.ApprovedBy)
		require.NoError(t, change(d), name)
		require.Empty(t, get(t, w, d.ID).ApprovedBy, name)
		list, err := w.Drafts.Approvals(w.As(w.Marketer), d.ID)
		require.NoError(t, err)
		require.Len(t, list, 1)
		require.NotNil(t, list[0].VoidedAt, name)
		require.NotEmpty(t, list[0].VoidReason, name)
	}
}

func TestWhatIsApprovedIsFrozenUntilItIsReopened(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := approved(t, w, drafts.Input{})
	ctx := w.As(w.Marketer)
	doc, err := w.Drafts.Document(ctx, d.ID)
	require.NoError(t, err)
	require.True(t, doc.Frozen)
	_, err = w.Drafts.SaveDocument(ctx, d.ID, doc.Version, domaintest.Text("Second"))
	w.Code(errs.Conflict, err)
	_, err = w.Drafts.Restore(ctx, d.ID, d.CurrentVersionID.UUID, doc.Version)
	w.Code(errs.Conflict, err)
	_, err = w.Drafts.Update(ctx, d.ID, d.Rev, drafts.Input{Title: "New", ContentType: "deck"})
	w.Code(errs.Conflict, err)
	w.Code(errs.Conflict, w.Drafts.AddAsset(ctx, d.ID, w.File(w.Marketer), ""))
	_, err = w.Drafts.Move(w.As(w.SalesLead), d.ID, "reopen")
	require.NoError(t, err)
	d = get(t, w, d.ID)
	require.Equal(t, drafts.Writing, d.State)
	require.Empty(t, d.ApprovedBy)
	write(t, w, w.Marketer, d.ID, "Second")
}

func TestPublishingTakesTheFrozenVersionAndMovesItsIdeas(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	i, err := w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "Pumps"})
	require.NoError(t, err)
	picture := w.File(w.Marketer)
	d := inReview(t, w, drafts.Input{Ideas: []uuid.UUID{i.ID}, Plan: drafts.Plan{Summary: "Short", Tags: []string{"pump"}}})
	require.NoError(t, w.Drafts.AddAsset(w.As(w.Marketer), d.ID, picture, "A pump"))
	_, err = w.Drafts.Resubmit(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	v := current(t, w, d.ID)
	require.NoError(t, approve(w, w.SalesLead, d.ID, v))
	require.NoError(t, approve(w, w.MarketingLead, d.ID, v))
	d, err = w.Drafts.Publish(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	require.Equal(t, drafts.Published, d.State)
	r, err := w.Library.Resource(w.As(w.Rep), d.ResourceID.UUID)
	require.NoError(t, err)
	require.JSONEq(t, string(domaintest.Text("First")), string(r.Doc))
	require.Equal(t, []string{"pump"}, r.Taxonomy.Tags)
	_, err = w.Library.Asset(w.As(w.Rep), picture) // now through the resource
	require.NoError(t, err)
	published, err := w.Ideas.Get(w.As(w.Rep), i.ID)
	require.NoError(t, err)
	require.Equal(t, ideas.StatePublished, published.State)
	doc, err := w.Drafts.Document(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	_, err = w.Drafts.SaveDocument(w.As(w.Marketer), d.ID, doc.Version, domaintest.Text("Second"))
	w.Code(errs.Conflict, err)
}

func TestNothingOrAnUncheckedFileCannotBeSubmitted(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{})
	ctx := w.As(w.Marketer)
	_, err := w.Drafts.Move(ctx, d.ID, "start")
	require.NoError(t, err)
	_, err = w.Drafts.Submit(ctx, d.ID)
	w.Code(errs.Conflict, err)
	file := w.File(w.Marketer)
	w.Exec(`UPDATE assets SET state = 'processing' WHERE id = $1`, file)
	require.NoError(t, w.Drafts.AddAsset(ctx, d.ID, file, ""))
	_, err = w.Drafts.Submit(ctx, d.ID)
	w.Code(errs.Conflict, err)
	w.Exec(`UPDATE assets SET state = 'refused' WHERE id = $1`, file)
	_, err = w.Drafts.Submit(ctx, d.ID)
	w.Code(errs.Conflict, err)
	w.Exec(`UPDATE assets SET state = 'limited' WHERE id = $1`, file)
	_, err = w.Drafts.Submit(ctx, d.ID)
	require.NoError(t, err)
	_, err = w.Drafts.RequestChanges(ctx, d.ID, " ")
	w.Code(errs.Invalid, err)
}

func TestTheDatabaseRefusesTheSameToRawSQL(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := inReview(t, w, drafts.Input{})
	v := current(t, w, d.ID)
	refused := func(sql string, args ...any) { t.Helper(); require.Error(t, w.Try(sql, args...), sql) }
	insert := `INSERT INTO approvals (id, draft_id, version_id, hash, side, user_id) VALUES ($1, $2, $3, $4, $5, $6)`
	for _, state := range []string{"approved", "published"} {
		refused(`UPDATE drafts SET state = $2 WHERE id = $1`, d.ID, state)
	}
	refused(insert, db.NewID(), d.ID, v.ID, make([]byte, 32), "sales", w.SalesLead.ID) // not the hash of this version
	w.Exec(insert, db.NewID(), d.ID, v.ID, v.Hash, "marketing", w.Marketer.ID)         // by its writer
	w.Exec(insert, db.NewID(), d.ID, v.ID, v.Hash, "sales", w.SalesLead.ID)
	w.Exec(`UPDATE draft_docs SET frozen = true WHERE draft_id = $1`, d.ID)
	refused(`UPDATE drafts SET state = 'approved' WHERE id = $1`, d.ID)
	refused(insert, db.NewID(), d.ID, v.ID, v.Hash, "marketing", w.MarketingLead.ID) // one per side
	w.Exec(`UPDATE approvals SET voided_at = now() WHERE user_id = $1`, w.Marketer.ID)
	w.Exec(insert, db.NewID(), d.ID, v.ID, v.Hash, "marketing", w.Rep.ID) // not of that side
	refused(`UPDATE drafts SET state = 'approved' WHERE id = $1`, d.ID)

	a := approved(t, w, drafts.Input{})
	refused(`UPDATE draft_docs SET doc = '{}' WHERE draft_id = $1`, a.ID)
	refused(`UPDATE draft_docs SET frozen = false, doc = '{}' WHERE draft_id = $1`, a.ID)
	refused(`UPDATE draft_docs SET frozen = false WHERE draft_id = $1`, a.ID)
	refused(`UPDATE drafts SET writer_id = $2 WHERE id = $1`, a.ID, w.SalesLead.ID)
	refused(`UPDATE drafts SET current_version_id = $2 WHERE id = $1`, a.ID, v.ID)
	refused(`UPDATE draft_versions SET text = 'x' WHERE draft_id = $1`, a.ID)
	refused(`UPDATE approvals SET user_id = $2 WHERE draft_id = $1`, a.ID, w.Rep.ID)
	refused(`DELETE FROM draft_versions WHERE draft_id = $1`, a.ID)
	refused(`UPDATE approvals SET voided_at = now() WHERE draft_id = $1`, a.ID) // and leave it approved
	refused(`UPDATE approvals SET voided_at = now() WHERE draft_id = $1 AND side = 'sales'`, a.ID)
	refused(`DELETE FROM approvals WHERE draft_id = $1`, a.ID)
	_, err := w.Drafts.Move(w.As(w.Marketer), a.ID, "reopen") // voids them
	require.NoError(t, err)
	refused(`UPDATE approvals SET voided_at = NULL WHERE draft_id = $1`, a.ID)
	refused(`UPDATE drafts SET state = 'published' WHERE id = $1`, a.ID)
	_, err = w.Drafts.Publish(w.As(w.Marketer), a.ID)
	require.Error(t, err)
}

func TestWhatIsApprovedIsWhatIsWrittenHoweverManyDoBothAtOnce(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	for range 8 {
		d := inReview(t, w, drafts.Input{})
		v := current(t, w, d.ID)
		require.NoError(t, approve(w, w.SalesLead, d.ID, v))
		w.Won(domaintest.Race(4, func(n int) error {
			if n%2 == 0 {
				return approve(w, w.MarketingLead, d.ID, v)
			}
			_, err := w.Drafts.SaveDocument(w.As(w.Marketer), d.ID, v.DocVersion, domaintest.Text("Second"))
			return err
		}), errs.Conflict, errs.Stale)
		doc, err := w.Drafts.Document(w.As(w.Marketer), d.ID)
		require.NoError(t, err)
		if d = get(t, w, d.ID); d.State == drafts.Approved {
			require.Equal(t, "First", doc.Text)
			require.True(t, doc.Frozen)
		} else {
			require.Equal(t, "Second", doc.Text)
			require.Empty(t, d.ApprovedBy)
		}
	}
}
