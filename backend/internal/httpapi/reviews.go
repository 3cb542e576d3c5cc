package httpapi

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"byline/backend/internal/drafts"
	"byline/backend/internal/library"
)

// KeptResource is a resource on the board of what is right and what is used.
type KeptResource struct {
	Resource
	Use int `json:"use" doc:"Views (one per person and day) and clicks of people on posts about it, in the last 90 days."`
}

// ReviewPart is a part of the board.
type ReviewPart struct {
	Stale bool           `json:"stale" doc:"Its review is due."`
	Hot   bool           `json:"hot" doc:"Used much."`
	Count int            `json:"count"`
	Items []KeptResource `json:"items" doc:"The most used first, 60 at most."`
}

// ReviewBoard is what is right and what is used.
type ReviewBoard struct {
	HotFrom int          `json:"hot_from" doc:"Use of the last 90 days from which something is hot: the middle of what is used at all, 3 at least."`
	Parts   []ReviewPart `json:"parts" doc:"Stale and hot first: what does most harm."`
}

type reviewBoardInput struct {
	Mine bool `query:"mine" doc:"Only what you keep. Others than marketing and administrators get no more anyway."`
}

type replaceFileInput struct {
	PathID
	Body struct {
		AssetID  uuid.UUID  `json:"asset_id" doc:"The new file: yours, and ready."`
		Replaces *uuid.UUID `json:"replaces,omitempty" doc:"The file in whose place it comes. Default: the first one."`
		Note     string     `json:"note,omitempty" maxLength:"500" doc:"What changed, in a sentence or two. It can be said or corrected later." example:"Prices of 2032; delivery takes nine working days."`
	}
}

type verifyInput struct {
	PathID
	Body struct {
		Days int `json:"days,omitempty" minimum:"0" maximum:"1095" example:"180" doc:"Days until the next review. Default: the period of its type."`
	}
}

func (s *Server) reviewOperations() {
	register(s, op{ID: "getReviewBoard", Method: http.MethodGet, Path: "/resources/review-board", Tag: "library", Summary: "What is right, and what is used",
		Description: "Everything in the resource center in four parts: stale or fresh, hot or cold."},
		func(ctx context.Context, in *reviewBoardInput) (*body[ReviewBoard], error) {
			b, err := s.Library.ReviewBoard(ctx, in.Mine)
			if err != nil {
				return nil, err
			}
			out := ReviewBoard{HotFrom: b.HotFrom}
			for _, part := range [][2]bool{{true, true}, {true, false}, {false, true}, {false, false}} {
				p := ReviewPart{Stale: part[0], Hot: part[1], Count: b.Counts[part], Items: []KeptResource{}}
				for _, k := range b.Kept {
					if k.Stale == p.Stale && k.Hot == p.Hot {
						p.Items = append(p.Items, KeptResource{Resource: resourceDTO(k.Resource), Use: k.Use})
					}
				}
				out.Parts = append(out.Parts, p)
			}
			return &body[ReviewBoard]{Body: out}, nil
		})
	register(s, op{ID: "verifyResource", Method: http.MethodPost, Path: "/resources/{id}/verify", Tag: "library", Summary: "Say that a resource is still right", Status: http.StatusOK,
		Description: "Sets its next review. Marketing may, and who keeps it: its owner, or who looks after its type."},
		func(ctx context.Context, in *verifyInput) (*versioned[Resource], error) {
			return resourceAnswer(s.Library.Verify(ctx, in.ID, in.Body.Days))
		})
	register(s, op{ID: "replaceResourceFile", Method: http.MethodPost, Path: "/resources/{id}/file", Tag: "library", Summary: "Put a new file in", Status: http.StatusOK, Errors: []int{http.StatusConflict},
		Description: "A new version of a resource that consists of a file. It counts as checked. Whoever shared the resource is told, with what changed. Marketing may, and who keeps it."},
		func(ctx context.Context, in *replaceFileInput) (*versioned[Resource], error) {
			return resourceAnswer(s.Library.ReplaceFile(ctx, in.ID, in.Body.AssetID, nullID(in.Body.Replaces).UUID, in.Body.Note))
		})
	register(s, op{ID: "reviseResource", Method: http.MethodPost, Path: "/resources/{id}/revise", Tag: "library", Summary: "Write the next version", Status: http.StatusOK, Errors: []int{http.StatusConflict},
		Description: "Gives the next draft of a resource, which begins with its text and files; it is planned when there is none. The resource stays live meanwhile."}, s.reviseResource)
}

func (s *Server) reviseResource(ctx context.Context, in *PathID) (*versioned[Draft], error) {
	r, err := s.Library.Resource(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	open, err := s.Drafts.List(ctx, drafts.Filter{ResourceID: r.ID, States: []drafts.State{drafts.Brief, drafts.Writing, drafts.InReview, drafts.Approved}, Limit: 1})
	if err != nil {
		return nil, err
	}
	if len(open) > 0 {
		return s.draft(ctx)(open[0], nil)
	}
	kind, err := s.plannedType(ctx, r)
	if err != nil {
		return nil, err
	}
	d, err := s.Drafts.Create(ctx, drafts.Input{Title: r.Title, ContentType: kind, ResourceID: uuid.NullUUID{UUID: r.ID, Valid: true}})
	return s.draft(ctx)(d, err)
}

// plannedType is the type with which the next draft of a resource is planned: its own, or the first one that is offered
// where nothing of its own is planned here.
func (s *Server) plannedType(ctx context.Context, r library.Resource) (string, error) {
	types, err := s.ContentTypes.List(ctx)
	if err != nil {
		return "", err
	}
	first := ""
	for _, t := range types {
		if !t.Archived && (first == "" || t.Key == r.ContentType) {
			first = t.Key
		}
	}
	return first, nil
}
