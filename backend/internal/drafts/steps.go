package drafts

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/contenttypes"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// Step is one part of a draft's way: a state, when it is due, whose it is, and how it went.
type Step struct {
	Step       contenttypes.Step
	DueOn      *time.Time // a day; UTC midnight
	Assignee   *activity.Person
	StartedAt  *time.Time
	FinishedAt *time.Time
	answered   bool
	finishedOn *time.Time // the day of FinishedAt where the writer is
}

// Way is the steps of a draft.
type Way struct {
	Steps []Step
	Rev   int64
	// Moved is what becomes of the open steps when they move along with one that ended on another day than planned; nil when
	// there is nothing to decide.
	Moved *Moved
}

// Moved is a proposal: it changes nothing until SetSteps says so.
type Moved struct {
	Because contenttypes.Step // the step that is early or late
	Days    int               // working days, negative when earlier
	Steps   []StepDay         // those that would move, with their new days
}

// StepDay is the day and the person of a step.
type StepDay struct {
	Step       contenttypes.Step
	DueOn      *time.Time
	AssigneeID uuid.NullUUID
}

// Way gives the steps of a draft.
func (s *Service) Way(ctx context.Context, id uuid.UUID) (Way, error) {
	d, err := s.readable(ctx, id)
	if err != nil {
		return Way{}, err
	}
	steps, err := s.store.steps(ctx, id)
	if err != nil {
		return Way{}, err
	}
	return Way{Steps: steps, Rev: d.Rev, Moved: late(d, steps)}, nil
}

// late proposes new days for the open steps after one that ended early or late and about which nobody has decided.
func late(d Draft, steps []Step) *Moved {
	if d.fixed() && d.State != Approved {
		return nil
	}
	for _, st := range slices.Backward(steps) {
		if st.finishedOn != nil && !st.answered && st.DueOn != nil {
			return moveAlong(steps, st.Step, *st.DueOn, *st.finishedOn)
		}
	}
	return nil
}

// moveAlong moves the steps after one by as many working days as that one moved.
func moveAlong(steps []Step, because contenttypes.Step, from, to time.Time) *Moved {
	m := &Moved{Because: because, Days: WorkingDays(from, to)}
	after := false
	for _, st := range steps {
		if after && st.FinishedAt == nil && st.DueOn != nil && m.Days != 0 {
			on := AddWorkingDays(*st.DueOn, m.Days)
			m.Steps = append(m.Steps, StepDay{Step: st.Step, DueOn: &on})
		}
		after = after || st.Step == because
	}
	if len(m.Steps) == 0 {
		return nil
	}
	return m
}

// Propose says what becomes of the steps after one when its day moves to another; it changes nothing.
func (s *Service) Propose(ctx context.Context, id uuid.UUID, step contenttypes.Step, on time.Time) (*Moved, error) {
	if _, err := s.readable(ctx, id); err != nil {
		return nil, err
	}
	if err := sensible("query.on", &on); err != nil {
		return nil, err
	}
	steps, err := s.store.steps(ctx, id)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(steps, func(st Step) bool { return st.Step == step })
	if i < 0 || steps[i].DueOn == nil {
		return nil, nil
	}
	return moveAlong(steps, step, *steps[i].DueOn, day(on)), nil
}

func sensible(field string, on *time.Time) error {
	if on != nil && (on.Before(earliest) || on.After(latest)) {
		return errs.Field(errs.Invalid, field, "Give a day between the years 2000 and 2199.")
	}
	return nil
}

// SetSteps gives steps other days and people. Steps that are not named stay. It also answers what was proposed because of
// a step that ended early or late. Days are plans and no part of what is approved: approvals stay. Stale when rev is not
// the current one.
func (s *Service) SetSteps(ctx context.Context, id uuid.UUID, rev int64, days []StepDay) (Way, error) {
	var people []uuid.UUID
	for _, d := range days {
		if !slices.Contains(contenttypes.Steps, d.Step) {
			return Way{}, errs.Field(errs.Invalid, "body.steps", "The steps are brief, writing, in_review and approved.")
		}
		if err := sensible("body.steps", d.DueOn); err != nil {
			return Way{}, err
		}
		if d.AssigneeID.Valid {
			people = append(people, d.AssigneeID.UUID)
		}
	}
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		d, err := s.locked(ctx, id)
		if err != nil {
			return err
		}
		me := auth.From(ctx)
		switch {
		case !d.mayManage(me):
			return errs.New(errs.Forbidden, "The writer and marketing move its dates.")
		case d.Rev != rev:
			return errs.StaleRev(d.Rev)
		case !d.MaySchedule(me):
			return errs.NotAllowedNow("What is published or archived has no days to come.", d.Allowed(me)...)
		}
		if ok, err := s.store.mayBeAsked(ctx, d, people); err != nil || !ok {
			return errOr(err, errs.Field(errs.Invalid, "body.steps", "A step is for somebody who sees the draft: its people, or marketing when it is not confidential."))
		}
		before, err := s.store.steps(ctx, id)
		if err != nil {
			return err
		}
		if err := s.store.setSteps(ctx, id, days); err != nil {
			return err
		}
		after, err := s.store.steps(ctx, id)
		if err != nil {
			return err
		}
		if moved, asked := changed(before, after); len(moved) > 0 || len(asked) > 0 {
			if err := s.store.touch(ctx, id); err != nil {
				return err
			}
			if len(asked) > 0 {
				if err := s.record(ctx, "step_assigned", id, map[string]any{"title": d.Title, "notify": asked}); err != nil {
					return err
				}
			}
			return s.record(ctx, "steps_changed", id, map[string]any{"title": d.Title, "steps": moved})
		}
		return nil
	})
	if err != nil {
		return Way{}, err
	}
	return s.Way(ctx, id)
}

// changed gives which steps have another day now, and who has a step that was not theirs.
func changed(before, after []Step) (moved []map[string]any, asked []uuid.UUID) {
	show := func(t *time.Time) any {
		if t == nil {
			return nil
		}
		return t.Format(time.DateOnly)
	}
	for i, a := range after {
		b := before[i]
		if show(a.DueOn) != show(b.DueOn) {
			moved = append(moved, map[string]any{"step": a.Step, "from": show(b.DueOn), "to": show(a.DueOn)})
		}
		if a.Assignee != nil && (b.Assignee == nil || b.Assignee.ID != a.Assignee.ID) {
			asked = append(asked, a.Assignee.ID)
		}
	}
	return moved, asked
}

// planDays gives the days of a new draft: backwards from the day of publishing, with the lengths that its type has. Without
// that day there are none.
func planDays(t contenttypes.Type, publish *time.Time) map[contenttypes.Step]time.Time {
	days := map[contenttypes.Step]time.Time{}
	if publish == nil {
		return days
	}
	on := *publish
	for _, step := range slices.Backward(contenttypes.Steps) {
		days[step] = on
		on = AddWorkingDays(on, -t.StepDays[step])
	}
	return days
}
