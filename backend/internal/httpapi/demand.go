package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/demand"
	"byline/backend/internal/ideas"
	"byline/backend/internal/library"
)

// DemandCard is something that people search for without success.
type DemandCard struct {
	ID        uuid.UUID    `json:"id"`
	Words     string       `json:"words" example:"pilot pricing" doc:"As it is searched most often. Plain text: escape it."`
	Spellings []string     `json:"spellings" doc:"Other words for it, the most frequent first."`
	State     demand.State `json:"state" enum:"open,requested,answered,dismissed" doc:"An answered one is open again when people go on searching without success; its numbers are of the time since then."`
	Searches  int          `json:"searches" doc:"Searches that found nothing, or nothing that was opened. The same words of one person count once a day."`
	People    int          `json:"people" doc:"So many people at least: those of the month with the most. Nobody can tell who they are."`
	Days      int          `json:"days" doc:"On so many days."`
	Recent    int          `json:"recent" doc:"Searches of the last 14 days."`
	Before    int          `json:"before" doc:"Searches of the 14 days before."`
	Nothing   int          `json:"nothing" doc:"Searches that gave no result at all."`
	FirstAt   time.Time    `json:"first_at"`
	LastAt    time.Time    `json:"last_at"`
	Named     []PersonRef  `json:"named" doc:"Who keeps their name with their searches; nobody else is ever named."`
	Request   *DemandIdea  `json:"request,omitempty" doc:"The request that was made of it, where you may see it."`
	Hidden    bool         `json:"request_hidden" doc:"There is a request, which its author shows to others only."`
	Answer    *DemandFound `json:"answer,omitempty" doc:"What was published for it last, or is there already, where you may see it."`
}

// DemandIdea is the request that was made of a card.
type DemandIdea struct {
	ID    uuid.UUID   `json:"id"`
	Title string      `json:"title"`
	State ideas.State `json:"state" enum:"new,under_review,planned,in_progress,published,declined,merged"`
}

// DemandFound is what answers a card.
type DemandFound struct {
	ID    uuid.UUID `json:"id"`
	Title string    `json:"title"`
	At    time.Time `json:"at" doc:"When it was found to answer."`
	// ByHand and By are of what was there already.
	ByHand bool       `json:"by_hand" doc:"Somebody said that it was there already; unanswerDemand takes that back."`
	By     *PersonRef `json:"by,omitempty" doc:"Who said so."`
}

// SearchSettings are what you say about your own searches.
type SearchSettings struct {
	Named bool `json:"named" doc:"Your name is kept with searches that missed: marketing and leads see it, and you are told when something is published that answers. Off: nothing is kept that says it was you."`
}

// SearchWords are the words of a search.
type SearchWords struct {
	Words string `json:"words" example:"pilot pricing" doc:"Plain text: escape it."`
}

type suggestInput struct {
	Q string `query:"q" required:"true" minLength:"1" maxLength:"500" doc:"What was searched." example:"pilot prcing"`
}

type reportSearchInput struct {
	Body struct {
		Words  string `json:"words" minLength:"1" maxLength:"200" example:"pilot pricing" doc:"What was searched in the end: not each letter on the way."`
		Found  int    `json:"found" minimum:"0" maximum:"1000000" doc:"How many hits there were."`
		Opened bool   `json:"opened" doc:"Whether one of them was opened."`
	}
}

type demandInput struct {
	State demand.State `query:"state" enum:"open,requested,answered,dismissed" default:"open"`
}

type searchSettingsInput struct{ Body SearchSettings }

type linkDemandInput struct {
	PathID
	Body struct {
		IdeaID uuid.UUID `json:"idea_id" doc:"An open idea that everybody sees."`
	}
}

func (s *Server) demandOperations() {
	register(s, op{ID: "reportSearch", Method: http.MethodPut, Path: "/search/report", Tag: "search", Summary: "Report a search that is over",
		Description: "Says what a search came to, so that marketing hears what is missing. It is kept without your name, unless your settings say otherwise, and deleted after 180 days. " +
			"The same words of the same day are one search; words that are too short are passed over."},
		func(ctx context.Context, in *reportSearchInput) (*struct{}, error) {
			return nil, s.Demand.Report(ctx, demand.Report{Words: in.Body.Words, Found: in.Body.Found, Opened: in.Body.Opened})
		})
	register(s, op{ID: "listPopularSearches", Method: http.MethodGet, Path: "/search/popular", Tag: "search", Summary: "List popular searches",
		Description: "What at least three people searched for within 60 days and found, most people first, at most eight: only words that all stand in some one thing that everybody may read."},
		func(ctx context.Context, _ *struct{}) (*body[List[SearchWords]], error) {
			found, err := s.Demand.Popular(ctx)
			return &body[List[SearchWords]]{Body: paged(found, len(found), nil, func(w string) SearchWords { return SearchWords{w} })}, err
		})
	register(s, op{ID: "suggestSearch", Method: http.MethodGet, Path: "/search/suggestion", Tag: "search", Summary: "Correct the words of a search",
		Description: "Did you mean …? Words that stand in nothing that everybody may read are replaced by words that do and look alike. Empty when there is nothing to correct. It is the same whichever engine answers searches."},
		func(ctx context.Context, in *suggestInput) (*body[SearchWords], error) {
			words, err := s.Search.Suggest(ctx, in.Q)
			return &body[SearchWords]{Body: SearchWords{words}}, err
		})
	register(s, op{ID: "getSearchSettings", Method: http.MethodGet, Path: "/search/settings", Tag: "search", Summary: "Get the settings of your searches",
		Description: "Whether your name is kept with your searches. It is not, unless you said so."},
		func(ctx context.Context, _ *struct{}) (*body[SearchSettings], error) {
			set, err := s.Demand.Settings(ctx)
			return &body[SearchSettings]{Body: SearchSettings(set)}, err
		})
	register(s, op{ID: "updateSearchSettings", Method: http.MethodPut, Path: "/search/settings", Tag: "search", Summary: "Change the settings of your searches",
		Description: "From now on, or no more. Taking your name back takes it off everything that was kept."},
		func(ctx context.Context, in *searchSettingsInput) (*body[SearchSettings], error) {
			set, err := s.Demand.SetSettings(ctx, demand.Settings(in.Body))
			return &body[SearchSettings]{Body: SearchSettings(set)}, err
		})
	register(s, op{ID: "listDemand", Method: http.MethodGet, Path: "/demand", Tag: "demand", Summary: "List what is searched without success",
		Description: "Searches that found nothing, or nothing that was opened, gathered by likeness: the 100 cards first for which most people searched. For marketing and leads."},
		func(ctx context.Context, in *demandInput) (*body[List[DemandCard]], error) {
			cards, err := s.Demand.List(ctx, in.State)
			if err != nil {
				return nil, err
			}
			shown, err := s.demandCards(ctx, cards)
			return &body[List[DemandCard]]{Body: List[DemandCard]{Items: shown}}, err
		})
	register(s, op{ID: "requestDemand", Method: http.MethodPost, Path: "/demand/{id}/request", Tag: "demand", Summary: "Make a request of a card", Status: http.StatusOK,
		Description: "Files a content request in the words of the searches, with their numbers and no names. When there is one already, nothing is made."},
		s.demandCard(func(ctx context.Context, id uuid.UUID) (demand.Card, error) { return s.Demand.Request(ctx, id) }))
	register(s, op{ID: "linkDemand", Method: http.MethodPut, Path: "/demand/{id}/request", Tag: "demand", Summary: "Make an idea the request of a card", Errors: []int{http.StatusConflict},
		Description: "For searches that an idea asks for which is there already: when it is published, those who searched hear as its voters do. 409 when there is another request, or the idea is not open any more. unlinkDemand takes it back."},
		func(ctx context.Context, in *linkDemandInput) (*body[DemandCard], error) {
			return s.demandCard(func(ctx context.Context, id uuid.UUID) (demand.Card, error) {
				return s.Demand.Link(ctx, id, in.Body.IdeaID)
			})(ctx, &in.PathID)
		})
	register(s, op{ID: "unlinkDemand", Method: http.MethodDelete, Path: "/demand/{id}/request", Tag: "demand", Summary: "Take the request off a card", Status: http.StatusOK,
		Description: "The idea stays; it is not the answer to these searches any more. Undoes linkDemand."},
		s.demandCard(func(ctx context.Context, id uuid.UUID) (demand.Card, error) { return s.Demand.Unlink(ctx, id) }))
	register(s, op{ID: "dismissDemand", Method: http.MethodPut, Path: "/demand/{id}/dismissal", Tag: "demand", Summary: "Dismiss a card",
		Description: "Puts it away; searches that are alike go on counting there. restoreDemand takes it back."},
		s.demandCard(func(ctx context.Context, id uuid.UUID) (demand.Card, error) { return s.Demand.Dismiss(ctx, id, true) }))
	register(s, op{ID: "restoreDemand", Method: http.MethodDelete, Path: "/demand/{id}/dismissal", Tag: "demand", Summary: "Take the dismissal of a card back", Status: http.StatusOK,
		Description: "Undoes dismissDemand."},
		s.demandCard(func(ctx context.Context, id uuid.UUID) (demand.Card, error) { return s.Demand.Dismiss(ctx, id, false) }))
	s.demandAnswerOperations()
}

func (s *Server) demandCard(do func(context.Context, uuid.UUID) (demand.Card, error)) func(context.Context, *PathID) (*body[DemandCard], error) {
	return func(ctx context.Context, in *PathID) (*body[DemandCard], error) {
		c, err := do(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		shown, err := s.demandCards(ctx, []demand.Card{c})
		if err != nil {
			return nil, err
		}
		return &body[DemandCard]{Body: shown[0]}, nil
	}
}

// demandCards shows cards with what became of them, as far as the reader may see that.
func (s *Server) demandCards(ctx context.Context, cards []demand.Card) ([]DemandCard, error) {
	var requests, answers []uuid.UUID
	for _, c := range cards {
		if c.IdeaID.Valid {
			requests = append(requests, c.IdeaID.UUID)
		}
		if c.ResourceID.Valid {
			answers = append(answers, c.ResourceID.UUID)
		}
	}
	seen := map[uuid.UUID]*DemandIdea{}
	if len(requests) > 0 {
		found, err := s.Ideas.Among(ctx, requests)
		if err != nil {
			return nil, err
		}
		for _, i := range found {
			seen[i.ID] = &DemandIdea{i.ID, i.Title, i.State}
		}
	}
	titles := map[uuid.UUID]string{}
	if len(answers) > 0 {
		found, err := s.Library.Resources(ctx, library.ResourceFilter{Found: answers, Limit: len(answers)})
		if err != nil {
			return nil, err
		}
		for _, r := range found {
			titles[r.ID] = r.Title
		}
	}
	shown := make([]DemandCard, len(cards))
	for i, c := range cards {
		d := DemandCard{ID: c.ID, Words: c.Words, Spellings: filled(c.Spellings), State: c.State, Searches: c.Searches, People: c.People, Days: c.Days, Recent: c.Recent,
			Before: c.Before, Nothing: c.Nothing, FirstAt: c.FirstAt, LastAt: c.LastAt, Named: []PersonRef{}, Request: seen[c.IdeaID.UUID]}
		d.Hidden = c.IdeaID.Valid && d.Request == nil
		for _, p := range c.Named {
			d.Named = append(d.Named, ref(p))
		}
		if title, ok := titles[c.ResourceID.UUID]; ok && c.AnsweredAt != nil {
			d.Answer = &DemandFound{c.ResourceID.UUID, title, *c.AnsweredAt, c.ByHand, refOrNull(c.AnsweredBy)}
		}
		shown[i] = d
	}
	return shown, nil
}
