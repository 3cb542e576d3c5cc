package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/search"
)

// SynonymFields are what is said about words with much the same meaning.
type SynonymFields struct {
	Kind  string   `json:"kind" enum:"group,oneway" doc:"group: its words stand for each other. oneway: who looks for one of words finds finds too, and not the other way round."`
	Words []string `json:"words" minItems:"1" maxItems:"20" doc:"Words, or phrases of up to four words." example:"[\"reefer\",\"refrigerated container\"]"`
	Finds []string `json:"finds,omitempty" maxItems:"20" doc:"Of oneway: what is found too." example:"[\"Kelvora Tag\"]"`
}

// SynonymEntry is one entry of the company's own thesaurus.
type SynonymEntry struct {
	ID uuid.UUID `json:"id"`
	SynonymFields
	By        *PersonRef `json:"by,omitempty" doc:"Who changed it last."`
	Rev       int64      `json:"rev"`
	UpdatedAt time.Time  `json:"updated_at"`
}

// QueryMeaning is a phrase of a query, and what else is found for it.
type QueryMeaning struct {
	Phrase   string   `json:"phrase"`
	Synonyms []string `json:"synonyms" doc:"Built in, and the company's own."`
}

func synonymDTO(x search.Synonyms) SynonymEntry {
	return SynonymEntry{ID: x.ID, SynonymFields: SynonymFields{Kind: x.Kind, Words: filled(x.Words), Finds: filled(x.Finds)}, By: refOrNull(x.By), Rev: x.Rev, UpdatedAt: x.UpdatedAt}
}

func synonymAnswer(x search.Synonyms, err error) (*versioned[SynonymEntry], error) {
	if err != nil {
		return nil, err
	}
	return withRev(x.Rev, synonymDTO(x)), nil
}

type newSynonymsInput struct{ Body SynonymFields }

type updateSynonymsInput struct {
	PathID
	IfMatch
	Body SynonymFields
}

type explainInput struct {
	Q string `query:"q" required:"true" minLength:"1" maxLength:"200" doc:"The words of a search." example:"reefer price"`
}

func (s *Server) synonymOperations() {
	const tag = "search"
	register(s, op{ID: "listSynonyms", Method: http.MethodGet, Path: "/search/synonyms", Tag: tag, Summary: "List the company's synonyms",
		Description: "Beside those that are built in; last changed first, 500 at most."},
		func(ctx context.Context, _ *struct{}) (*body[List[SynonymEntry]], error) {
			all, err := s.Search.ListSynonyms(ctx)
			return &body[List[SynonymEntry]]{Body: paged(all, len(all), nil, synonymDTO)}, err
		})
	register(s, op{ID: "explainQuery", Method: http.MethodGet, Path: "/search/meanings", Tag: tag, Summary: "What else does a search look for?",
		Description: "The phrases of a query that have synonyms, built in or the company's own."},
		func(ctx context.Context, in *explainInput) (*body[List[QueryMeaning]], error) {
			all := s.Search.Meanings(ctx, in.Q)
			return &body[List[QueryMeaning]]{Body: paged(all, len(all), nil, func(m search.Meaning) QueryMeaning { return QueryMeaning(m) })}, nil
		})
	register(s, op{ID: "addSynonyms", Method: http.MethodPost, Path: "/search/synonyms", Tag: tag, Summary: "Add synonyms", Status: http.StatusCreated, Errors: []int{http.StatusConflict},
		Description: "Leads and administrators. They count at once where PostgreSQL answers, and within seconds on every node of Meilisearch. 409 when there are 500."},
		func(ctx context.Context, in *newSynonymsInput) (*versioned[SynonymEntry], error) {
			return synonymAnswer(s.Search.AddSynonyms(ctx, search.Synonyms{Kind: in.Body.Kind, Words: in.Body.Words, Finds: in.Body.Finds}))
		})
	register(s, op{ID: "updateSynonyms", Method: http.MethodPut, Path: "/search/synonyms/{id}", Tag: tag, Summary: "Change synonyms", Errors: []int{http.StatusPreconditionFailed},
		Description: "As addSynonyms."},
		func(ctx context.Context, in *updateSynonymsInput) (*versioned[SynonymEntry], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			return synonymAnswer(s.Search.UpdateSynonyms(ctx, search.Synonyms{ID: in.ID, Rev: rev, Kind: in.Body.Kind, Words: in.Body.Words, Finds: in.Body.Finds}))
		})
	register(s, op{ID: "deleteSynonyms", Method: http.MethodDelete, Path: "/search/synonyms/{id}", Tag: tag, Summary: "Delete synonyms",
		Description: "To bring them back, add them again."},
		func(ctx context.Context, in *PathID) (*struct{}, error) {
			return nil, s.Search.DeleteSynonyms(ctx, in.ID)
		})
}
