package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/drafts"
	"byline/backend/internal/ideas"
)

// ThingRef names an idea.
type ThingRef struct {
	ID    uuid.UUID `json:"id"`
	Title string    `json:"title"`
}

// PickedEvidence is a piece of evidence in a brief: a copy.
type PickedEvidence struct {
	ID        uuid.UUID `json:"id"`
	Kind      string    `json:"kind" enum:"quote,question,objection,call_note,deal"`
	Text      string    `json:"text" example:"What happens when the battery dies in transit?"`
	Source    string    `json:"source" doc:"Who said it." example:"Head of quality, dairy"`
	Author    PersonRef `json:"author" doc:"Who wrote it down."`
	Idea      *ThingRef `json:"idea,omitempty" doc:"For which idea; absent when you do not see it."`
	PickedBy  PersonRef `json:"picked_by"`
	PickedAt  time.Time `json:"picked_at"`
	Withdrawn bool      `json:"withdrawn" doc:"Its author has taken it off the idea since."`
}

// OfferedEvidence is a piece of evidence of an idea that can be picked.
type OfferedEvidence struct {
	Evidence
	Idea       ThingRef         `json:"idea"`
	Visibility ideas.Visibility `json:"visibility" enum:"everyone,team,private" doc:"Who sees the idea. Whoever reads the draft reads what is picked."`
}

// DraftEvidence is the evidence of a brief.
type DraftEvidence struct {
	Picked  []PickedEvidence  `json:"picked" doc:"In the brief, in its order."`
	Offered []OfferedEvidence `json:"offered" doc:"What else its ideas have, of those that you see."`
}

// PickPath names a piece of evidence of a brief in an address.
type PickPath struct {
	PathID
	PickID uuid.UUID `path:"pick_id"`
}

type pickInput struct {
	PathID
	Body struct {
		EvidenceID uuid.UUID `json:"evidence_id" doc:"Of one of the draft's ideas."`
	}
}

type orderPicksInput struct {
	PathID
	Body struct {
		IDs []uuid.UUID `json:"ids" maxItems:"50" doc:"Of picked pieces, in their new order; those that are not named come last."`
	}
}

func evidenceAnswer(e drafts.BriefEvidence, err error) (*body[DraftEvidence], error) {
	if err != nil {
		return nil, err
	}
	dto := DraftEvidence{Picked: []PickedEvidence{}, Offered: []OfferedEvidence{}}
	for _, p := range e.Picked {
		item := PickedEvidence{ID: p.ID, Kind: p.Kind, Text: p.Text, Source: p.Source, Author: ref(p.Author), PickedBy: ref(p.By), PickedAt: p.At, Withdrawn: p.Withdrawn}
		if p.IdeaID != uuid.Nil {
			item.Idea = &ThingRef{ID: p.IdeaID, Title: p.Idea}
		}
		dto.Picked = append(dto.Picked, item)
	}
	for _, f := range e.Offered {
		dto.Offered = append(dto.Offered, OfferedEvidence{Evidence: evidenceDTO(f.Evidence), Idea: ThingRef{ID: f.IdeaID, Title: f.Idea}, Visibility: f.Visibility})
	}
	return &body[DraftEvidence]{Body: dto}, nil
}

func (s *Server) evidenceOperations() {
	register(s, op{ID: "listDraftEvidence", Method: http.MethodGet, Path: "/drafts/{id}/evidence", Tag: "drafts", Summary: "Get the evidence of a brief",
		Description: "What customers said that is in the brief, and what else its ideas have. Ideas that you do not see stay unnamed."},
		func(ctx context.Context, in *PathID) (*body[DraftEvidence], error) {
			return evidenceAnswer(s.Drafts.Evidence(ctx, in.ID))
		})
	register(s, op{ID: "pickEvidence", Method: http.MethodPost, Path: "/drafts/{id}/evidence", Tag: "drafts", Summary: "Pick evidence into the brief", Status: http.StatusOK,
		Errors: []int{http.StatusConflict}, Description: "The writer and marketing, from an idea of the draft that they see. It is copied, without the value of a deal: whoever reads the draft reads it, also when the idea is private. " +
			"Picking twice changes nothing. In review it voids the approvals given. At most 50."},
		func(ctx context.Context, in *pickInput) (*body[DraftEvidence], error) {
			return evidenceAnswer(s.Drafts.PickEvidence(ctx, in.ID, in.Body.EvidenceID))
		})
	register(s, op{ID: "removePick", Method: http.MethodDelete, Path: "/drafts/{id}/evidence/{pick_id}", Tag: "drafts", Summary: "Take evidence out of the brief", Status: http.StatusOK,
		Errors: []int{http.StatusConflict}, Description: "The idea keeps its own. restorePick undoes it for an hour."},
		func(ctx context.Context, in *PickPath) (*body[DraftEvidence], error) {
			return evidenceAnswer(s.Drafts.RemovePick(ctx, in.ID, in.PickID))
		})
	register(s, op{ID: "restorePick", Method: http.MethodPost, Path: "/drafts/{id}/evidence/{pick_id}/restore", Tag: "drafts", Summary: "Put evidence back into the brief", Status: http.StatusOK,
		Errors: []int{http.StatusConflict}, Description: "Undoes removePick within an hour; what is there already stays."},
		func(ctx context.Context, in *PickPath) (*body[DraftEvidence], error) {
			return evidenceAnswer(s.Drafts.RestorePick(ctx, in.ID, in.PickID))
		})
	register(s, op{ID: "orderPicks", Method: http.MethodPut, Path: "/drafts/{id}/evidence/order", Tag: "drafts", Summary: "Order the evidence of a brief",
		Errors: []int{http.StatusConflict}, Description: "What matters most comes first."},
		func(ctx context.Context, in *orderPicksInput) (*body[DraftEvidence], error) {
			return evidenceAnswer(s.Drafts.OrderPicks(ctx, in.ID, in.Body.IDs))
		})
}
