package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
)

// Feedback is what somebody who uses a resource says about it.
type Feedback struct {
	ID            uuid.UUID            `json:"id"`
	ResourceID    uuid.UUID            `json:"resource_id"`
	ResourceTitle string               `json:"resource_title"`
	Author        PersonRef            `json:"author"`
	Kind          library.FeedbackKind `json:"kind" enum:"wrong,rating,used"`
	Body          string               `json:"body" example:"Wrong price on page 4"`
	Page          *int                 `json:"page,omitempty" doc:"Of its file."`
	Rating        *int                 `json:"rating,omitempty"`
	Version       int                  `json:"version" doc:"Of the resource, when it was said."`
	Open          bool                 `json:"open" doc:"Waits for an answer."`
	Answer        string               `json:"answer"`
	AnsweredBy    *PersonRef           `json:"answered_by,omitempty"`
	AnsweredAt    *time.Time           `json:"answered_at,omitempty"`
	MayAnswer     bool                 `json:"may_answer"`
	CreatedAt     time.Time            `json:"created_at"`
}

// ResourceFeedback is what people say about a resource.
type ResourceFeedback struct {
	Items   []Feedback `json:"items" doc:"Newest first, 200 at most, without ratings."`
	Ratings int        `json:"ratings" doc:"How many people rated it."`
	Average float64    `json:"average" doc:"Of their ratings; 0 when there are none."`
	Mine    *int       `json:"mine,omitempty" doc:"Your own rating."`
	MineID  *uuid.UUID `json:"mine_id,omitempty" doc:"To take it back with removeFeedback."`
	Open    int        `json:"open" doc:"How many wait for an answer."`
}

func feedbackDTO(u auth.User) func(library.Feedback) Feedback {
	return func(f library.Feedback) Feedback {
		return Feedback{ID: f.ID, ResourceID: f.ResourceID, ResourceTitle: f.ResourceTitle, Author: ref(f.Author), Kind: f.Kind, Body: f.Body, Page: f.Page, Rating: f.Rating, Version: f.Version,
			Open: f.Open, Answer: f.Answer, AnsweredBy: refOrNull(f.AnsweredBy), AnsweredAt: f.AnsweredAt, MayAnswer: f.MayAnswer(u) && f.Kind != library.Rating, CreatedAt: f.CreatedAt}
	}
}

type giveFeedbackInput struct {
	PathID
	Body struct {
		Kind   library.FeedbackKind `json:"kind" enum:"wrong,rating,used" doc:"wrong: something is not right, and waits for an answer. used: what the buyer said."`
		Body   string               `json:"body,omitempty" maxLength:"2000"`
		Page   *int                 `json:"page,omitempty" minimum:"1" maximum:"10000" doc:"Of its file, where something is wrong."`
		Rating *int                 `json:"rating,omitempty" minimum:"1" maximum:"5" doc:"Takes the place of your last one."`
	}
}

type answerFeedbackInput struct {
	PathID
	Body struct {
		Answer string `json:"answer" minLength:"1" maxLength:"2000" example:"Corrected in version 3. Thank you."`
		Again  bool   `json:"again,omitempty" doc:"Changes the answer that is there. Without it that is refused with 409."`
	}
}

type openFeedbackInput struct {
	All bool `query:"all" doc:"Of everything, for marketing; default: of what you keep."`
}

func (s *Server) feedbackOperations() {
	register(s, op{ID: "listFeedback", Method: http.MethodGet, Path: "/resources/{id}/feedback", Tag: "library", Summary: "What people say about a resource",
		Description: "Reports, what buyers said, and the sum of the ratings."},
		func(ctx context.Context, in *PathID) (*body[ResourceFeedback], error) {
			list, sum, err := s.Library.FeedbackOn(ctx, in.ID)
			if err != nil {
				return nil, err
			}
			return &body[ResourceFeedback]{Body: ResourceFeedback{Items: paged(list, len(list), nil, feedbackDTO(auth.From(ctx))).Items, Ratings: sum.Ratings, Average: sum.Average, Mine: sum.Mine, MineID: idOrNull(sum.MineID), Open: sum.Open}}, nil
		})
	register(s, op{ID: "giveFeedback", Method: http.MethodPost, Path: "/resources/{id}/feedback", Tag: "library", Summary: "Say something about a resource", Status: http.StatusCreated, Errors: []int{http.StatusConflict},
		Description: "What is wrong and what a buyer said goes to who keeps it. 409 after 20 things in a day."},
		func(ctx context.Context, in *giveFeedbackInput) (*body[Feedback], error) {
			b := in.Body
			return feedbackAnswer(ctx)(s.Library.GiveFeedback(ctx, library.Feedback{ResourceID: in.ID, Kind: b.Kind, Body: b.Body, Page: b.Page, Rating: b.Rating}))
		})
	register(s, op{ID: "listOpenFeedback", Method: http.MethodGet, Path: "/feedback", Tag: "library", Summary: "What waits for an answer",
		Description: "Reports on the resources that you keep, newest first; on all of them for marketing that asks for it."},
		func(ctx context.Context, in *openFeedbackInput) (*body[List[Feedback]], error) {
			list, err := s.Library.OpenFeedback(ctx, in.All)
			return &body[List[Feedback]]{Body: paged(list, len(list), nil, feedbackDTO(auth.From(ctx)))}, err
		})
	register(s, op{ID: "answerFeedback", Method: http.MethodPut, Path: "/feedback/{id}/answer", Tag: "library", Summary: "Answer feedback", Errors: []int{http.StatusConflict},
		Description: "Marketing and who keeps the resource; who said it hears of the answer, and everybody sees it on the resource."},
		func(ctx context.Context, in *answerFeedbackInput) (*body[Feedback], error) {
			return feedbackAnswer(ctx)(s.Library.AnswerFeedback(ctx, in.ID, in.Body.Answer, in.Body.Again))
		})
	register(s, op{ID: "removeFeedback", Method: http.MethodDelete, Path: "/feedback/{id}", Tag: "library", Summary: "Take feedback back",
		Description: "One's own."},
		func(ctx context.Context, in *PathID) (*struct{}, error) {
			return nil, s.Library.RemoveFeedback(ctx, in.ID)
		})
}

func feedbackAnswer(ctx context.Context) func(library.Feedback, error) (*body[Feedback], error) {
	return func(f library.Feedback, err error) (*body[Feedback], error) {
		if err != nil {
			return nil, err
		}
		return &body[Feedback]{Body: feedbackDTO(auth.From(ctx))(f)}, nil
	}
}
