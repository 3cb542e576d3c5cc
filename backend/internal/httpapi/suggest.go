package httpapi

import (
	"context"
	"net/http"

	"github.com/google/uuid"
)

type setEditsInput struct {
	PathID
	PersonID uuid.UUID `path:"person_id"`
	Body     struct {
		Edits bool `json:"edits" doc:"true: they write in the text itself. false: what they write is a suggestion."`
	}
}

type resolveSuggestionsInput struct {
	PathID
	Body struct {
		Action string `json:"action" enum:"accept,reject" doc:"For all suggestions of everybody. Single ones are accepted and rejected by an ordinary change of the text."`
	}
}

func (s *Server) suggestOperations() {
	register(s, op{ID: "setDraftEdits", Method: http.MethodPut, Path: "/drafts/{id}/contributors/{person_id}", Tag: "drafts", Summary: "Let a contributor edit or suggest", Status: http.StatusOK,
		Errors: []int{http.StatusConflict}, Description: "Contributors from sales write suggestions: text that comes in or goes carries a mark with their name, and somebody who edits accepts or rejects it. The draft's writer, a lead of marketing or an admin lets one of them write in the text itself, or takes that back. An open editor follows at once."},
		func(ctx context.Context, in *setEditsInput) (*versioned[Draft], error) {
			return s.draft(ctx)(s.Drafts.SetEdits(ctx, in.ID, in.PersonID, in.Body.Edits))
		})
	register(s, op{ID: "resolveSuggestions", Method: http.MethodPost, Path: "/drafts/{id}/suggestions", Tag: "drafts", Summary: "Accept or reject all suggestions", Status: http.StatusOK,
		Errors: []int{http.StatusConflict}, Description: "As one change of the text, which whoever has it open sees at once. A text with open suggestions cannot be submitted (409). 403 when you only suggest yourself."},
		func(ctx context.Context, in *resolveSuggestionsInput) (*body[SavedDocument], error) {
			version, err := s.Drafts.ResolveSuggestions(ctx, in.ID, in.Body.Action == "accept")
			return &body[SavedDocument]{Body: SavedDocument{Version: version}}, err
		})
}
