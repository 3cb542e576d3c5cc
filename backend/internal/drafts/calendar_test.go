package drafts_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

func date(t *testing.T, s string) *time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, s)
	require.NoError(t, err)
	return &d
}

func titles(list []drafts.Draft) []string {
	all := []string{}
	for _, d := range list {
		all = append(all, d.Title)
	}
	return all
}

func TestCalendarShowsWhatMayBeReadByTheDayOfItsLens(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	plan(t, w, drafts.Input{Title: "First", Plan: drafts.Plan{PublishOn: date(t, "2026-11-01"), DueOn: date(t, "2026-10-20")}})
	plan(t, w, drafts.Input{Title: "Last", Plan: drafts.Plan{PublishOn: date(t, "2026-11-30")}, Contributors: []uuid.UUID{w.Rep.ID}})
	plan(t, w, drafts.Input{Title: "Later", Plan: drafts.Plan{PublishOn: date(t, "2026-12-01"), DueOn: date(t, "2026-11-15")}})
	plan(t, w, drafts.Input{Title: "Secret", Confidential: true, Plan: drafts.Plan{PublishOn: date(t, "2026-11-05")}})
	plan(t, w, drafts.Input{Title: "Someday"})
	see := func(u auth.User, f drafts.CalendarFilter) drafts.Calendar {
		f.From, f.To = *date(t, "2026-11-01"), *date(t, "2026-11-30")
		c, err := w.Drafts.Calendar(w.As(u), f)
		require.NoError(t, err)
		return c
	}
	c := see(w.Marketer, drafts.CalendarFilter{Lens: drafts.LensPublish})
	require.Equal(t, []string{"First", "Secret", "Last"}, titles(c.Dated), "by day, both ends included")
	require.Equal(t, []string{"Someday"}, titles(c.Undated))
	require.Equal(t, []string{"First", "Last"}, titles(see(w.MarketingLead, drafts.CalendarFilter{Lens: drafts.LensPublish}).Dated), "confidential ones are for named people")
	require.Equal(t, []string{"Last"}, titles(see(w.Rep, drafts.CalendarFilter{Lens: drafts.LensPublish}).Dated), "a rep sees where they take part")
	require.Equal(t, drafts.Calendar{Dated: []drafts.Draft{}, Undated: []drafts.Draft{}}, see(w.Stranger, drafts.CalendarFilter{Lens: drafts.LensPublish}))
	require.Equal(t, []string{"Later", "Last"}, titles(see(w.MarketingLead, drafts.CalendarFilter{Lens: drafts.LensDue}).Dated), "the day of publishing gave the others theirs")
	late := drafts.CalendarFilter{Lens: drafts.LensDue, LateBefore: date(t, "2026-11-10")}
	require.Equal(t, []string{"First", "Later", "Last"}, titles(see(w.MarketingLead, late).Dated), "what is late comes along, however old")
	require.Equal(t, []string{"Last"}, titles(see(w.MarketingLead, drafts.CalendarFilter{Lens: drafts.LensPublish, Filter: drafts.Filter{Side: auth.Sales}}).Dated))
	_, err := w.Drafts.Calendar(w.As(w.Rep), drafts.CalendarFilter{Lens: drafts.LensDue, From: *date(t, "2026-01-01"), To: *date(t, "2029-01-01")})
	w.Code(errs.Invalid, err)
}

func TestScheduleMovesOneDay(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{Contributors: []uuid.UUID{w.Rep.ID}, Plan: drafts.Plan{DueOn: date(t, "2026-10-20")}})
	move := func(u auth.User, rev int64, lens drafts.Lens, on *time.Time) (drafts.Draft, error) {
		return w.Drafts.Schedule(w.As(u), d.ID, rev, lens, on)
	}
	_, err := move(w.Rep, d.Rev, drafts.LensPublish, date(t, "2026-11-20"))
	w.Code(errs.Forbidden, err)
	_, err = move(w.Stranger, d.Rev, drafts.LensPublish, date(t, "2026-11-20"))
	w.Code(errs.NotFound, err)
	_, err = move(w.Marketer, d.Rev+1, drafts.LensPublish, date(t, "2026-11-20"))
	w.Code(errs.Stale, err)
	_, err = move(w.Marketer, d.Rev, drafts.LensPublish, date(t, "1999-12-31"))
	w.Code(errs.Invalid, err)
	moved, err := move(w.Marketer, d.Rev, drafts.LensPublish, date(t, "2026-11-20"))
	require.NoError(t, err)
	require.Equal(t, "2026-11-20", moved.Plan.PublishOn.Format(time.DateOnly))
	require.Equal(t, "2026-10-20", moved.Plan.DueOn.Format(time.DateOnly), "the other day stays")
	again, err := move(w.Marketer, moved.Rev, drafts.LensPublish, date(t, "2026-11-20"))
	require.NoError(t, err)
	require.Equal(t, moved.Rev, again.Rev, "the same day changes nothing")
	gone, err := move(w.Marketer, moved.Rev, drafts.LensDue, nil)
	require.NoError(t, err)
	require.Nil(t, gone.Plan.DueOn)
}

func TestScheduleOfWhatIsUnderReviewOrApproved(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := inReview(t, w, drafts.Input{})
	require.NoError(t, approve(w, w.SalesLead, d.ID, current(t, w, d.ID)))
	d = get(t, w, d.ID)
	require.Len(t, d.ApprovedBy, 1)
	d, err := w.Drafts.Schedule(w.As(w.Marketer), d.ID, d.Rev, drafts.LensPublish, date(t, "2026-11-20"))
	require.NoError(t, err)
	require.Len(t, d.ApprovedBy, 1, "a day is a plan, and no part of what was approved")
	require.NoError(t, approve(w, w.MarketingLead, d.ID, current(t, w, d.ID)))

	d = approved(t, w, drafts.Input{Title: "Frozen"})
	d, err = w.Drafts.Schedule(w.As(w.Marketer), d.ID, d.Rev, drafts.LensDue, date(t, "2026-11-23"))
	require.NoError(t, err)
	require.Equal(t, "2026-11-23", d.Plan.PublishOn.Format(time.DateOnly), "what is left is publishing")
	require.Equal(t, drafts.Approved, d.State)

	d, err = w.Drafts.Publish(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	_, err = w.Drafts.Schedule(w.As(w.Marketer), d.ID, d.Rev, drafts.LensPublish, date(t, "2026-11-20"))
	w.Code(errs.Conflict, err)
	require.False(t, d.MaySchedule(w.Marketer))
}

func TestListsInEveryOrderMissNothingAndRepeatNothing(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	for i, title := range []string{"b", "A", "c", "Ä", "a"} {
		p := drafts.Plan{}
		if i%2 == 0 {
			p.DueOn, p.PublishOn = date(t, "2026-11-0"+string(rune('9'-i))), date(t, "2026-12-01")
		}
		d := plan(t, w, drafts.Input{Title: title, Plan: p})
		if i > 2 {
			_, err := w.Drafts.Move(w.As(w.Marketer), d.ID, "start")
			require.NoError(t, err)
		}
	}
	want := map[drafts.Sort][]string{drafts.ByDue: {"c", "b", "a"}, drafts.ByTitle: {"A", "a", "b", "c", "Ä"}, drafts.ByState: {"b", "A", "c", "Ä", "a"}}
	for _, by := range []drafts.Sort{drafts.ByChange, drafts.ByDue, drafts.ByPublish, drafts.ByTitle, drafts.ByState, drafts.ByWriter, drafts.ByWaiting} {
		var got []string
		for f := (drafts.Filter{Sort: by, Limit: 2}); ; {
			page, err := w.Drafts.List(w.As(w.Marketer), f)
			require.NoError(t, err)
			if len(page) == 0 {
				break
			}
			got = append(got, titles(page)...)
			at := page[len(page)-1].Position(by)
			f.After = &at
		}
		require.ElementsMatch(t, []string{"b", "A", "c", "Ä", "a"}, got, "by %q", by)
		if w := want[by]; w != nil {
			require.Equal(t, w, got[:len(w)], "by %q", by)
		}
	}
}

func TestOnlyLeadsOfMarketingSetTheLimitsOfTheBoard(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	b, err := w.Drafts.Board(w.As(w.Rep))
	require.NoError(t, err)
	for _, u := range []auth.User{w.Rep, w.SalesLead, w.Marketer} {
		_, err := w.Drafts.SetBoard(w.As(u), b.Rev, map[drafts.State]int{drafts.Writing: 3})
		w.Code(errs.Forbidden, err)
	}
	for _, bad := range []map[drafts.State]int{{drafts.Writing: 0}, {drafts.Writing: 100}, {drafts.Published: 3}, {"nonsense": 3}} {
		_, err := w.Drafts.SetBoard(w.As(w.MarketingLead), b.Rev, bad)
		w.Code(errs.Invalid, err)
	}
	_, err = w.Drafts.SetBoard(w.As(w.MarketingLead), b.Rev, map[drafts.State]int{drafts.Writing: 3})
	require.NoError(t, err)
	_, err = w.Drafts.SetBoard(w.As(w.MarketingLead), b.Rev, nil)
	w.Code(errs.Stale, err)
	now, err := w.Drafts.Board(w.As(w.Rep))
	require.NoError(t, err)
	require.Equal(t, map[drafts.State]int{drafts.Writing: 3}, now.Limits)
}

func TestSequenceGrowsWithWhatACalendarShows(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{Plan: drafts.Plan{PublishOn: date(t, "2026-12-01"), DueOn: date(t, "2026-11-20")}})
	event := func() drafts.FeedEvent {
		all, err := w.Drafts.Feed(w.As(w.Marketer), drafts.FeedMine)
		require.NoError(t, err)
		require.Len(t, all, 4)
		require.Equal(t, all[0].Sequence, all[3].Sequence)
		return all[3]
	}
	first := event()
	write(t, w, w.Marketer, d.ID, "Some text")
	require.Equal(t, first, event(), "the text is not in the calendar")
	d = get(t, w, d.ID)
	_, err := w.Drafts.Schedule(w.As(w.Marketer), d.ID, d.Rev, drafts.LensPublish, date(t, "2026-12-02"))
	require.NoError(t, err)
	second := event()
	require.Greater(t, second.Sequence, first.Sequence)
	require.True(t, second.ChangedAt.After(first.ChangedAt))
	d = get(t, w, d.ID)
	_, err = w.Drafts.Update(w.As(w.Marketer), d.ID, d.Rev, drafts.Input{Title: "Another", ContentType: d.ContentType, Plan: d.Plan})
	require.NoError(t, err)
	require.Greater(t, event().Sequence, second.Sequence)
	_, err = w.Drafts.Move(w.As(w.Marketer), d.ID, "archive")
	require.NoError(t, err)
	all, err := w.Drafts.Feed(w.As(w.Marketer), drafts.FeedAll)
	require.NoError(t, err)
	require.Empty(t, all, "what is archived is in no calendar")
}

func TestACalendarAsksAsMuchForManyPiecesAsForFew(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	w.ConstantQueries(w.As(w.Marketer), func(i int) {
		in := drafts.Input{Contributors: []uuid.UUID{w.Rep.ID}}
		if i%2 == 0 {
			in.Plan.PublishOn = date(t, "2026-11-20")
		}
		plan(t, w, in)
	}, func(ctx context.Context) (int, error) {
		c, err := w.Drafts.Calendar(ctx, drafts.CalendarFilter{Lens: drafts.LensPublish, From: *date(t, "2026-11-01"), To: *date(t, "2026-11-30")})
		return len(c.Dated) + len(c.Undated), err
	})
}

func TestOfMovesAtTheSameTimeOneWins(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{})
	results := domaintest.Race(8, func(i int) error {
		_, err := w.Drafts.Schedule(w.As(w.Marketer), d.ID, d.Rev, drafts.LensPublish, date(t, "2026-12-0"+string(rune('1'+i))))
		return err
	})
	require.Equal(t, 1, w.Won(results, errs.Stale))
	require.Equal(t, d.Rev+1, get(t, w, d.ID).Rev)
}

func TestADayStaysItselfOnItsWayThroughTheDatabase(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{})
	for _, first := range []string{"2026-12-25", "2027-02-20", "2027-03-08", "2027-03-24", "2027-10-27", "2028-02-24"} { // changes of the clock, of month and of year
		for i := range 12 {
			on := date(t, first).AddDate(0, 0, i)
			moved, err := w.Drafts.Schedule(w.As(w.Marketer), d.ID, d.Rev, drafts.LensPublish, &on)
			require.NoError(t, err)
			d = moved
			require.Equal(t, on.Format(time.DateOnly), d.Plan.PublishOn.Format(time.DateOnly))
			for days, want := range map[int]int{-1: 0, 0: 1, 1: 0} {
				only := on.AddDate(0, 0, days)
				c, err := w.Drafts.Calendar(w.As(w.Marketer), drafts.CalendarFilter{Lens: drafts.LensPublish, From: only, To: only})
				require.NoError(t, err)
				require.Len(t, c.Dated, want, "%s asked for, %s is the day", only.Format(time.DateOnly), on.Format(time.DateOnly))
			}
		}
	}
}
