package httpapi

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"byline/backend/internal/shares"
)

type handoverInput struct {
	Body struct {
		IDs      []uuid.UUID `json:"ids" minItems:"1" maxItems:"500" doc:"Shares that you see."`
		PersonID uuid.UUID   `json:"person_id" doc:"Whose they will be."`
	}
}

// ShareHandover is what becomes of shares that are given to a colleague together.
type ShareHandover struct {
	ID    *uuid.UUID     `json:"id,omitempty" doc:"For undoShareHandover; left out when nothing moved, and of a preview."`
	Moved []uuid.UUID    `json:"moved"`
	Stays []StayingShare `json:"stays" doc:"Those that are not given away, and why."`
}

// StayingShare is a share that is not given away.
type StayingShare struct {
	ID        uuid.UUID      `json:"id"`
	Recipient string         `json:"recipient" doc:"Empty where you do not see it."`
	Reason    shares.Staying `json:"reason" enum:"theirs,gone" doc:"It is that colleague's already, or not yours to give (any more)."`
}

func (s *Server) shareHandoverOperations() {
	for id, x := range map[string]struct {
		path, summary, description string
		dry                        bool
	}{
		"handOverShares":       {"/shares/handovers", "Give several shares to a colleague", "They hear of it once, and of views from now on. The links stay.", false},
		"previewShareHandover": {"/shares/handovers/preview", "See which shares would be given to a colleague", "Changes nothing.", true},
	} {
		register(s, op{ID: id, Method: http.MethodPost, Path: x.path, Tag: "shares", Summary: x.summary, Status: http.StatusOK, Errors: []int{http.StatusNotFound},
			Description: x.description + " Those that are theirs already or not in your sight stay where they are; 404 when you see none of them."},
			func(ctx context.Context, in *handoverInput) (*body[ShareHandover], error) {
				h, err := s.Shares.HandOver(ctx, in.Body.IDs, in.Body.PersonID, x.dry)
				if err != nil {
					return nil, err
				}
				d := ShareHandover{Moved: filled(h.Moved), Stays: []StayingShare{}}
				if h.ID != uuid.Nil {
					d.ID = &h.ID
				}
				for _, k := range h.Staying {
					d.Stays = append(d.Stays, StayingShare(k))
				}
				return &body[ShareHandover]{Body: d}, nil
			})
	}
	register(s, op{ID: "undoShareHandover", Method: http.MethodPost, Path: "/shares/handovers/{id}/undo", Tag: "shares", Summary: "Take a handover of shares back", Status: http.StatusOK,
		Errors: []int{http.StatusNotFound, http.StatusConflict}, Description: "By whoever made it, within an hour: those that are still where it put them go back to those whose they were."},
		func(ctx context.Context, in *PathID) (*body[ChangedShares], error) {
			moved, err := s.Shares.TakeBack(ctx, in.ID)
			return &body[ChangedShares]{Body: ChangedShares{filled(moved)}}, err
		})
}
