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

func TestAFeedHasTheOpenStepsAndWhoseTheyAre(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{Plan: drafts.Plan{PublishOn: date(t, "2026-12-18")}})
	feed := func(u auth.User, scope drafts.FeedScope) (all []string, sequence int) {
		events, err := w.Drafts.Feed(w.As(u), scope)
		require.NoError(t, err)
		for _, e := range events {
			all = append(all, string(e.Step)+" "+e.On.Format(time.DateOnly)+" "+e.Who)
			sequence = e.Sequence
		}
		return all, sequence
	}
	way := func() drafts.Way {
		found, err := w.Drafts.Way(w.As(w.Marketer), d.ID)
		require.NoError(t, err)
		return found
	}
	first, sequence := feed(w.Marketer, drafts.FeedMine)
	require.Len(t, first, 4)
	require.Equal(t, "published 2026-12-18 "+w.Marketer.Name, first[3])
	none, _ := feed(w.MarketingLead, drafts.FeedMine)
	require.Empty(t, none)

	// a step that the draft is not in yet moves, and becomes somebody else's
	_, err := w.Drafts.SetSteps(w.As(w.Marketer), d.ID, way().Rev, []drafts.StepDay{{Step: "in_review", DueOn: date(t, "2026-12-16"), AssigneeID: uuid.NullUUID{UUID: w.MarketingLead.ID, Valid: true}}})
	require.NoError(t, err)
	after, grown := feed(w.MarketingLead, drafts.FeedMine)
	require.Contains(t, after, "in_review 2026-12-16 "+w.MarketingLead.Name, "whose step it is has the draft among theirs")
	require.Greater(t, grown, sequence)
	stranger, _ := feed(w.Stranger, drafts.FeedAll)
	require.Empty(t, stranger)

	_, err = w.Drafts.Move(w.As(w.Marketer), d.ID, "start")
	require.NoError(t, err)
	open, next := feed(w.Marketer, drafts.FeedMine)
	require.Len(t, open, 3, "a step that is over is in no calendar")
	require.Greater(t, next, grown)
	_, still := feed(w.Marketer, drafts.FeedMine)
	require.Equal(t, next, still)
}
