package httpapi

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"byline/backend/internal/demand"
)

type answerDemandInput struct {
	PathID
	Body struct {
		ResourceID uuid.UUID `json:"resource_id" doc:"A resource that everybody can read now."`
	}
}

func (s *Server) demandAnswerOperations() {
	register(s, op{ID: "answerDemand", Method: http.MethodPut, Path: "/demand/{id}/answer", Tag: "demand", Summary: "Say that a card is answered already", Errors: []int{http.StatusConflict},
		Description: "For searches that did not find what is there. Those who searched and keep their name with it, and the followers of the request of the card, are told once, with a link to the resource; the request stays as it is. " +
			"409 when something else answers it, or it is dismissed. unanswerDemand takes it back."},
		func(ctx context.Context, in *answerDemandInput) (*body[DemandCard], error) {
			return s.demandCard(func(ctx context.Context, id uuid.UUID) (demand.Card, error) {
				return s.Demand.Answer(ctx, id, in.Body.ResourceID)
			})(ctx, &in.PathID)
		})
	register(s, op{ID: "unanswerDemand", Method: http.MethodDelete, Path: "/demand/{id}/answer", Tag: "demand", Summary: "Take the answer of a card back", Status: http.StatusOK,
		Description: "Undoes answerDemand: the card is as it was. Notices that nobody has read yet are taken back; those that were read stay. What was published for a card is not taken back."},
		s.demandCard(func(ctx context.Context, id uuid.UUID) (demand.Card, error) { return s.Demand.Unanswer(ctx, id) }))
}
