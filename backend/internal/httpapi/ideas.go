package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/drafts"
	"byline/backend/internal/ideas"
)

// Idea is something that sales would like to see made.
type Idea struct {
	ID            uuid.UUID        `json:"id"`
	Kind          ideas.Kind       `json:"kind" enum:"idea,request,story"`
	Title         string           `json:"title" example:"How long does a data logger last?"`
	Body          string           `json:"body"`
	Tags          []string         `json:"tags"`
	State         ideas.State      `json:"state" enum:"new,under_review,planned,in_progress,published,declined,merged"`
	NextStates    []ideas.State    `json:"next_states" doc:"Where marketing may move it by hand now."`
	Reason        string           `json:"reason" doc:"Why it was moved to this state, if somebody said."`
	Visibility    ideas.Visibility `json:"visibility" enum:"everyone,team,private"`
	Author        PersonRef        `json:"author"`
	People        []PersonRef      `json:"people,omitempty" doc:"Who may see a private one, beside its author; only where one idea is asked for."`
	NeededBy      *string          `json:"needed_by,omitempty" format:"date"`
	MergedInto    *uuid.UUID       `json:"merged_into,omitempty"`
	Votes         int              `json:"votes"`
	Voted         bool             `json:"voted" doc:"Whether you voted."`
	Comments      int              `json:"comments"`
	EvidenceCount int              `json:"evidence_count"`
	Rev           int64            `json:"rev"`
	CreatedAt     time.Time        `json:"created_at"`
	UpdatedAt     time.Time        `json:"updated_at"`
}

func ideaDTO(i ideas.Idea) Idea {
	people := make([]PersonRef, len(i.People))
	for n, p := range i.People {
		people[n] = ref(p)
	}
	return Idea{ID: i.ID, Kind: i.Kind, Title: i.Title, Body: i.Body, Tags: filled(i.Tags), State: i.State, NextStates: filled(i.State.Next()), Reason: i.Reason,
		Visibility: i.Visibility, Author: ref(i.Author), People: people, NeededBy: formatDate(i.NeededBy), MergedInto: idOrNull(i.MergedInto), Votes: i.Votes, Voted: i.Voted,
		Comments: i.Comments, EvidenceCount: i.EvidenceCount, Rev: i.Rev, CreatedAt: i.CreatedAt, UpdatedAt: i.UpdatedAt}
}

// IdeaWords are what people write about an idea.
type IdeaWords struct {
	Kind       ideas.Kind       `json:"kind,omitempty" enum:"idea,request,story" default:"idea"`
	Title      string           `json:"title" minLength:"1" maxLength:"200" example:"How long does a data logger last?"`
	Body       string           `json:"body,omitempty" maxLength:"20000"`
	Tags       []string         `json:"tags,omitempty" maxItems:"20"`
	Visibility ideas.Visibility `json:"visibility,omitempty" enum:"everyone,team,private" default:"everyone"`
	NeededBy   *string          `json:"needed_by,omitempty" format:"date" doc:"Only of a request."`
	People     []uuid.UUID      `json:"people,omitempty" maxItems:"100" doc:"Who may see it, beside its author, when it is private; absent leaves them as they are."`
}

func (w IdeaWords) input() (ideas.Input, error) {
	day, err := parseDate("body.needed_by", w.NeededBy)
	return ideas.Input{Kind: w.Kind, Title: w.Title, Body: w.Body, Tags: w.Tags, Visibility: w.Visibility, NeededBy: day, People: w.People}, err
}

// Evidence is what a customer said or did.
type Evidence struct {
	ID        uuid.UUID `json:"id"`
	Kind      string    `json:"kind" enum:"quote,question,objection,call_note,deal"`
	Text      string    `json:"text" example:"What happens when the battery dies in transit?"`
	Source    string    `json:"source" example:"Head of quality, dairy"`
	DealValue *float64  `json:"deal_value,omitempty" doc:"Of a deal, in the company's currency."`
	Author    PersonRef `json:"author"`
	CreatedAt time.Time `json:"created_at"`
}

func evidenceDTO(e ideas.Evidence) Evidence {
	return Evidence{ID: e.ID, Kind: e.Kind, Text: e.Text, Source: e.Source, DealValue: e.DealValue, Author: ref(e.Author), CreatedAt: e.CreatedAt}
}

// Votes are the votes of an idea and one's own.
type Votes struct {
	Votes int  `json:"votes"`
	Voted bool `json:"voted"`
}

// DraftOfIdea is a piece that an idea became: for authors and voters of the idea, and for who may read the draft.
type DraftOfIdea struct {
	ID          uuid.UUID    `json:"id"`
	Title       string       `json:"title"`
	ContentType string       `json:"content_type"`
	State       drafts.State `json:"state" enum:"brief,writing,in_review,approved,published,archived"`
	Writer      PersonRef    `json:"writer"`
	ResourceID  *uuid.UUID   `json:"resource_id,omitempty"`
	Since       time.Time    `json:"since" doc:"Since when it is in this state."`
	DueOn       *string      `json:"due_on,omitempty" format:"date" doc:"When the step is due that it is in; of a confidential piece only for those who are named on it."`
}

type listIdeasInput struct {
	Page
	Q      string        `query:"q" maxLength:"200" doc:"Words of the title."`
	State  []ideas.State `query:"state" doc:"Only these states; none means all but merged." enum:"new,under_review,planned,in_progress,published,declined,merged"`
	Kind   ideas.Kind    `query:"kind" enum:"idea,request,story"`
	Tag    string        `query:"tag" maxLength:"40"`
	Author uuid.UUID     `query:"author" doc:"Only of this person."`
	Mine   bool          `query:"mine" doc:"Only what you filed or voted for."`
	Voted  bool          `query:"voted" doc:"Only what you voted for."`
	Sort   string        `query:"sort" enum:"top,new,old" default:"top" doc:"Most votes first, newest first, or oldest first."`
}

type ideaInput struct{ Body IdeaWords }

type updateIdeaInput struct {
	PathID
	IfMatch
	Body IdeaWords
}

type moveIdeaInput struct {
	PathID
	IfMatch
	Body struct {
		To     ideas.State `json:"to" enum:"new,under_review,planned,in_progress,declined"`
		Reason string      `json:"reason,omitempty" maxLength:"2000" doc:"Required to decline; its author and voters read it."`
	}
}

type mergeInput struct {
	PathID
	Body struct {
		Into uuid.UUID `json:"into" doc:"The idea that stays."`
	}
}

type evidenceInput struct {
	PathID
	Body struct {
		Kind      string   `json:"kind" enum:"quote,question,objection,call_note,deal"`
		Text      string   `json:"text" minLength:"1" maxLength:"4000"`
		Source    string   `json:"source,omitempty" maxLength:"200" doc:"Who said it."`
		DealValue *float64 `json:"deal_value,omitempty" minimum:"0" maximum:"1000000000000"`
	}
}

type evidencePath struct {
	PathID
	EvidenceID uuid.UUID `path:"evidence_id"`
}

type similarInput struct {
	Title string `query:"title" required:"true" maxLength:"200" doc:"What somebody is about to file."`
}

func (s *Server) ideaOperations() {
	register(s, op{ID: "listIdeas", Method: http.MethodGet, Path: "/ideas", Tag: "ideas", Summary: "List ideas",
		Description: "The ideas, requests and stories that you may see."}, s.listIdeas)
	register(s, op{ID: "createIdea", Method: http.MethodPost, Path: "/ideas", Tag: "ideas", Summary: "File an idea", Status: http.StatusCreated,
		Description: "Files an idea, a request (with a date) or a story. You vote for it and follow it."},
		func(ctx context.Context, in *ideaInput) (*versioned[Idea], error) {
			input, err := in.Body.input()
			if err != nil {
				return nil, err
			}
			i, err := s.Ideas.Create(ctx, input)
			return withRev(i.Rev, ideaDTO(i)), err
		})
	register(s, op{ID: "listSimilarIdeas", Method: http.MethodGet, Path: "/ideas/similar", Tag: "ideas", Summary: "Find similar ideas",
		Description: "Up to five open ideas with a title like the given one, so that people vote instead of filing twice."},
		func(ctx context.Context, in *similarInput) (*body[List[Idea]], error) {
			found, err := s.Ideas.Similar(ctx, in.Title, 5)
			return &body[List[Idea]]{Body: paged(found, 5, nil, ideaDTO)}, err
		})
	register(s, op{ID: "getIdea", Method: http.MethodGet, Path: "/ideas/{id}", Tag: "ideas", Summary: "Get an idea",
		Description: "404 also when it is not for you to see."},
		func(ctx context.Context, in *PathID) (*versioned[Idea], error) {
			i, err := s.Ideas.Get(ctx, in.ID)
			return withRev(i.Rev, ideaDTO(i)), err
		})
	register(s, op{ID: "updateIdea", Method: http.MethodPut, Path: "/ideas/{id}", Tag: "ideas", Summary: "Change an idea", Errors: []int{http.StatusPreconditionFailed},
		Description: "Its author and marketing change its words; only its author who may see it. 412 when somebody changed it meanwhile."},
		func(ctx context.Context, in *updateIdeaInput) (*versioned[Idea], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			input, err := in.Body.input()
			if err != nil {
				return nil, err
			}
			i, err := s.Ideas.Update(ctx, in.ID, rev, input)
			return withRev(i.Rev, ideaDTO(i)), err
		})
	register(s, op{ID: "moveIdea", Method: http.MethodPost, Path: "/ideas/{id}/moves", Tag: "ideas", Summary: "Move an idea", Status: http.StatusOK,
		Errors:      []int{http.StatusConflict, http.StatusPreconditionFailed},
		Description: "Marketing takes an idea to another state. 409 with the possible states when it cannot go there; declining needs a reason."},
		func(ctx context.Context, in *moveIdeaInput) (*versioned[Idea], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			i, err := s.Ideas.Move(ctx, in.ID, rev, in.Body.To, in.Body.Reason)
			return withRev(i.Rev, ideaDTO(i)), err
		})
	register(s, op{ID: "mergeIdea", Method: http.MethodPost, Path: "/ideas/{id}/merge", Tag: "ideas", Summary: "Merge an idea into another", Status: http.StatusOK,
		Errors: []int{http.StatusConflict}, Description: "Votes, evidence and followers move along; nobody's vote counts twice. Gives the idea that stays."},
		func(ctx context.Context, in *mergeInput) (*versioned[Idea], error) {
			i, err := s.Ideas.Merge(ctx, in.ID, in.Body.Into)
			return withRev(i.Rev, ideaDTO(i)), err
		})
	register(s, op{ID: "voteIdea", Method: http.MethodPut, Path: "/ideas/{id}/vote", Tag: "ideas", Summary: "Vote for an idea", Errors: []int{http.StatusConflict},
		Description: "One vote per person: voting again changes nothing. 409 when voting is closed."}, s.vote(true))
	register(s, op{ID: "unvoteIdea", Method: http.MethodDelete, Path: "/ideas/{id}/vote", Tag: "ideas", Summary: "Take a vote back", Status: http.StatusOK, Errors: []int{http.StatusConflict},
		Description: "Undoes voteIdea."}, s.vote(false))
	register(s, op{ID: "listEvidence", Method: http.MethodGet, Path: "/ideas/{id}/evidence", Tag: "ideas", Summary: "List the evidence of an idea",
		Description: "What customers said or did, oldest first."},
		func(ctx context.Context, in *PathID) (*body[List[Evidence]], error) {
			found, err := s.Ideas.Evidence(ctx, in.ID)
			return &body[List[Evidence]]{Body: paged(found, len(found), nil, evidenceDTO)}, err
		})
	register(s, op{ID: "addEvidence", Method: http.MethodPost, Path: "/ideas/{id}/evidence", Tag: "ideas", Summary: "Add evidence", Status: http.StatusCreated,
		Description: "Attaches what a customer said: a quote, a question, an objection, a call note or a deal."},
		func(ctx context.Context, in *evidenceInput) (*body[Evidence], error) {
			e, err := s.Ideas.AddEvidence(ctx, ideas.Evidence{IdeaID: in.ID, Kind: in.Body.Kind, Text: in.Body.Text, Source: in.Body.Source, DealValue: in.Body.DealValue})
			return &body[Evidence]{Body: evidenceDTO(e)}, err
		})
	register(s, op{ID: "removeEvidence", Method: http.MethodDelete, Path: "/ideas/{id}/evidence/{evidence_id}", Tag: "ideas", Summary: "Remove evidence",
		Description: "Takes away what you added yourself."},
		func(ctx context.Context, in *evidencePath) (*struct{}, error) {
			return nil, s.Ideas.RemoveEvidence(ctx, in.ID, in.EvidenceID)
		})
	register(s, op{ID: "listIdeaDrafts", Method: http.MethodGet, Path: "/ideas/{id}/drafts", Tag: "ideas", Summary: "What became of an idea",
		Description: "Title and state of the pieces that were planned from it, and when their next step is due."},
		func(ctx context.Context, in *PathID) (*body[List[DraftOfIdea]], error) {
			found, err := s.Drafts.OfIdea(ctx, in.ID)
			return &body[List[DraftOfIdea]]{Body: paged(found, len(found), nil, func(d drafts.Draft) DraftOfIdea {
				return DraftOfIdea{ID: d.ID, Title: d.Title, ContentType: d.ContentType, State: d.State, Writer: ref(d.Writer), ResourceID: idOrNull(d.ResourceID), Since: d.StateChangedAt, DueOn: formatDate(d.StepDue)}
			})}, err
		})
}

func (s *Server) vote(yes bool) func(context.Context, *PathID) (*body[Votes], error) {
	return func(ctx context.Context, in *PathID) (*body[Votes], error) {
		n, err := s.Ideas.Vote(ctx, in.ID, yes)
		return &body[Votes]{Body: Votes{Votes: n, Voted: yes}}, err
	}
}

func (s *Server) listIdeas(ctx context.Context, in *listIdeasInput) (*body[List[Idea]], error) {
	f := ideas.Filter{Query: in.Q, States: in.State, Kind: in.Kind, Tag: in.Tag, AuthorID: in.Author, Mine: in.Mine, Voted: in.Voted, Sort: in.Sort, Limit: in.Limit + 1}
	if err := decodeCursor(in.Cursor, &f.After); err != nil {
		return nil, err
	}
	found, err := s.Ideas.List(ctx, f)
	if err != nil {
		return nil, err
	}
	return &body[List[Idea]]{Body: paged(found, in.Limit, func(i ideas.Idea) any { return ideas.Position{Votes: i.Votes, ID: i.ID} }, ideaDTO)}, nil
}
