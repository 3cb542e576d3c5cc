package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/shares"
)

// Holder is somebody outside who still holds a resource.
type Holder struct {
	Kind         string    `json:"kind" enum:"share,post" doc:"The recipient of an open share, or the readers of a shared post."`
	ID           uuid.UUID `json:"id" doc:"Of the share or post."`
	Owner        PersonRef `json:"owner" doc:"Who shared it."`
	Name         string    `json:"name" example:"Ines Duarte" doc:"The recipient; the network of a post."`
	Organisation string    `json:"organisation"`
	Since        time.Time `json:"since"`
	Clicks       int       `json:"clicks" doc:"By people, of the tracked link of a post."`
	LinkOpen     bool      `json:"link_open" doc:"Whether that link is open."`
}

// Successor is what took the place of a resource.
type Successor struct {
	ID    uuid.UUID `json:"id"`
	Title string    `json:"title"`
}

type supersedeInput struct {
	PathID
	Body struct {
		SuccessorID uuid.UUID `json:"successor_id" doc:"What takes its place; it must be in use."`
	}
}

func (s *Server) recallOperations() {
	register(s, op{ID: "listHolders", Method: http.MethodGet, Path: "/resources/{id}/holders", Tag: "library", Summary: "Who outside still holds a resource?",
		Description: "Recipients of open shares, whoever made them, and posts about it that were shared, with their tracked links: before it is taken out of use."},
		func(ctx context.Context, in *PathID) (*body[List[Holder]], error) {
			found, err := s.Shares.Holders(ctx, in.ID)
			return &body[List[Holder]]{Body: paged(found, len(found), nil, func(h shares.Holder) Holder {
				return Holder{h.Kind, h.ID, ref(h.Owner), h.Name, h.Org, h.Since, h.Clicks, h.LinkOpen}
			})}, err
		})
	register(s, op{ID: "supersedeResource", Method: http.MethodPut, Path: "/resources/{id}/successor", Tag: "library", Summary: "Replace a resource by another one", Status: http.StatusOK,
		Description: "Archives it. Shares show the other one from now on, where that is shareable; tracked links of posts lead to its public page; what has none leads to a polite page. " +
			"Owners of shares are told. unarchiveResource undoes it."},
		func(ctx context.Context, in *supersedeInput) (*versioned[Resource], error) {
			return resourceAnswer(s.Library.Supersede(ctx, in.ID, in.Body.SuccessorID))
		})
	register(s, op{ID: "getSuccessor", Method: http.MethodGet, Path: "/resources/{id}/successor", Tag: "library", Summary: "What took the place of a resource?",
		Description: "The first of its successors that you may see, also where the archived one itself is not yours to see. 404 when there is none."},
		func(ctx context.Context, in *PathID) (*body[Successor], error) {
			r, err := s.Library.Successor(ctx, in.ID)
			return &body[Successor]{Body: Successor{r.ID, r.Title}}, err
		})
}
