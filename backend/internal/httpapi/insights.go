package httpapi

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/insights"
	"byline/backend/internal/links"
)

// Tally counts the requests of links.
type Tally struct {
	Human int           `json:"human" doc:"Clicks of people, as far as a request can show it."`
	Raw   int           `json:"raw" doc:"All requests."`
	Why   []links.Count `json:"why" doc:"Every class with the rule that decided."`
}

func tallyDTO(t insights.Tally) Tally {
	slices.SortStableFunc(t.Why, func(a, b links.Count) int { return b.N - a.N })
	return Tally{Human: t.Human, Raw: t.Raw, Why: filled(t.Why)}
}

// DayCount are the requests of one day.
type DayCount struct {
	Day   string `json:"day" format:"date" doc:"In UTC."`
	Human int    `json:"human"`
	Other int    `json:"other" doc:"Requests that were not counted as people's."`
}

func dayDTOs(days []insights.Day) []DayCount {
	dtos := make([]DayCount, len(days))
	for i, d := range days {
		dtos[i] = DayCount{Day: d.Day.Format(time.DateOnly), Human: d.Human, Other: d.Other}
	}
	return dtos
}

// Counted says when and by which rules something was counted.
type Counted struct {
	AsOf        time.Time `json:"as_of"`
	RuleVersion int       `json:"rule_version" doc:"Of the rules that tell people from robots."`
}

func countedAt(asOf time.Time) Counted { return Counted{AsOf: asOf, RuleVersion: links.RuleVersion} }

// PostTally are the numbers of one post.
type PostTally struct {
	Counted
	Tally
	Days []DayCount `json:"days" doc:"Of the last 90 days; those without a request are left out."`
}

// Sums are what is compared from one period to the next.
type Sums struct {
	IdeasFiled     int `json:"ideas_filed"`
	IdeasPublished int `json:"ideas_published" doc:"Ideas that became a published piece."`
	PostsShared    int `json:"posts_shared"`
	HumanClicks    int `json:"human_clicks" doc:"Clicks of people on the posts."`
}

func sumsDTO(s insights.Sums) Sums {
	return Sums{IdeasFiled: s.IdeasFiled, IdeasPublished: s.IdeasPublished, PostsShared: s.PostsShared, HumanClicks: s.Human}
}

// PostNumbers are the clicks of one post.
type PostNumbers struct {
	ID      uuid.UUID `json:"id"`
	Title   string    `json:"title"`
	Network string    `json:"network"`
	State   string    `json:"state"`
	Clicks  Tally     `json:"clicks"`
}

// IdeaNumbers are what became of one idea.
type IdeaNumbers struct {
	ID            uuid.UUID  `json:"id"`
	Title         string     `json:"title"`
	State         string     `json:"state"`
	ResourceID    *uuid.UUID `json:"resource_id,omitempty" doc:"The newest piece that was made from it."`
	ResourceTitle string     `json:"resource_title"`
	Shares        int        `json:"shares" doc:"Posts about what was made from it that were shared."`
	Clicks        Tally      `json:"clicks" doc:"Of those posts."`
}

// PersonNumbers are the numbers of one person.
type PersonNumbers struct {
	Counted
	Since time.Time `json:"since"`
	Sums
	Before Sums          `json:"before" doc:"The same of the period of the same length before."`
	Clicks Tally         `json:"clicks" doc:"Of their posts."`
	Days   []DayCount    `json:"days" doc:"Of the clicks; days without a request are left out."`
	Posts  []PostNumbers `json:"posts"`
	Ideas  []IdeaNumbers `json:"ideas"`
}

// PieceNumbers are a resource that was made from an idea.
type PieceNumbers struct {
	ID          uuid.UUID `json:"id"`
	Title       string    `json:"title"`
	Shares      int       `json:"shares"`
	HumanClicks int       `json:"human_clicks"`
}

// IdeaCredit is what became of one idea.
type IdeaCredit struct {
	Counted
	Tally
	Shares int            `json:"shares" doc:"Posts that were shared about what was made from it."`
	Pieces []PieceNumbers `json:"pieces" doc:"What was made from it."`
}

// NetworkNumbers are the posts on one network.
type NetworkNumbers struct {
	Network     string `json:"network"`
	Shares      int    `json:"shares"`
	HumanClicks int    `json:"human_clicks"`
	Raw         int    `json:"raw"`
}

// OwnerNumbers are one person's posts.
type OwnerNumbers struct {
	Person      PersonRef `json:"person"`
	Shares      int       `json:"shares"`
	HumanClicks int       `json:"human_clicks"`
	Raw         int       `json:"raw"`
}

// Overview are the numbers of a team or of the company.
type Overview struct {
	Counted
	Since time.Time `json:"since"`
	Team  string    `json:"team" doc:"Whose they are; empty for the whole company's."`
	Sums
	Before    Sums             `json:"before" doc:"The same of the period of the same length before."`
	Clicks    Tally            `json:"clicks"`
	Days      []DayCount       `json:"days"`
	Networks  []NetworkNumbers `json:"networks"`
	Resources []PieceNumbers   `json:"resources" doc:"Most clicked first, at most twenty."`
	People    []OwnerNumbers   `json:"people" doc:"For the sales lead of the team and for administrators; empty for others."`
}

type numbersInput struct {
	PathID
	Days int `query:"days" default:"90" minimum:"1" maximum:"730" doc:"How many days back."`
}

type overviewInput struct {
	Days int `query:"days" default:"90" minimum:"1" maximum:"730" doc:"How many days back."`
}

func (s *Server) insightOperations() {
	register(s, op{ID: "getPersonNumbers", Method: http.MethodGet, Path: "/people/{id}/numbers", Tag: "insights", Summary: "Numbers of a person",
		Description: "What came of their posts and ideas, people apart from robots: one's own; a lead's, those of their team; an administrator's, everybody's."}, s.personNumbers)
	register(s, op{ID: "getIdeaNumbers", Method: http.MethodGet, Path: "/ideas/{id}/numbers", Tag: "insights", Summary: "What became of an idea",
		Description: "The pieces that were made from it and the clicks of all posts about them, people apart from robots, since ever. For everybody who sees the idea."}, s.ideaNumbers)
	register(s, op{ID: "getOverview", Method: http.MethodGet, Path: "/insights/overview", Tag: "insights", Summary: "Numbers of a team or the company",
		Description: "Of a sales lead's team; of the company for marketing and administrators. Persons one by one are for the lead of their team and for administrators."}, s.overview)
	register(s, op{ID: "getHome", Method: http.MethodGet, Path: "/home", Tag: "insights", Summary: "What needs me",
		Description: "What waits for you, by role, and what is new."}, s.home)
}

func (s *Server) postNumbers(ctx context.Context, in *PathID) (*body[PostTally], error) {
	if _, err := s.Posts.Get(ctx, in.ID); err != nil {
		return nil, err
	}
	n, err := s.Insights.OfPost(ctx, in.ID)
	return &body[PostTally]{Body: PostTally{Counted: countedAt(n.AsOf), Tally: tallyDTO(n.Tally), Days: dayDTOs(n.Days)}}, err
}

func (s *Server) ideaNumbers(ctx context.Context, in *PathID) (*body[IdeaCredit], error) {
	if _, err := s.Ideas.Get(ctx, in.ID); err != nil {
		return nil, err
	}
	n, err := s.Insights.OfIdea(ctx, in.ID)
	return &body[IdeaCredit]{Body: IdeaCredit{Counted: countedAt(n.AsOf), Tally: tallyDTO(n.Tally), Shares: n.Shares, Pieces: pieceDTOs(n.Pieces)}}, err
}

func pieceDTOs(pieces []insights.Piece) []PieceNumbers {
	dtos := make([]PieceNumbers, len(pieces))
	for i, p := range pieces {
		dtos[i] = PieceNumbers{ID: p.ID, Title: p.Title, Shares: p.Shares, HumanClicks: p.Human}
	}
	return dtos
}

func (s *Server) personNumbers(ctx context.Context, in *numbersInput) (*body[PersonNumbers], error) {
	p, err := s.Insights.OfPerson(ctx, in.ID, in.Days)
	if err != nil {
		return nil, err
	}
	n := PersonNumbers{Counted: countedAt(p.AsOf), Since: p.Since, Sums: sumsDTO(p.Sums), Before: sumsDTO(p.Before), Clicks: tallyDTO(p.Total), Days: dayDTOs(p.Days),
		Posts: []PostNumbers{}, Ideas: []IdeaNumbers{}}
	for _, x := range p.Posts {
		n.Posts = append(n.Posts, PostNumbers{ID: x.ID, Title: x.Title, Network: x.Network, State: x.State, Clicks: tallyDTO(x.Tally)})
	}
	for _, x := range p.Ideas {
		n.Ideas = append(n.Ideas, IdeaNumbers{ID: x.ID, Title: x.Title, State: x.State, ResourceID: idOrNull(x.BecameID), ResourceTitle: x.Became, Shares: x.Shares, Clicks: tallyDTO(x.Tally)})
	}
	return &body[PersonNumbers]{Body: n}, nil
}

func (s *Server) overview(ctx context.Context, in *overviewInput) (*body[Overview], error) {
	o, err := s.Insights.Overview(ctx, in.Days)
	if err != nil {
		return nil, err
	}
	n := Overview{Counted: countedAt(o.AsOf), Since: o.Since, Team: o.Team, Sums: sumsDTO(o.Sums), Before: sumsDTO(o.Before), Clicks: tallyDTO(o.Tally), Days: dayDTOs(o.Days),
		Networks: []NetworkNumbers{}, Resources: []PieceNumbers{}, People: []OwnerNumbers{}}
	for _, g := range o.Networks {
		n.Networks = append(n.Networks, NetworkNumbers{Network: g.Network, Shares: g.Shares, HumanClicks: g.Human, Raw: g.Raw})
	}
	for _, g := range o.Resources {
		n.Resources = append(n.Resources, PieceNumbers{ID: g.Resource.ID, Title: g.Resource.Title, Shares: g.Shares, HumanClicks: g.Human})
	}
	for _, g := range o.People {
		n.People = append(n.People, OwnerNumbers{Person: ref(g.Person), Shares: g.Shares, HumanClicks: g.Human, Raw: g.Raw})
	}
	return &body[Overview]{Body: n}, nil
}
