package drafts_test

import (
	"encoding/json"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/ideas"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// given files an idea with some evidence.
func given(t *testing.T, w *domaintest.World, author auth.User, in ideas.Input, texts ...string) (ideas.Idea, []ideas.Evidence) {
	t.Helper()
	if in.Title == "" {
		in.Title = "What the battery does"
	}
	i, err := w.Ideas.Create(w.As(author), in)
	require.NoError(t, err)
	var all []ideas.Evidence
	for _, text := range texts {
		value := 9000.0
		e, err := w.Ideas.AddEvidence(w.As(author), ideas.Evidence{IdeaID: i.ID, Kind: "deal", Text: text, Source: "Head of quality", DealValue: &value})
		require.NoError(t, err)
		all = append(all, e)
	}
	return i, all
}

func texts(e drafts.BriefEvidence) (picked, offered []string) {
	for _, p := range e.Picked {
		picked = append(picked, p.Text)
	}
	for _, o := range e.Offered {
		offered = append(offered, o.Text)
	}
	return picked, offered
}

func TestEvidenceIsPickedOrderedRemovedAndTakenBack(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	i, e := given(t, w, w.Rep, ideas.Input{}, "one", "two", "three")
	d := plan(t, w, drafts.Input{Ideas: []uuid.UUID{i.ID}})
	me := w.As(w.Marketer)
	pick := func(n int) drafts.BriefEvidence {
		got, err := w.Drafts.PickEvidence(me, d.ID, e[n].ID)
		require.NoError(t, err)
		return got
	}
	pick(2)
	pick(0)
	rev := get(t, w, d.ID).Rev
	got := pick(0) // a double click
	require.Equal(t, rev, get(t, w, d.ID).Rev, "nothing changed")
	picked, offered := texts(got)
	require.Equal(t, []string{"three", "one"}, picked)
	require.Equal(t, []string{"two"}, offered)
	require.Equal(t, w.Rep.ID, got.Picked[0].Author.ID)
	require.Equal(t, w.Marketer.ID, got.Picked[0].By.ID)
	require.Equal(t, i.Title, got.Picked[0].Idea)

	got, err := w.Drafts.OrderPicks(me, d.ID, []uuid.UUID{got.Picked[1].ID, uuid.New()})
	require.NoError(t, err)
	picked, _ = texts(got)
	require.Equal(t, []string{"one", "three"}, picked, "what was not named comes last")

	first := got.Picked[0].ID
	got, err = w.Drafts.RemovePick(me, d.ID, first)
	require.NoError(t, err)
	_, offered = texts(got)
	require.Equal(t, []string{"one", "two"}, offered)
	for range 2 {
		got, err = w.Drafts.RestorePick(me, d.ID, first)
		require.NoError(t, err)
	}
	picked, _ = texts(got)
	require.Equal(t, []string{"one", "three"}, picked, "back at its place")

	_, err = w.Drafts.RemovePick(me, d.ID, first)
	require.NoError(t, err)
	w.Exec(`UPDATE draft_evidence SET removed_at = now() - interval '61 minutes' WHERE id = $1`, first)
	_, err = w.Drafts.RestorePick(me, d.ID, first)
	w.Code(errs.NotFound, err)
	other := plan(t, w, drafts.Input{Ideas: []uuid.UUID{i.ID}})
	_, err = w.Drafts.RemovePick(me, other.ID, got.Picked[1].ID) // of another draft
	w.Code(errs.NotFound, err)

	require.Equal(t, 1, w.Won(domaintest.Race(2, func(int) error {
		_, err := w.Drafts.RemovePick(me, d.ID, got.Picked[1].ID)
		return err
	}), errs.NotFound))
	require.Equal(t, 6, w.Won(domaintest.Race(6, func(int) error {
		_, err := w.Drafts.PickEvidence(me, d.ID, e[1].ID)
		return err
	})))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM draft_evidence WHERE draft_id = $1 AND removed_at IS NULL`, d.ID))
}

func TestPickingNeedsTheIdeaAndShowsReadersTheCopyOnly(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	open, _ := given(t, w, w.Rep, ideas.Input{}, "for all")
	secret, e := given(t, w, w.Rep, ideas.Input{Title: "A secret customer", Visibility: ideas.Private, People: []uuid.UUID{w.Marketer.ID}}, "secret")
	elsewhere, f := given(t, w, w.Rep, ideas.Input{}, "elsewhere")
	d := plan(t, w, drafts.Input{Ideas: []uuid.UUID{open.ID, secret.ID}})

	lead, err := w.Drafts.Evidence(w.As(w.MarketingLead), d.ID)
	require.NoError(t, err)
	_, offered := texts(lead)
	require.Equal(t, []string{"for all"}, offered, "not of an idea that they do not see")
	_, err = w.Drafts.PickEvidence(w.As(w.MarketingLead), d.ID, e[0].ID)
	w.Code(errs.NotFound, err)
	_, err = w.Drafts.PickEvidence(w.As(w.Marketer), d.ID, f[0].ID)
	w.Code(errs.NotFound, err, elsewhere.ID)

	_, err = w.Drafts.PickEvidence(w.As(w.Marketer), d.ID, e[0].ID)
	require.NoError(t, err)
	lead, err = w.Drafts.Evidence(w.As(w.MarketingLead), d.ID)
	require.NoError(t, err)
	require.Equal(t, "secret", lead.Picked[0].Text)
	require.Equal(t, "Head of quality", lead.Picked[0].Source)
	require.Empty(t, lead.Picked[0].Idea)
	require.Equal(t, uuid.Nil, lead.Picked[0].IdeaID)

	require.NoError(t, w.Ideas.RemoveEvidence(w.As(w.Rep), secret.ID, e[0].ID))
	mine, err := w.Drafts.Evidence(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	require.True(t, mine.Picked[0].Withdrawn)
	require.Equal(t, "A secret customer", mine.Picked[0].Idea)

	_, err = w.Drafts.Evidence(w.As(w.Rep), d.ID) // its author sees title and state
	w.Code(errs.Forbidden, err)
	_, err = w.Drafts.Evidence(w.As(w.Stranger), d.ID)
	w.Code(errs.NotFound, err)
	helped := plan(t, w, drafts.Input{Ideas: []uuid.UUID{open.ID}, Contributors: []uuid.UUID{w.Rep.ID}})
	_, err = w.Drafts.OrderPicks(w.As(w.Rep), helped.ID, nil)
	w.Code(errs.Forbidden, err)
}

func TestEvidenceOfAMergedIdeaIsPickedFromTheOneThatStays(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	from, e := given(t, w, w.Rep, ideas.Input{}, "moved along", "picked before")
	into, _ := given(t, w, w.Rep, ideas.Input{Title: "The one that stays"})
	d := plan(t, w, drafts.Input{Ideas: []uuid.UUID{from.ID}})
	_, err := w.Drafts.PickEvidence(w.As(w.Marketer), d.ID, e[1].ID)
	require.NoError(t, err)
	_, err = w.Ideas.Merge(w.As(w.Marketer), from.ID, into.ID)
	require.NoError(t, err)
	got, err := w.Drafts.PickEvidence(w.As(w.Marketer), d.ID, e[0].ID)
	require.NoError(t, err)
	picked, _ := texts(got)
	require.Equal(t, []string{"picked before", "moved along"}, picked)
	require.Equal(t, into.Title, got.Picked[0].Idea)
	require.Equal(t, into.ID, got.Picked[1].IdeaID)
}

func TestEvidenceIsPartOfWhatIsApproved(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	i, e := given(t, w, w.Rep, ideas.Input{}, "one", "two")
	d := inReview(t, w, drafts.Input{Ideas: []uuid.UUID{i.ID}})
	v := current(t, w, d.ID)
	require.NoError(t, approve(w, w.SalesLead, d.ID, v))
	got, err := w.Drafts.PickEvidence(w.As(w.Marketer), d.ID, e[0].ID)
	require.NoError(t, err)
	require.Empty(t, get(t, w, d.ID).ApprovedBy, "the yes is void")
	w.Code(errs.Conflict, approve(w, w.SalesLead, d.ID, v), "another brief than the version's")

	_, err = w.Drafts.Resubmit(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	v = current(t, w, d.ID)
	var brief struct {
		Evidence []struct{ Text, Source string }
		Summary  *string
	}
	var raw []byte
	require.NoError(t, w.DB.Pool().QueryRow(t.Context(), `SELECT brief FROM draft_versions WHERE id = $1`, v.ID).Scan(&raw))
	require.NoError(t, json.Unmarshal(raw, &brief))
	require.NotNil(t, brief.Summary)
	require.Equal(t, "one", brief.Evidence[0].Text, "the version has it")
	require.NotContains(t, string(raw), "9000", "not the value of the deal")

	require.NoError(t, approve(w, w.SalesLead, d.ID, v))
	require.NoError(t, approve(w, w.MarketingLead, d.ID, v))
	_, err = w.Drafts.RemovePick(w.As(w.Marketer), d.ID, got.Picked[0].ID)
	w.Code(errs.Conflict, err, "what is approved does not change")
	_, err = w.Drafts.Publish(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
}
