package drafts_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/contenttypes"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/platform/errs"
)

func TestWorkingDaysGoThereAndBackOverEveryDayOfTwoYears(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 2 * 366 {
		from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i)
		weekend := from.Weekday() == time.Saturday || from.Weekday() == time.Sunday
		for range 20 {
			n := r.IntN(60) - 30
			to := drafts.AddWorkingDays(from, n)
			require.Zero(t, to.Hour())
			if n != 0 {
				require.NotContains(t, []time.Weekday{time.Saturday, time.Sunday}, to.Weekday(), "%s %+d", from, n)
			}
			if !weekend {
				require.Equal(t, n, drafts.WorkingDays(from, to), "%s %+d is %s", from, n, to)
				require.Equal(t, from, drafts.AddWorkingDays(to, -n))
			}
			between := from.AddDate(0, 0, r.IntN(40))
			after := between.AddDate(0, 0, r.IntN(40))
			require.Equal(t, drafts.WorkingDays(from, after), drafts.WorkingDays(from, between)+drafts.WorkingDays(between, after), "days add up")
		}
	}
}

func way(t *testing.T, w *domaintest.World, id uuid.UUID) drafts.Way {
	t.Helper()
	found, err := w.Drafts.Way(w.As(w.Marketer), id)
	require.NoError(t, err)
	return found
}

func dues(w drafts.Way) map[contenttypes.Step]string {
	all := map[contenttypes.Step]string{}
	for _, s := range w.Steps {
		if s.DueOn != nil {
			all[s.Step] = s.DueOn.Format(time.DateOnly)
		}
	}
	return all
}

func TestANewDraftHasTheDaysChecklistAndBriefOfItsType(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d, err := w.Drafts.Create(w.As(w.Marketer), drafts.Input{Title: "Cold chain", ContentType: "case_study", Plan: drafts.Plan{PublishOn: date(t, "2026-12-18"), Proof: "My own."}})
	require.NoError(t, err)
	require.Equal(t, map[contenttypes.Step]string{"brief": "2026-11-26", "writing": "2026-12-08", "in_review": "2026-12-15", "approved": "2026-12-18"}, dues(way(t, w, d.ID)))
	require.Equal(t, "2026-11-26", d.Plan.DueOn.Format(time.DateOnly), "of the step that it is in")
	require.Equal(t, "My own.", d.Plan.Proof)
	require.NotEmpty(t, d.Plan.KeyMessage, "from the template")
	list, err := w.Drafts.Checklist(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	require.Len(t, list, 3)

	require.Empty(t, dues(way(t, w, plan(t, w, drafts.Input{}).ID)), "without a day of publishing there are none")
	_, err = w.Drafts.Create(w.As(w.Marketer), drafts.Input{Title: "x", ContentType: "poem"})
	w.Code(errs.Invalid, err)
}

func TestStepsFollowTheStateThereAndBack(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := approved(t, w, drafts.Input{Plan: drafts.Plan{PublishOn: date(t, "2026-12-18")}})
	steps := way(t, w, d.ID).Steps
	for _, s := range steps[:3] {
		require.NotNil(t, s.FinishedAt, s.Step)
	}
	require.Nil(t, steps[3].FinishedAt)
	require.NotNil(t, steps[3].StartedAt)
	require.Equal(t, "2026-12-18", get(t, w, d.ID).Plan.DueOn.Format(time.DateOnly))

	_, err := w.Drafts.Move(w.As(w.Marketer), d.ID, "reopen")
	require.NoError(t, err)
	steps = way(t, w, d.ID).Steps
	require.NotNil(t, steps[0].FinishedAt)
	for _, s := range steps[1:] {
		require.Nil(t, s.FinishedAt, s.Step)
	}
	require.Nil(t, steps[2].StartedAt)
}

func TestWhenAStepEndsLateTheNextOnesAreProposedToMoveAlong(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	today := time.Now().UTC().Truncate(24 * time.Hour)
	d := plan(t, w, drafts.Input{})
	set := func(days ...drafts.StepDay) drafts.Way {
		found, err := w.Drafts.SetSteps(w.As(w.Marketer), d.ID, get(t, w, d.ID).Rev, days)
		require.NoError(t, err)
		return found
	}
	on := func(step contenttypes.Step, n int) drafts.StepDay {
		at := drafts.AddWorkingDays(today, n)
		return drafts.StepDay{Step: step, DueOn: &at}
	}
	set(on("brief", -3), on("writing", 4), on("in_review", 6), on("approved", 9))
	_, err := w.Drafts.Move(w.As(w.Marketer), d.ID, "start")
	require.NoError(t, err)

	before := way(t, w, d.ID)
	require.NotNil(t, before.Moved)
	require.EqualValues(t, "brief", before.Moved.Because)
	late := drafts.WorkingDays(*before.Steps[0].DueOn, today)
	require.Equal(t, late, before.Moved.Days)
	require.Len(t, before.Moved.Steps, 3)
	require.Equal(t, drafts.AddWorkingDays(*before.Steps[1].DueOn, late), *before.Moved.Steps[0].DueOn)
	require.Equal(t, drafts.AddWorkingDays(today, 4).Format(time.DateOnly), dues(before)["writing"], "nothing has changed yet")

	after := set(before.Moved.Steps...)
	require.Nil(t, after.Moved, "decided")
	require.Equal(t, before.Moved.Steps[2].DueOn.Format(time.DateOnly), dues(after)["approved"])
	require.Equal(t, before.Moved.Steps[2].DueOn.Format(time.DateOnly), get(t, w, d.ID).Plan.PublishOn.Format(time.DateOnly))

	moved, err := w.Drafts.Propose(w.As(w.Marketer), d.ID, "in_review", drafts.AddWorkingDays(*after.Steps[2].DueOn, -2))
	require.NoError(t, err)
	require.Equal(t, -2, moved.Days)
	require.Len(t, moved.Steps, 1)
	require.EqualValues(t, "approved", moved.Steps[0].Step)
}

func TestAProposalMayBeDeclined(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{Plan: drafts.Plan{PublishOn: date(t, "2030-12-18")}})
	_, err := w.Drafts.Move(w.As(w.Marketer), d.ID, "start")
	require.NoError(t, err)
	before := way(t, w, d.ID)
	require.Negative(t, before.Moved.Days, "years too early")
	after, err := w.Drafts.SetSteps(w.As(w.Marketer), d.ID, before.Rev, nil)
	require.NoError(t, err)
	require.Nil(t, after.Moved)
	require.Equal(t, dues(before), dues(after))
	require.Equal(t, before.Rev, after.Rev, "nothing was changed")
}

func TestWhoSetsStepsAndForWhom(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{Confidential: true, Contributors: []uuid.UUID{w.Rep.ID}})
	give := func(to uuid.UUID) error {
		_, err := w.Drafts.SetSteps(w.As(w.Marketer), d.ID, get(t, w, d.ID).Rev, []drafts.StepDay{{Step: "writing", AssigneeID: uuid.NullUUID{UUID: to, Valid: true}}})
		return err
	}
	require.NoError(t, give(w.Rep.ID))
	w.Code(errs.Invalid, give(w.MarketingLead.ID)) // does not see it
	w.Code(errs.Invalid, give(uuid.New()))
	w.Deliver(1)
	require.NotEmpty(t, w.Inbox(w.Rep))
	_, err := w.Drafts.SetSteps(w.As(w.Rep), d.ID, get(t, w, d.ID).Rev, nil)
	w.Code(errs.Forbidden, err)
	_, err = w.Drafts.SetSteps(w.As(w.Marketer), d.ID, 99, nil)
	w.Code(errs.Stale, err)
	_, err = w.Drafts.SetSteps(w.As(w.Marketer), d.ID, get(t, w, d.ID).Rev, []drafts.StepDay{{Step: "lunch"}})
	w.Code(errs.Invalid, err)
}

func TestChecklistIsTickedOffByPeople(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{Contributors: []uuid.UUID{w.Rep.ID}})
	list, err := w.Drafts.AddCheckItem(w.As(w.Rep), d.ID, "  Prices   checked ")
	require.NoError(t, err)
	last := list[len(list)-1]
	require.Equal(t, "Prices checked", last.Text)
	for range 2 { // a double click
		_, err = w.Drafts.Check(w.As(w.Rep), d.ID, last.ID, true)
		require.NoError(t, err)
	}
	list, err = w.Drafts.Check(w.As(w.Marketer), d.ID, last.ID, true)
	require.NoError(t, err)
	require.Equal(t, w.Rep.ID, list[len(list)-1].DoneBy.ID, "who did it first")
	list, err = w.Drafts.Check(w.As(w.Marketer), d.ID, last.ID, false)
	require.NoError(t, err)
	require.Nil(t, list[len(list)-1].DoneBy)
	_, err = w.Drafts.RemoveCheckItem(w.As(w.Rep), d.ID, last.ID)
	require.NoError(t, err)
	_, err = w.Drafts.RemoveCheckItem(w.As(w.Rep), d.ID, last.ID)
	w.Code(errs.NotFound, err)
	_, err = w.Drafts.AddCheckItem(w.As(w.Stranger), d.ID, "x")
	w.Code(errs.NotFound, err)
	_, err = w.Drafts.AddCheckItem(w.As(w.Rep), d.ID, " ")
	w.Code(errs.Invalid, err)
}
