package drafts

import (
	"context"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// Lens is what a calendar looks at.
type Lens string

// The lenses.
const (
	LensPublish Lens = "publish" // the day on which a piece goes public
	LensDue     Lens = "due"     // the day on which the step is due that it is in
)

// CalendarFilter narrows Calendar. The days are dates: they have no time zone, and To is the last one shown.
type CalendarFilter struct {
	Lens     Lens
	From, To time.Time
	// LateBefore adds what should have been done before this day (today, where the reader is) and is not, however long ago.
	LateBefore *time.Time
	Filter     Filter // people, type, side, states, idea
}

// Calendar is what a calendar shows.
type Calendar struct {
	Dated    []Draft // by day
	Undated  []Draft // in work, without such a day; last changed first
	Overflow bool    // there is more than is given
}

// most is how many pieces a calendar holds, and how many without a day.
const (
	mostDated   = 1000
	mostUndated = 100
)

// day is a date without a time.
func day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// Calendar gives the pieces whose text the user may read, by a day of theirs.
func (s *Service) Calendar(ctx context.Context, f CalendarFilter) (c Calendar, err error) {
	if f.To.Before(f.From) || f.To.Sub(f.From) > 400*24*time.Hour {
		return c, errs.Field(errs.Invalid, "query.to", "Ask for at most 400 days, the first one first.")
	}
	me := auth.From(ctx)
	if c.Dated, err = s.store.dated(ctx, me, f); err != nil {
		return c, err
	}
	if c.Undated, err = s.store.undated(ctx, me, f); err != nil {
		return c, err
	}
	if len(c.Dated) > mostDated {
		c.Dated, c.Overflow = c.Dated[:mostDated], true
	}
	if len(c.Undated) > mostUndated {
		c.Undated, c.Overflow = c.Undated[:mostUndated], true
	}
	for _, list := range [][]Draft{c.Dated, c.Undated} {
		for i := range list {
			list[i].Full = true
		}
	}
	return c, nil
}

// DueOn gives the day on which the step is due that the draft is in: publishing is the last, and after it none is.
func (d Draft) DueOn() *time.Time {
	switch d.State {
	case Approved:
		return d.Plan.PublishOn
	case Published, Archived:
		return nil
	}
	return d.Plan.DueOn
}

// On gives the day that a lens looks at.
func (d Draft) On(lens Lens) *time.Time {
	if lens == LensDue {
		return d.DueOn()
	}
	return d.Plan.PublishOn
}

// MaySchedule says whether somebody may give the draft other days now.
func (d Draft) MaySchedule(u auth.User) bool {
	return d.mayManage(u) && d.State != Published && d.State != Archived
}

var earliest, latest = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2199, 12, 31, 0, 0, 0, 0, time.UTC)

// Schedule moves one day of a draft, or takes it away (nil). Days are plans and no part of what is approved: approvals stay.
// Stale when rev is not the current one.
func (s *Service) Schedule(ctx context.Context, id uuid.UUID, rev int64, lens Lens, on *time.Time) (Draft, error) {
	if err := sensible("body.on", on); err != nil {
		return Draft{}, err
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
		case d.State == Published:
			return errs.NotAllowedNow("This piece is published: its dates are history.", d.Allowed(me)...)
		case d.State == Archived:
			return errs.NotAllowedNow("This draft is archived. Bring it back first.", d.Allowed(me)...)
		}
		before := d.On(lens)
		if before == nil && on == nil || before != nil && on != nil && day(*before).Equal(day(*on)) {
			return nil
		}
		if err := s.store.schedule(ctx, id, lens, on); err != nil {
			return err
		}
		data := map[string]any{"lens": lens}
		if before != nil {
			data["from"] = before.Format(time.DateOnly)
		}
		if on != nil {
			data["to"] = on.Format(time.DateOnly)
		}
		return s.record(ctx, "scheduled", id, data)
	})
	if err != nil {
		return Draft{}, err
	}
	return s.Get(ctx, id)
}
