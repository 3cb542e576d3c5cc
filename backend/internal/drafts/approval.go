package drafts

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// ApprovalMode is whose yes a draft needs.
type ApprovalMode string

// The modes; a content type has one, and a draft gets a copy when it is submitted.
const (
	BothSides ApprovalMode = "both_sides" // one of each side: a lead, or a person named as approver
	Named     ApprovalMode = "named"      // everybody who is named
	NOfM      ApprovalMode = "n_of_m"     // so many of those who are named
)

// ApprovalRule is how a draft is approved, and how far that is. Its first four fields are copied when it is submitted.
type ApprovalRule struct {
	Mode   ApprovalMode
	Count  int         // how many yeses n_of_m needs
	Asked  []uuid.UUID // whom the content type names
	People []uuid.UUID // whose yes counts: these and the draft's own approvers, in the modes that name people
	Given  []uuid.UUID // who has said yes to the version to approve, or somebody for them
	By     []uuid.UUID // who pressed the button; as many as Given
	Away   []Away      // while it is in review: those who are away or gone, each with one who may approve for them
}

// Away is somebody who is away now or has no account any more, and somebody who approves for them.
type Away struct {
	ID       uuid.UUID `json:"ID"`
	Side     auth.Side `json:"Side"`
	Lead     bool      `json:"Lead"`
	Left     bool      `json:"Left"` // for good: the leads of their side approve for them
	Delegate uuid.UUID `json:"Delegate"`
}

func (a Away) user() auth.User { return auth.User{ID: a.ID, Side: a.Side, Lead: a.Lead} }

// Needed is how many yeses it takes altogether.
func (r ApprovalRule) Needed() int {
	switch r.Mode {
	case Named:
		return len(r.People)
	case NOfM:
		return r.Count
	}
	return 2
}

// mayApproveAs says whether somebody's own yes counts: in the modes that name people, theirs; otherwise a lead's of
// their side or a named approver's. Never the draft's writer's.
func (d Draft) mayApproveAs(u auth.User) bool {
	if u.ID == d.WriterID {
		return false
	}
	if d.Approval.Mode == Named || d.Approval.Mode == NOfM {
		return slices.Contains(d.Approval.People, u.ID)
	}
	return slices.Contains(d.Approvers, u.ID) || (u.Lead && d.reads(u))
}

// standsIn gives the people for whom somebody may approve now, because they are away or gone.
func (d Draft) standsIn(u auth.User) (who []auth.User) {
	if d.State != InReview || u.ID == d.WriterID {
		return nil
	}
	for _, a := range d.Approval.Away {
		if a.Delegate == u.ID && d.mayApproveAs(a.user()) {
			who = append(who, a.user())
		}
	}
	return who
}

// MayApprove says whether somebody may say yes to the draft, for themselves or for a colleague who is away.
func (d Draft) MayApprove(u auth.User) bool { return d.mayApproveAs(u) || len(d.standsIn(u)) > 0 }

// hasApproved says whether nothing more is needed of somebody: they have said yes, or their side has.
func (d Draft) hasApproved(u auth.User) bool {
	if d.Approval.Mode == Named || d.Approval.Mode == NOfM {
		return slices.Contains(d.Approval.Given, u.ID)
	}
	return slices.Contains(d.ApprovedBy, u.Side)
}

// approvesFor gives whose yes somebody would give now: their own, or that of somebody who is away. N of M wants
// different people, so nobody gives two.
func (d Draft) approvesFor(u auth.User) (principal auth.User, ok bool) {
	if d.Approval.Mode == NOfM && slices.Contains(d.Approval.By, u.ID) {
		return auth.User{}, false
	}
	if d.mayApproveAs(u) && !d.hasApproved(u) {
		return u, true
	}
	for _, away := range d.standsIn(u) {
		if !d.hasApproved(away) {
			return away, true
		}
	}
	return auth.User{}, false
}

// isComplete says whether the draft has the approvals that its mode asks for. The database asks the same again.
func (d Draft) isComplete() bool {
	switch r := d.Approval; r.Mode {
	case Named:
		return len(r.People) > 0 && !slices.ContainsFunc(r.People, func(id uuid.UUID) bool { return !slices.Contains(r.Given, id) })
	case NOfM:
		people := map[uuid.UUID]bool{}
		for i, id := range r.Given {
			if slices.Contains(r.People, id) {
				people[r.By[i]] = true
			}
		}
		return len(people) >= r.Count
	}
	return len(d.ApprovedBy) == 2
}

// keepAsked leaves those on a draft in review whom its content type asks: their yes is needed.
func (d Draft) keepAsked(in *Input) {
	if d.State != InReview {
		return
	}
	for _, id := range d.Approval.Asked {
		if !slices.Contains(in.Approvers, id) {
			in.Approvers = append(slices.Clone(in.Approvers), id)
		}
	}
}

// takeRule copies how pieces of its type are approved into a draft that is submitted, and asks those whom it names.
// Of a confidential draft only its own approvers count: nobody comes to see it by a setting.
func (s *Service) takeRule(ctx context.Context, d Draft) error {
	r, err := s.store.rule(ctx, d.ContentType)
	if err != nil {
		return err
	}
	r, err = s.resolve(ctx, r, d.Confidential, d.WriterID, d.Approvers)
	if err != nil {
		return err
	}
	if err := r.enough(errs.Conflict, ""); err != nil {
		return err
	}
	if err := s.store.setRule(ctx, d.ID, r); err != nil {
		return err
	}
	return s.comments.AutoFollow(ctx, object(d.ID), r.People...)
}

// resolve works out whose yes counts.
func (s *Service) resolve(ctx context.Context, r ApprovalRule, confidential bool, writer uuid.UUID, own []uuid.UUID) (ApprovalRule, error) {
	if r.Mode == BothSides {
		r.Asked, r.People = nil, nil
		return r, nil
	}
	if confidential {
		r.Asked = nil
	}
	var err error
	if r.Asked, err = s.store.enabled(ctx, r.Asked, writer); err != nil {
		return r, err
	}
	r.People, err = s.store.enabled(ctx, slices.Concat(r.Asked, own), writer)
	return r, err
}

// askedChange says whether an input changes who may say yes: the writer never does, an approver does.
func (d Draft) askedChange(in Input) bool {
	lacks := func(list []uuid.UUID) func(uuid.UUID) bool {
		return func(id uuid.UUID) bool { return !slices.Contains(list, id) }
	}
	return in.WriterID != d.WriterID || slices.ContainsFunc(in.Approvers, lacks(d.Approvers)) || slices.ContainsFunc(d.Approvers, lacks(in.Approvers))
}

// askAgain works out anew whose yes counts, after people of a draft in review were changed.
func (s *Service) askAgain(ctx context.Context, d Draft, in Input) error {
	if d.Approval.Mode == BothSides {
		return nil
	}
	r, err := s.resolve(ctx, d.Approval, false, in.WriterID, in.Approvers)
	if err != nil {
		return err
	}
	if err := r.enough(errs.Invalid, "body.approvers"); err != nil {
		return err
	}
	return s.store.setRule(ctx, d.ID, r)
}

// enough says what is missing for a draft that nobody could approve.
func (r ApprovalRule) enough(code errs.Code, field string) error {
	switch {
	case r.Mode == Named && len(r.People) == 0:
		return errs.Field(code, field, "Pieces of this type are approved by named people, and nobody is named. Name approvers first.")
	case r.Mode == NOfM && len(r.People) < r.Count:
		return errs.Field(code, field, fmt.Sprintf("Pieces of this type need %d approvals, and only %d people beside the writer can give one. Name more approvers.", r.Count, len(r.People)))
	}
	return nil
}
