package ideas_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/comments"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/ideas"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

func file(t *testing.T, w *domaintest.World, by auth.User, in ideas.Input) ideas.Idea {
	t.Helper()
	if in.Title == "" {
		in.Title = "How long is the pilot"
	}
	i, err := w.Ideas.Create(w.As(by), in)
	require.NoError(t, err)
	return i
}

func titles(list []ideas.Idea) []string {
	out := make([]string, len(list))
	for n, i := range list {
		out[n] = i.Title
	}
	return out
}

func TestBadInputIsRefusedByField(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	needed := time.Now()
	long := make([]rune, 201)
	for i := range long {
		long[i] = 'ä'
	}
	for field, in := range map[string]ideas.Input{
		"body.title":      {Title: " \n "},
		"body.kind":       {Title: "x", Kind: "wish"},
		"body.needed_by":  {Title: "x", NeededBy: &needed},
		"body.visibility": {Title: "x", Visibility: "friends"},
		"body.tags":       {Title: "x", Tags: []string{string(long[:41])}},
	} {
		_, err := w.Ideas.Create(w.As(w.Rep), in)
		w.Code(errs.Invalid, err, field)
		var e *errs.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, field, e.Location)
	}
	_, err := w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: string(long)})
	w.Code(errs.Invalid, err)
	_, err = w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: string(long[:200]), Tags: []string{" a  b ", "a b", ""}})
	require.NoError(t, err)
	_, err = w.Ideas.Create(w.As(w.Admin), ideas.Input{Title: "x", Visibility: ideas.Team}) // in no team
	w.Code(errs.Invalid, err)
}

func TestEveryMoveIsAllowedOrRefusedAsTheStateMachineSays(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	states := []ideas.State{"new", "under_review", "planned", "in_progress", "published", "declined", "merged"}
	allowed := map[ideas.State][]ideas.State{
		"new": {"under_review", "planned", "declined"}, "under_review": {"new", "planned", "declined"},
		"planned": {"under_review", "in_progress", "declined"}, "in_progress": {"planned", "declined"},
		"published": {"in_progress"}, "declined": {"under_review"}, "merged": {},
	}
	target := file(t, w, w.Rep, ideas.Input{Title: "What others are merged into"})
	for _, from := range states {
		for _, to := range states {
			i := file(t, w, w.Rep, ideas.Input{})
			w.Exec(`UPDATE ideas SET state = $2, reason = 'r', merged_into = CASE WHEN $2 = 'merged' THEN $3::uuid END WHERE id = $1`, i.ID, from, target.ID)
			moved, err := w.Ideas.Move(w.As(w.Marketer), i.ID, 0, to, "because")
			if slices.Contains(allowed[from], to) {
				require.NoError(t, err, "%s to %s", from, to)
				require.Equal(t, to, moved.State)
				require.Equal(t, i.Rev+1, moved.Rev)
				continue
			}
			w.Code(errs.Conflict, err, from, to)
			var e *errs.Error
			require.ErrorAs(t, err, &e)
			require.Len(t, e.Allowed, len(allowed[from]))
		}
	}
}

func TestWhoMayMoveMergeAndEdit(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	for _, c := range []struct {
		who        auth.User
		move, edit errs.Code
	}{
		{w.Rep, errs.Forbidden, ""}, // the author
		{w.Colleague, errs.Forbidden, errs.Forbidden}, {w.SalesLead, errs.Forbidden, errs.Forbidden},
		{w.Marketer, "", ""}, {w.MarketingLead, "", ""}, {w.Admin, "", ""},
	} {
		i, other := file(t, w, w.Rep, ideas.Input{}), file(t, w, w.Rep, ideas.Input{})
		_, err := w.Ideas.Update(w.As(c.who), i.ID, i.Rev, ideas.Input{Title: "Better"})
		w.Code(c.edit, err, "edit", c.who.Name)
		_, err = w.Ideas.Move(w.As(c.who), i.ID, 0, ideas.StatePlanned, "")
		w.Code(c.move, err, "move", c.who.Name)
		_, err = w.Ideas.Merge(w.As(c.who), i.ID, other.ID)
		w.Code(c.move, err, "merge", c.who.Name)
	}
}

func TestDecliningNeedsAReasonAlsoInTheDatabase(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	i := file(t, w, w.Rep, ideas.Input{})
	_, err := w.Ideas.Move(w.As(w.Marketer), i.ID, i.Rev, ideas.StateDeclined, "  ")
	w.Code(errs.Invalid, err)
	require.Error(t, w.Try(`UPDATE ideas SET state = 'declined' WHERE id = $1`, i.ID))
	declined, err := w.Ideas.Move(w.As(w.Marketer), i.ID, i.Rev, ideas.StateDeclined, "Told before")
	require.NoError(t, err)
	require.Equal(t, "Told before", declined.Reason)
	_, err = w.Ideas.Vote(w.As(w.Colleague), i.ID, true)
	w.Code(errs.Conflict, err)
}

func TestAnIdeaIsSeenByThoseItIsFor(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	all := []auth.User{w.Rep, w.Colleague, w.SalesLead, w.Stranger, w.Marketer, w.MarketingLead, w.Admin}
	for _, c := range []struct {
		visibility ideas.Visibility
		seers      []auth.User
	}{
		{ideas.Everyone, all},
		{ideas.Team, []auth.User{w.Rep, w.Colleague, w.SalesLead}},
		{ideas.Private, []auth.User{w.Rep, w.Stranger}},
	} {
		title := "Pricing of freight pallets " + string(c.visibility)
		i := file(t, w, w.Rep, ideas.Input{Title: title, Visibility: c.visibility, People: []uuid.UUID{w.Stranger.ID}})
		e, err := w.Ideas.AddEvidence(w.As(w.Rep), ideas.Evidence{IdeaID: i.ID, Kind: "quote", Text: "Too dear"})
		require.NoError(t, err)
		for _, u := range all {
			ctx := w.As(u)
			sees := slices.Contains(c.seers, u)
			want := errs.NotFound
			if sees {
				want = ""
			}
			_, err := w.Ideas.Get(ctx, i.ID)
			w.Code(want, err, c.visibility, u.Name)
			_, err = w.Ideas.Evidence(ctx, i.ID)
			w.Code(want, err, c.visibility, u.Name)
			_, err = w.Ideas.Vote(ctx, i.ID, true)
			w.Code(want, err, c.visibility, u.Name)
			list, err := w.Ideas.List(ctx, ideas.Filter{Limit: 50})
			require.NoError(t, err)
			require.Equal(t, sees, slices.Contains(titles(list), title), "list %s %s", c.visibility, u.Name)
			similar, err := w.Ideas.Similar(ctx, "pricing freight pallets", 50)
			require.NoError(t, err)
			require.Equal(t, sees, slices.Contains(titles(similar), title), "similar %s %s", c.visibility, u.Name)
			if !sees { // what one may not see is unknown, whatever one tries
				_, err = w.Ideas.Update(ctx, i.ID, i.Rev, ideas.Input{Title: "x"})
				w.Code(errs.NotFound, err)
				_, err = w.Ideas.Move(ctx, i.ID, 0, ideas.StatePlanned, "")
				w.Code(errs.NotFound, err)
				_, err = w.Ideas.AddEvidence(ctx, ideas.Evidence{IdeaID: i.ID, Kind: "quote", Text: "x"})
				w.Code(errs.NotFound, err)
				w.Code(errs.NotFound, w.Ideas.RemoveEvidence(ctx, i.ID, e.ID))
			}
		}
	}
}

func TestOnlyTheAuthorDecidesWhoSeesAnIdea(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	i := file(t, w, w.Rep, ideas.Input{Visibility: ideas.Private, People: []uuid.UUID{w.Marketer.ID}})
	_, err := w.Ideas.Update(w.As(w.Marketer), i.ID, i.Rev, ideas.Input{Title: "x", Visibility: ideas.Everyone})
	w.Code(errs.Forbidden, err)
	changed, err := w.Ideas.Update(w.As(w.Marketer), i.ID, i.Rev, ideas.Input{Title: "x", Visibility: ideas.Private, People: []uuid.UUID{w.Stranger.ID}})
	require.NoError(t, err)
	_, err = w.Ideas.Get(w.As(w.Stranger), i.ID)
	w.Code(errs.NotFound, err)
	changed, err = w.Ideas.Update(w.As(w.Rep), i.ID, changed.Rev, ideas.Input{Title: "x", Visibility: ideas.Private, People: []uuid.UUID{w.Stranger.ID}})
	require.NoError(t, err)
	_, err = w.Ideas.Get(w.As(w.Stranger), i.ID)
	require.NoError(t, err)
	_, err = w.Ideas.Update(w.As(w.Marketer), i.ID, changed.Rev, ideas.Input{Title: "x", Visibility: ideas.Private})
	w.Code(errs.NotFound, err) // taken off the list
}

func TestTwentyVotersAtOnceAreTwentyVotes(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	i := file(t, w, w.Rep, ideas.Input{})
	people := w.People(19)
	results := domaintest.Race(38, func(n int) error { // each clicks twice
		_, err := w.Ideas.Vote(w.As(people[n/2]), i.ID, true)
		return err
	})
	require.Equal(t, 38, w.Won(results))
	got, err := w.Ideas.Get(w.As(w.Rep), i.ID)
	require.NoError(t, err)
	require.Equal(t, 20, got.Votes) // with the author's own
	require.True(t, got.Voted)
	require.Equal(t, 20, w.Int(`SELECT count(*) FROM idea_votes WHERE idea_id = $1`, i.ID))
	require.Equal(t, 19, w.Int(`SELECT count(*) FROM activities WHERE verb = 'idea.voted'`))
	for range 2 {
		votes, err := w.Ideas.Vote(w.As(people[0]), i.ID, false)
		require.NoError(t, err)
		require.Equal(t, 19, votes)
	}
}

func TestTwentyEditsAtOnceAreAppliedOrRefusedAndNoneIsLost(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	i := file(t, w, w.Rep, ideas.Input{})
	results := domaintest.Race(20, func(n int) error {
		ctx := w.As(w.Rep)
		if n >= 10 {
			_, err := w.Ideas.Update(ctx, i.ID, i.Rev, ideas.Input{Title: fmt.Sprint("Edit ", n)}) // all saw the first rev
			return err
		}
		now, err := w.Ideas.Get(ctx, i.ID)
		if err != nil {
			return err
		}
		_, err = w.Ideas.Update(ctx, i.ID, now.Rev, ideas.Input{Title: fmt.Sprint("Edit ", n)})
		return err
	})
	won := w.Won(results, errs.Stale)
	require.Positive(t, won)
	got, err := w.Ideas.Get(w.As(w.Rep), i.ID)
	require.NoError(t, err)
	require.Equal(t, i.Rev+int64(won), got.Rev)
	require.Equal(t, won, w.Int(`SELECT count(*) FROM activities WHERE verb = 'idea.updated'`))
	_, err = w.Ideas.Update(w.As(w.Rep), i.ID, i.Rev, ideas.Input{Title: "x"})
	var stale *errs.Error
	require.ErrorAs(t, err, &stale)
	require.Equal(t, got.Rev, stale.Rev)
}

func TestOfManyMovesAtOnceOneWins(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	i := file(t, w, w.Rep, ideas.Input{})
	results := domaintest.Race(32, func(int) error {
		_, err := w.Ideas.Move(w.As(w.Marketer), i.ID, i.Rev, ideas.StatePlanned, "")
		return err
	})
	require.Equal(t, 1, w.Won(results, errs.Stale, errs.Conflict))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM activities WHERE verb = 'idea.moved'`))
}

func TestMergingKeepsEveryVoteOnceWithFollowersAndEvidence(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	a, b := file(t, w, w.Rep, ideas.Input{Title: "Pilot length"}), file(t, w, w.Colleague, ideas.Input{Title: "Pilot, how long"})
	older := file(t, w, w.Stranger, ideas.Input{Title: "Length of a pilot"})
	for _, u := range []auth.User{w.SalesLead, w.Stranger} {
		_, err := w.Ideas.Vote(w.As(u), a.ID, true)
		require.NoError(t, err)
	}
	_, err := w.Ideas.Vote(w.As(w.Stranger), b.ID, true) // votes for both
	require.NoError(t, err)
	_, err = w.Ideas.AddEvidence(w.As(w.Rep), ideas.Evidence{IdeaID: a.ID, Kind: "quote", Text: "Four weeks?"})
	require.NoError(t, err)
	_, err = w.Ideas.Merge(w.As(w.Marketer), older.ID, a.ID)
	require.NoError(t, err)
	merged, err := w.Ideas.Merge(w.As(w.Marketer), a.ID, b.ID)
	require.NoError(t, err)
	require.Equal(t, 4, merged.Votes) // Colleague, Rep, SalesLead, and Stranger once
	require.Equal(t, 1, merged.EvidenceCount)
	follows, err := w.Comments.Follows(w.As(w.SalesLead), comments.Object{Type: "idea", ID: b.ID})
	require.NoError(t, err)
	require.True(t, follows)
	for _, gone := range []uuid.UUID{a.ID, older.ID} {
		i, err := w.Ideas.Get(w.As(w.Rep), gone)
		require.NoError(t, err)
		require.Equal(t, ideas.StateMerged, i.State)
		require.Equal(t, b.ID, i.MergedInto.UUID)
	}
	_, err = w.Ideas.Vote(w.As(w.Admin), a.ID, true)
	w.Code(errs.Conflict, err)
	_, err = w.Ideas.Update(w.As(w.Rep), a.ID, a.Rev+2, ideas.Input{Title: "x"})
	w.Code(errs.Conflict, err)
	_, err = w.Ideas.AddEvidence(w.As(w.Rep), ideas.Evidence{IdeaID: a.ID, Kind: "quote", Text: "Late"})
	w.Code(errs.Conflict, err)
	_, err = w.Ideas.Merge(w.As(w.Marketer), a.ID, b.ID) // a double click
	w.Code(errs.Conflict, err)
	_, err = w.Ideas.Merge(w.As(w.Marketer), b.ID, b.ID)
	w.Code(errs.Invalid, err)
	list, err := w.Ideas.List(w.As(w.Rep), ideas.Filter{Limit: 10})
	require.NoError(t, err)
	require.Equal(t, []string{b.Title}, titles(list))
}

func TestTwoMergesIntoEachOtherAtOnceMakeOne(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	a, b := file(t, w, w.Rep, ideas.Input{}), file(t, w, w.Rep, ideas.Input{})
	results := domaintest.Race(8, func(n int) error {
		from, to := a.ID, b.ID
		if n%2 == 1 {
			from, to = to, from
		}
		_, err := w.Ideas.Merge(w.As(w.Marketer), from, to)
		return err
	})
	require.Equal(t, 1, w.Won(results, errs.Conflict))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM ideas WHERE state = 'merged'`))
}

func TestOnlyIdeasForTheSamePeopleAreMerged(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	everyone := file(t, w, w.Rep, ideas.Input{})
	team := file(t, w, w.Rep, ideas.Input{Visibility: ideas.Team})
	other := file(t, w, w.Stranger, ideas.Input{Visibility: ideas.Team})
	people := []uuid.UUID{w.Marketer.ID}
	private := file(t, w, w.Rep, ideas.Input{Visibility: ideas.Private, People: people})
	private2 := file(t, w, w.Stranger, ideas.Input{Visibility: ideas.Private, People: people})
	w.Exec(`UPDATE users SET team_id = $1 WHERE id = $2`, w.Rep.TeamID, w.Marketer.ID)
	marketer := w.Marketer
	marketer.TeamID = w.Rep.TeamID
	for _, c := range [][2]uuid.UUID{{private.ID, everyone.ID}, {private.ID, team.ID}, {private.ID, private2.ID}, {team.ID, everyone.ID},
		{everyone.ID, team.ID}, {everyone.ID, private.ID}, {team.ID, private.ID}} {
		_, err := w.Ideas.Merge(w.As(marketer), c[0], c[1])
		w.Code(errs.Conflict, err)
	}
	_, err := w.Ideas.Merge(w.As(marketer), file(t, w, w.Colleague, ideas.Input{Visibility: ideas.Team}).ID, team.ID)
	require.NoError(t, err)
	_, err = w.Ideas.Merge(w.As(marketer), team.ID, other.ID) // of a team that the marketer is not in
	w.Code(errs.NotFound, err)
	_, err = w.Ideas.Merge(w.As(marketer), other.ID, team.ID)
	w.Code(errs.NotFound, err)
}

func TestADraftMovesItsIdeasOnAlsoThroughAMerge(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	a, b, declined := file(t, w, w.Rep, ideas.Input{}), file(t, w, w.Rep, ideas.Input{}), file(t, w, w.Rep, ideas.Input{})
	_, err := w.Ideas.Move(w.As(w.Marketer), declined.ID, 0, ideas.StateDeclined, "no")
	require.NoError(t, err)
	_, err = w.Ideas.Merge(w.As(w.Marketer), a.ID, b.ID)
	require.NoError(t, err)
	for _, to := range []ideas.State{ideas.StatePublished, ideas.StateInProgress} { // never backwards
		require.NoError(t, w.DB.InTx(w.As(w.Marketer), func(ctx context.Context) error {
			return w.Ideas.Advance(ctx, []uuid.UUID{a.ID, declined.ID}, to, "")
		}))
	}
	for id, want := range map[uuid.UUID]ideas.State{a.ID: ideas.StateMerged, b.ID: ideas.StatePublished, declined.ID: ideas.StateDeclined} {
		got, err := w.Ideas.Get(w.As(w.Rep), id)
		require.NoError(t, err)
		require.Equal(t, want, got.State)
	}
}

func TestEvidenceIsTakenAwayByWhoAddedItAndOnlyFromItsIdea(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	i, other := file(t, w, w.Rep, ideas.Input{}), file(t, w, w.Rep, ideas.Input{})
	value := 1200.5
	_, err := w.Ideas.AddEvidence(w.As(w.Rep), ideas.Evidence{IdeaID: i.ID, Kind: "quote", Text: "x", DealValue: &value})
	w.Code(errs.Invalid, err)
	_, err = w.Ideas.AddEvidence(w.As(w.Rep), ideas.Evidence{IdeaID: i.ID, Kind: "rumour", Text: "x"})
	w.Code(errs.Invalid, err)
	e, err := w.Ideas.AddEvidence(w.As(w.Colleague), ideas.Evidence{IdeaID: i.ID, Kind: "deal", Text: "x", DealValue: &value})
	require.NoError(t, err)
	w.Code(errs.NotFound, w.Ideas.RemoveEvidence(w.As(w.Rep), i.ID, e.ID))
	w.Code(errs.NotFound, w.Ideas.RemoveEvidence(w.As(w.Colleague), other.ID, e.ID)) // two ids of different owners
	got, err := w.Ideas.Evidence(w.As(w.Rep), i.ID)
	require.NoError(t, err)
	require.Len(t, got, 1)
	require.InDelta(t, value, *got[0].DealValue, 0)
	require.NoError(t, w.Ideas.RemoveEvidence(w.As(w.Colleague), i.ID, e.ID))
}

func TestAListIsPagedWithoutGapOrRepeatAndFiltered(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	for n := range 7 {
		in := ideas.Input{Title: fmt.Sprintf("Idea %d 100%% sure", n), Tags: []string{"a"}}
		if n == 3 {
			in.Kind, in.Tags = ideas.KindRequest, []string{"b"}
		}
		i := file(t, w, w.Rep, in)
		if n%2 == 0 {
			_, err := w.Ideas.Vote(w.As(w.Colleague), i.ID, true)
			require.NoError(t, err)
		}
	}
	for _, sort := range []string{"top", "new", "old"} {
		var seen []uuid.UUID
		f := ideas.Filter{Sort: sort, Limit: 3}
		for {
			page, err := w.Ideas.List(w.As(w.Colleague), f)
			require.NoError(t, err)
			if len(page) == 0 {
				break
			}
			for _, i := range page {
				require.NotContains(t, seen, i.ID)
				require.Equal(t, i.Votes == 2, i.Voted)
				seen = append(seen, i.ID)
			}
			last := page[len(page)-1]
			f.After = &ideas.Position{Votes: last.Votes, ID: last.ID}
		}
		require.Len(t, seen, 7, sort)
		if sort == "old" {
			require.True(t, slices.IsSortedFunc(seen, func(a, b uuid.UUID) int { return strings.Compare(a.String(), b.String()) }))
		}
	}
	for n, f := range map[int]ideas.Filter{4: {Mine: true}, 1: {Kind: ideas.KindRequest}, 6: {Tag: "a"}, 0: {Query: "100_ sure"}, 7: {Query: "0% IDEA"}} {
		f.Limit = 50
		got, err := w.Ideas.List(w.As(w.Colleague), f)
		require.NoError(t, err)
		require.Len(t, got, n)
	}
	_, err := w.Ideas.Vote(w.As(w.Stranger), file(t, w, w.Stranger, ideas.Input{Title: "Taken back"}).ID, false)
	require.NoError(t, err)
	for reader, n := range map[auth.User]int{w.Rep: 7, w.Colleague: 4, w.Stranger: 0} {
		got, err := w.Ideas.List(w.As(reader), ideas.Filter{Voted: true, Limit: 50})
		require.NoError(t, err)
		require.Len(t, got, n, reader.Name)
	}
}

func TestListsTakeTheSameNumberOfQueriesForOneAndForFiftyIdeas(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	var first ideas.Idea
	w.ConstantQueries(w.As(w.Colleague), func(n int) {
		i := file(t, w, w.Rep, ideas.Input{Title: "Sizing of pumps"})
		if n == 0 {
			first = i
		}
	}, func(ctx context.Context) (int, error) {
		list, err := w.Ideas.List(ctx, ideas.Filter{Limit: 100})
		return len(list), err
	})
	w.ConstantQueries(w.As(w.Colleague), func(int) {
		_, err := w.Ideas.AddEvidence(w.As(w.Rep), ideas.Evidence{IdeaID: first.ID, Kind: "quote", Text: "x"})
		require.NoError(t, err)
	}, func(ctx context.Context) (int, error) {
		list, err := w.Ideas.Evidence(ctx, first.ID)
		return len(list), err
	})
}

func TestThirtyTwoIdeasAtOnceAreAllFiled(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	require.Equal(t, 32, w.Won(domaintest.Race(32, func(int) error {
		_, err := w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "Pumps", Tags: []string{"a"}})
		return err
	})))
	require.Equal(t, []int{32, 32, 32}, []int{w.Int(`SELECT count(*) FROM ideas WHERE votes = 1`), w.Int(`SELECT count(*) FROM idea_votes`),
		w.Int(`SELECT count(*) FROM activities WHERE verb = 'idea.created'`)})
}

func TestWhoMaySeeAPrivateIdeaIsListedForThoseWhoSeeIt(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	i := file(t, w, w.Rep, ideas.Input{Visibility: ideas.Private, People: []uuid.UUID{w.Stranger.ID}})
	named := func(reader auth.User) (names []string) {
		got, err := w.Ideas.Get(w.As(reader), i.ID)
		require.NoError(t, err)
		for _, p := range got.People {
			names = append(names, p.Name)
		}
		return names
	}
	require.Equal(t, []string{w.Stranger.Name}, named(w.Rep))
	require.Equal(t, []string{w.Stranger.Name}, named(w.Stranger))
	_, err := w.Ideas.Get(w.As(w.Colleague), i.ID)
	w.Code(errs.NotFound, err)
	// one that becomes public again does not show whom it was once for
	got, err := w.Ideas.Get(w.As(w.Rep), i.ID)
	require.NoError(t, err)
	_, err = w.Ideas.Update(w.As(w.Rep), i.ID, got.Rev, ideas.Input{Title: "Public"})
	require.NoError(t, err)
	require.Empty(t, named(w.Colleague))
}
