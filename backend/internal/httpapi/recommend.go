package httpapi

import (
	"context"
	"net/http"
	"time"

	"byline/backend/internal/library"
)

// RecommendedResource is a resource, and why one should look at it.
type RecommendedResource struct {
	Resource
	Why []SearchWhy `json:"why" doc:"Never empty; most telling first."`
}

// LibraryNews is what is new since somebody's last visit.
type LibraryNews struct {
	Since *time.Time `json:"since,omitempty" doc:"The end of your visit before this one; absent in your first."`
	Count int        `json:"count" doc:"How many are new."`
	Items []Resource `json:"items" doc:"The newest six of them."`
}

func recommendedDTO(r library.Recommended) RecommendedResource {
	d := RecommendedResource{Resource: resourceDTO(r.Resource), Why: make([]SearchWhy, 0, len(r.Why))}
	for _, w := range r.Why {
		d.Why = append(d.Why, SearchWhy{Code: w.Code, Value: w.Value, Count: w.Count, Score: w.Score})
	}
	return d
}

// RecommendLimit is how many recommendations are asked for.
type RecommendLimit struct {
	Limit int `query:"limit" default:"4" minimum:"1" maximum:"20" doc:"How many at most."`
}

type relatedInput struct {
	PathID
	RecommendLimit
}

func (s *Server) recommendOperations() {
	register(s, op{ID: "listRecommendations", Method: http.MethodGet, Path: "/recommendations", Tag: "library", Summary: "What should I look at?",
		Description: "Resources that you have not read: like what you read, used by your colleagues, fresh. Each says why. Empty when there is no reason to recommend anything."},
		func(ctx context.Context, in *RecommendLimit) (*body[List[RecommendedResource]], error) {
			list, err := s.Library.Recommend(ctx, in.Limit)
			return &body[List[RecommendedResource]]{Body: paged(list, len(list), nil, recommendedDTO)}, err
		})
	register(s, op{ID: "listRelatedResources", Method: http.MethodGet, Path: "/resources/{id}/related", Tag: "library", Summary: "What goes with a resource?",
		Description: "Resources about the same, and what those read who read it. Each says why."},
		func(ctx context.Context, in *relatedInput) (*body[List[RecommendedResource]], error) {
			list, err := s.Library.Related(ctx, in.ID, in.Limit)
			return &body[List[RecommendedResource]]{Body: paged(list, len(list), nil, recommendedDTO)}, err
		})
	register(s, op{ID: "visitLibrary", Method: http.MethodPost, Path: "/library/visits", Tag: "library", Summary: "What is new since my last visit?",
		Description: "Notes that you look, and gives what was published or released since the end of your last visit. A visit is over after half an hour without a look; within one the answer does not change by looking again."},
		func(ctx context.Context, _ *struct{}) (*body[LibraryNews], error) {
			n, err := s.Library.Visit(ctx, 6)
			if err != nil {
				return nil, err
			}
			return &body[LibraryNews]{Body: LibraryNews{Since: n.Since, Count: n.Count, Items: paged(n.First, len(n.First), nil, resourceDTO).Items}}, nil
		})
}
