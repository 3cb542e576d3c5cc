package drafts

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/ideas"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// Pick is a piece of evidence in the brief of a draft: a copy of what somebody gave an idea, without the value of a deal.
// Whoever picked it saw the idea; whoever reads the draft reads the copy.
type Pick struct {
	ID         uuid.UUID
	EvidenceID uuid.UUID
	IdeaID     uuid.UUID // of the idea for which it speaks now; Nil when the reader does not see it
	Idea       string    // its title, likewise
	Kind       string
	Text       string
	Source     string
	Author     activity.Person
	By         activity.Person
	At         time.Time
	Withdrawn  bool // its author has taken it off the idea since
}

// BriefEvidence is what is picked into a brief, in order, and what its ideas have beside that and the reader sees.
type BriefEvidence struct {
	Picked  []Pick
	Offered []ideas.Found
}

const mostPicks = 50

var errNoPick = errs.New(errs.NotFound, "No such piece of evidence in this brief.")

// Evidence gives the evidence of a draft's brief and of its ideas.
func (s *Service) Evidence(ctx context.Context, id uuid.UUID) (BriefEvidence, error) {
	d, err := s.readable(ctx, id)
	if err != nil {
		return BriefEvidence{}, err
	}
	return s.evidence(ctx, d)
}

func (s *Service) evidence(ctx context.Context, d Draft) (e BriefEvidence, err error) {
	if e.Picked, err = s.store.picks(ctx, d.ID); err != nil {
		return e, err
	}
	var from []uuid.UUID
	for _, p := range e.Picked {
		from = append(from, p.IdeaID)
	}
	seen, err := s.ideas.Among(ctx, from)
	if err != nil {
		return e, err
	}
	for i, p := range e.Picked {
		at := slices.IndexFunc(seen, func(idea ideas.Idea) bool { return idea.ID == p.IdeaID })
		if at < 0 {
			e.Picked[i].IdeaID = uuid.Nil
			continue
		}
		e.Picked[i].Idea = seen[at].Title
	}
	offered, err := s.ideas.EvidenceOf(ctx, d.Ideas)
	e.Offered = slices.DeleteFunc(offered, func(f ideas.Found) bool {
		return slices.ContainsFunc(e.Picked, func(p Pick) bool { return p.EvidenceID == f.ID })
	})
	return e, err
}

// PickEvidence copies a piece of evidence of one of the draft's ideas to the end of its brief. The user must see that
// idea. Picking twice changes nothing.
func (s *Service) PickEvidence(ctx context.Context, id, evidence uuid.UUID) (BriefEvidence, error) {
	return s.briefChange(ctx, id, "evidence_picked", func(ctx context.Context, d Draft) (bool, error) {
		have, err := s.store.picks(ctx, id)
		if err != nil || slices.ContainsFunc(have, func(p Pick) bool { return p.EvidenceID == evidence }) {
			return false, err
		}
		found, err := s.ideas.EvidenceOf(ctx, d.Ideas)
		if err != nil {
			return false, err
		}
		at := slices.IndexFunc(found, func(f ideas.Found) bool { return f.ID == evidence })
		if at < 0 {
			return false, errs.Field(errs.NotFound, "body.evidence_id", "The ideas of this draft have no such piece of evidence.")
		}
		if len(have) >= mostPicks {
			return false, errs.New(errs.Conflict, "A brief has at most 50 pieces of evidence. Remove one first.")
		}
		return true, s.store.pick(ctx, id, found[at].Evidence, auth.From(ctx).ID)
	})
}

// RemovePick takes a piece of evidence out of the brief. It can be taken back for an hour.
func (s *Service) RemovePick(ctx context.Context, id, pick uuid.UUID) (BriefEvidence, error) {
	return s.briefChange(ctx, id, "updated", func(ctx context.Context, _ Draft) (bool, error) {
		return s.store.setRemoved(ctx, id, pick, true)
	})
}

// RestorePick brings back, to its place, what was removed within the last hour.
func (s *Service) RestorePick(ctx context.Context, id, pick uuid.UUID) (BriefEvidence, error) {
	return s.briefChange(ctx, id, "updated", func(ctx context.Context, _ Draft) (bool, error) {
		have, err := s.store.picks(ctx, id)
		if err != nil || slices.ContainsFunc(have, func(p Pick) bool { return p.ID == pick }) {
			return false, err
		}
		if len(have) >= mostPicks {
			return false, errs.New(errs.Conflict, "A brief has at most 50 pieces of evidence. Remove one first.")
		}
		return s.store.setRemoved(ctx, id, pick, false)
	})
}

// OrderPicks puts the evidence of a brief into an order. What is not named, because somebody has just added it, comes last.
func (s *Service) OrderPicks(ctx context.Context, id uuid.UUID, order []uuid.UUID) (BriefEvidence, error) {
	return s.briefChange(ctx, id, "updated", func(ctx context.Context, _ Draft) (bool, error) {
		have, err := s.store.picks(ctx, id)
		if err != nil {
			return false, err
		}
		before := make([]uuid.UUID, len(have))
		for i, p := range have {
			before[i] = p.ID
		}
		after := make([]uuid.UUID, 0, len(have))
		for _, pick := range slices.Concat(order, before) {
			if slices.Contains(before, pick) && !slices.Contains(after, pick) { // somebody may have removed one meanwhile
				after = append(after, pick)
			}
		}
		if slices.Equal(before, after) {
			return false, nil
		}
		return true, s.store.orderPicks(ctx, id, after)
	})
}

// briefChange runs a change of the evidence of a brief for whoever may change the brief. Evidence is part of what is
// approved: in review a change voids the approvals given.
func (s *Service) briefChange(ctx context.Context, id uuid.UUID, verb string, change func(context.Context, Draft) (changed bool, err error)) (e BriefEvidence, err error) {
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		d, err := s.locked(ctx, id)
		if err != nil {
			return err
		}
		me := auth.From(ctx)
		if !d.mayManage(me) {
			return errs.New(errs.Forbidden, "The writer and marketing change the brief.")
		}
		if d.fixed() {
			return errs.NotAllowedNow("What is approved or archived does not change. Reopen the draft first.", d.Allowed(me)...)
		}
		changed, err := change(ctx, d)
		if err != nil {
			return err
		}
		if changed {
			if d.State == InReview {
				if err := s.void(ctx, d, "The brief was changed."); err != nil {
					return err
				}
			}
			if err := s.store.touch(ctx, id); err != nil {
				return err
			}
			if err := s.record(ctx, verb, id, nil); err != nil {
				return err
			}
		}
		e, err = s.evidence(ctx, d)
		return err
	})
	return e, err
}

// evidencePart is a piece of evidence as a version copies it.
type evidencePart struct {
	EvidenceID uuid.UUID `json:"evidence_id"`
	IdeaID     uuid.UUID `json:"idea_id"`
	Kind       string    `json:"kind"`
	Text       string    `json:"text"`
	Source     string    `json:"source"`
	AuthorID   uuid.UUID `json:"author_id"`
}
