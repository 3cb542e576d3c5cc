package drafts

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Absence is somebody's time away: whole days, as their own clock counts them. Meanwhile a colleague of their side may
// approve for them.
type Absence struct {
	ID       uuid.UUID
	Person   activity.Person
	Delegate *activity.Person
	StartsOn time.Time // the first day away
	EndsOn   time.Time // the last
	Timezone string
	StartsAt time.Time
	EndsAt   time.Time
	Note     string
	Rev      int64
}

// AbsenceInput is what somebody says about their time away.
type AbsenceInput struct {
	StartsOn   time.Time
	EndsOn     time.Time
	DelegateID uuid.NullUUID
	Note       string
}

// longestAbsence is how many days somebody can be away at once: whoever is away for longer sets the next.
const longestAbsence = 366

// span gives the moments at which days begin and end in a time zone: midnight there, also on the days on which the clocks
// change.
func (in AbsenceInput) span(zone *time.Location) (from, until time.Time) {
	midnight := func(day time.Time) time.Time {
		return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone)
	}
	return midnight(in.StartsOn), midnight(in.EndsOn.AddDate(0, 0, 1))
}

// check refuses what makes no sense, and gives the moments.
func (s *Service) check(ctx context.Context, me auth.User, id uuid.UUID, in *AbsenceInput) (zone string, from, until time.Time, err error) {
	in.Note = strings.TrimSpace(in.Note)
	if utf8.RuneCountInString(in.Note) > 200 {
		return "", from, until, errs.Field(errs.Invalid, "body.note", "At most 200 characters, please.")
	}
	if in.EndsOn.Before(in.StartsOn) {
		return "", from, until, errs.Field(errs.Invalid, "body.ends_on", "The last day is before the first.")
	}
	if in.EndsOn.Sub(in.StartsOn) > longestAbsence*24*time.Hour {
		return "", from, until, errs.Field(errs.Invalid, "body.ends_on", "At most a year at once, please.")
	}
	if zone, err = s.store.timezone(ctx, me.ID); err != nil {
		return "", from, until, err
	}
	place, err := time.LoadLocation(zone)
	if err != nil {
		zone, place = "UTC", time.UTC
	}
	from, until = in.span(place)
	if !until.After(time.Now()) {
		return "", from, until, errs.Field(errs.Invalid, "body.ends_on", "These days are over.")
	}
	if in.DelegateID.Valid {
		ok, err := s.store.canStandIn(ctx, me, in.DelegateID.UUID)
		if err != nil {
			return "", from, until, err
		}
		if !ok {
			return "", from, until, errs.Field(errs.Invalid, "body.delegate_id", "Choose a colleague of your side.")
		}
	}
	overlaps, err := s.store.overlaps(ctx, me.ID, id, from, until)
	if err == nil && overlaps {
		err = errs.Field(errs.Conflict, "body.starts_on", "You are away on some of these days already. Change that absence instead.")
	}
	return zone, from, until, err
}

// Absences lists the times away that have not ended, of the user and of those for whom they stand in, soonest first.
func (s *Service) Absences(ctx context.Context) ([]Absence, error) {
	return s.store.absences(ctx, auth.From(ctx).ID)
}

// AddAbsence says that the user will be away.
func (s *Service) AddAbsence(ctx context.Context, in AbsenceInput) (Absence, error) {
	id := db.NewID()
	return s.setAbsence(ctx, id, in, func(ctx context.Context, zone string, from, until time.Time) error {
		return s.store.addAbsence(ctx, id, auth.From(ctx).ID, in, zone, from, until)
	})
}

// ChangeAbsence changes a time away of the user. Stale when rev is not the current one.
func (s *Service) ChangeAbsence(ctx context.Context, id uuid.UUID, rev int64, in AbsenceInput) (Absence, error) {
	return s.setAbsence(ctx, id, in, func(ctx context.Context, zone string, from, until time.Time) error {
		old, err := s.store.absence(ctx, auth.From(ctx).ID, id)
		if err != nil {
			return err
		}
		if old.Rev != rev {
			return errs.StaleRev(old.Rev)
		}
		return s.store.changeAbsence(ctx, id, in, zone, from, until)
	})
}

func (s *Service) setAbsence(ctx context.Context, id uuid.UUID, in AbsenceInput, write func(ctx context.Context, zone string, from, until time.Time) error) (a Absence, err error) {
	me := auth.From(ctx)
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lockAbsences(ctx, me.ID); err != nil {
			return err
		}
		zone, from, until, err := s.check(ctx, me, id, &in)
		if err != nil {
			return err
		}
		if err := write(ctx, zone, from, until); err != nil {
			return err
		}
		a, err = s.store.absence(ctx, me.ID, id)
		return err
	})
	return a, err
}

// RemoveAbsence takes a time away of the user back: from now on nobody stands in for them. What was approved meanwhile
// stays approved.
func (s *Service) RemoveAbsence(ctx context.Context, id uuid.UUID) error {
	return s.store.removeAbsence(ctx, auth.From(ctx).ID, id)
}
