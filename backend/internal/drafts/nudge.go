package drafts

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// AskedPerson is somebody whose yes a draft needs or has.
type AskedPerson struct {
	Person      activity.Person
	Lead        bool
	Waits       bool             // nothing is missing but their yes
	ApprovedAt  *time.Time       // of the version to approve
	ApprovedBy  *activity.Person // who did it for them
	RemindedAt  *time.Time
	EscalatedAt *time.Time
	EscalatedTo []activity.Person
	AwayUntil   *time.Time        // the last day
	Delegate    *activity.Person  // while they are away
	Left        bool              // they have no account any more
	Instead     []activity.Person // who may approve for them then
}

// ApprovalStatus is whose yes a draft needs, and since when it waits for whom.
type ApprovalStatus struct {
	Mode    ApprovalMode
	Needed  int
	Given   int
	Since   *time.Time // when the version to approve was submitted; nil before
	Number  int        // of that version
	People  []AskedPerson
	Problem string // why it could not be submitted now
}

// ApprovalStatus says how it stands with the approvals of a draft. Before it is submitted it says who will be asked.
func (s *Service) ApprovalStatus(ctx context.Context, id uuid.UUID) (ApprovalStatus, error) {
	d, err := s.readable(ctx, id)
	if err != nil {
		return ApprovalStatus{}, err
	}
	return s.status(ctx, d)
}

func (s *Service) status(ctx context.Context, d Draft) (st ApprovalStatus, err error) {
	asked := d.State == InReview || d.State == Approved || d.State == Published
	if !asked {
		r, err := s.store.rule(ctx, d.ContentType)
		if err != nil {
			return st, err
		}
		if d.Approval, err = s.resolve(ctx, r, d.Confidential, d.WriterID, d.Approvers); err != nil {
			return st, err
		}
		if err := d.Approval.enough(errs.Conflict, ""); err != nil {
			st.Problem = err.Error()
		}
		d.CurrentVersionID = uuid.NullUUID{}
	}
	st.Mode, st.Needed, st.Given = d.Approval.Mode, d.Approval.Needed(), d.ApprovalsGiven()
	if d.CurrentVersionID.Valid {
		v, err := s.store.version(ctx, d.ID, d.CurrentVersionID.UUID)
		if err != nil {
			return st, err
		}
		st.Since, st.Number = &v.CreatedAt, v.Number
	}
	ids, err := s.store.approversToAsk(ctx, d)
	if err != nil {
		return st, err
	}
	st.People, err = s.store.askedPeople(ctx, d.CurrentVersionID, slices.Concat(ids, d.Approval.Given))
	if err != nil {
		return st, err
	}
	for i, p := range st.People {
		if p.Left && d.State == InReview {
			if st.People[i].Instead, err = s.store.people(ctx, d.deputiesOf(p.Person.ID)); err != nil {
				return st, err
			}
		}
		st.People[i].Waits = d.State == InReview && !d.hasApproved(auth.User{ID: p.Person.ID, Side: p.Person.Side}) && st.Given < st.Needed
	}
	return st, err
}

// deputiesOf gives who may approve for somebody who is away or gone.
func (d Draft) deputiesOf(id uuid.UUID) (deputies []uuid.UUID) {
	for _, a := range d.Approval.Away {
		if a.ID == id {
			deputies = append(deputies, a.Delegate)
		}
	}
	return deputies
}

// ApprovalsGiven is how many of the needed yeses there are.
func (d Draft) ApprovalsGiven() int {
	switch d.Approval.Mode {
	case Named:
		return len(d.Approval.Given)
	case NOfM:
		people := slices.Clone(d.Approval.By)
		slices.SortFunc(people, func(a, b uuid.UUID) int { return strings.Compare(a.String(), b.String()) })
		return len(slices.Compact(people))
	}
	return len(d.ApprovedBy)
}

// NudgeArgs ask for reminders of what waits for approval.
type NudgeArgs struct{}

// Kind implements jobs.Args.
func (NudgeArgs) Kind() string { return "nudge_approvers" }

// Nudge is the job that reminds people of what waits for their yes, tells the lead of their side when it waits too long,
// hands it to their delegate when they went away meanwhile, and to the leads of their side when they are gone for good. Each is said once per version and person, however often
// and in however many processes it runs.
func (s *Service) Nudge(ctx context.Context, _ NudgeArgs) error { return s.NudgeAt(ctx, time.Now()) }

// NudgeAt is Nudge at a given time.
func (s *Service) NudgeAt(ctx context.Context, now time.Time) error {
	all, err := s.store.inReview(ctx)
	if err != nil {
		return err
	}
	var problems []error
	for _, w := range all {
		if err := s.db.InTx(ctx, func(ctx context.Context) error { return s.nudge(ctx, w, now) }); err != nil {
			problems = append(problems, fmt.Errorf("draft %s: %w", w.Draft, err))
		}
	}
	return errors.Join(problems...)
}

func (s *Service) nudge(ctx context.Context, w waiting, now time.Time) error {
	if err := s.store.lock(ctx, w.Draft); err != nil {
		return err
	}
	d, err := s.store.get(ctx, w.Draft)
	if err != nil || d.State != InReview || d.CurrentVersionID.UUID != w.Version {
		return err
	}
	st, err := s.status(ctx, d)
	if err != nil {
		return err
	}
	told := map[string]*telling{"reminded": {}, "escalated": {}, "delegated": {}, "left": {}}
	tell := func(kind string, p AskedPerson, to []activity.Person) error {
		ids := make([]uuid.UUID, len(to))
		for i := range to {
			ids[i] = to[i].ID
		}
		isNew, err := s.store.nudge(ctx, w.Version, p.Person.ID, kind, ids, now)
		if isNew {
			told[kind].add(p.Person, ids)
		}
		return err
	}
	for _, p := range st.People {
		if !p.Waits {
			continue
		}
		if p.Left { // they cannot be reminded: who may step in is told at once, or else the writer
			instead := p.Instead
			if len(instead) == 0 {
				instead = []activity.Person{d.Writer}
			}
			if err := tell("left", p, instead); err != nil {
				return err
			}
			continue
		}
		to := []activity.Person{p.Person}
		if p.Delegate != nil && p.Delegate.ID != d.WriterID {
			to = append(to, *p.Delegate)
			if err := tell("delegated", p, to[1:]); err != nil {
				return err
			}
		}
		waited := now.Sub(w.Since)
		if w.Remind > 0 && waited >= w.Remind {
			if err := tell("reminded", p, to); err != nil {
				return err
			}
		}
		if w.Escalate > 0 && waited >= w.Escalate {
			leads, err := s.store.leadsOf(ctx, p.Person.Side, p.Person.ID, d.WriterID)
			if err != nil {
				return err
			}
			leads = slices.DeleteFunc(leads, func(l activity.Person) bool { return !d.reads(auth.User{ID: l.ID, Side: l.Side, Lead: true}) })
			if len(leads) == 0 {
				continue // there is nobody above them who may see it
			}
			if err := tell("escalated", p, leads); err != nil {
				return err
			}
		}
	}
	for _, kind := range []string{"left", "delegated", "reminded", "escalated"} {
		t := told[kind]
		if len(t.names) == 0 {
			continue
		}
		if err := s.record(ctx, kind, d.ID, map[string]any{"title": d.Title, "version": st.Number, "name": strings.Join(t.names, ", "),
			"days": int(now.Sub(w.Since) / (24 * time.Hour)), "notify": t.notify}); err != nil {
			return err
		}
	}
	return nil
}

// telling collects who is told in one activity.
type telling struct {
	names  []string
	notify []uuid.UUID
}

func (t *telling) add(about activity.Person, to []uuid.UUID) {
	t.names = append(t.names, about.Name)
	for _, id := range to {
		if !slices.Contains(t.notify, id) {
			t.notify = append(t.notify, id)
		}
	}
}

// askNow gives whom a draft that was just submitted asks: those whose yes it needs, and for who is away their delegate.
func (s *Service) askNow(ctx context.Context, id uuid.UUID) ([]uuid.UUID, error) {
	d, err := s.store.get(ctx, id)
	if err != nil {
		return nil, err
	}
	d.State = InReview // in a moment
	st, err := s.status(ctx, d)
	if err != nil {
		return nil, err
	}
	var ids []uuid.UUID
	for _, p := range st.People {
		ids = append(ids, p.Person.ID)
		if p.Delegate == nil || p.Delegate.ID == d.WriterID {
			continue
		}
		ids = append(ids, p.Delegate.ID)
		if _, err := s.store.nudge(ctx, d.CurrentVersionID.UUID, p.Person.ID, "delegated", []uuid.UUID{p.Delegate.ID}, db.Now()); err != nil {
			return nil, err
		}
	}
	return ids, nil
}
