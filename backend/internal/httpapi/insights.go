package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/drafts"
	"byline/backend/internal/ideas"
	"byline/backend/internal/insights"
	"byline/backend/internal/library"
	"byline/backend/internal/notify"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/posts"
)

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
	ID     uuid.UUID `json:"id"`
	Title  string    `json:"title"`
	State  string    `json:"state"`
	Shares int       `json:"shares" doc:"Posts about what was made from it that were shared."`
	Clicks Tally     `json:"clicks" doc:"Of those posts."`
}

// PersonNumbers are the numbers of one person.
type PersonNumbers struct {
	AsOf           time.Time     `json:"as_of"`
	Since          time.Time     `json:"since"`
	IdeasFiled     int           `json:"ideas_filed"`
	IdeasPublished int           `json:"ideas_published" doc:"Ideas of theirs that became a published piece."`
	PostsShared    int           `json:"posts_shared"`
	Clicks         Tally         `json:"clicks" doc:"Of their posts."`
	Posts          []PostNumbers `json:"posts"`
	Ideas          []IdeaNumbers `json:"ideas"`
}

func tallyDTO(t insights.Tally) Tally { return Tally{Human: t.Human, Raw: t.Raw, Why: filled(t.Why)} }

// Home is what needs somebody, and what is new.
type Home struct {
	Offered  []Post         `json:"offered" doc:"Posts for you to read and seal."`
	Sealed   []Post         `json:"sealed" doc:"Posts that you sealed but have not shared."`
	Declined []Post         `json:"declined" doc:"Posts of yours (as a writer) that their owners declined."`
	Waiting  []Draft        `json:"waiting" doc:"Drafts that wait for your approval."`
	Writing  []Draft        `json:"writing" doc:"Drafts on which you are, and that are not done."`
	Triage   []Idea         `json:"triage" doc:"New ideas; for marketing."`
	Mine     []Idea         `json:"mine" doc:"Ideas that you filed or voted for."`
	News     []Notification `json:"news" doc:"Unread notifications."`
	Fresh    []Resource     `json:"fresh" doc:"New in the resource center."`
}

type numbersInput struct {
	PathID
	Days int `query:"days" default:"90" minimum:"1" maximum:"730" doc:"How many days back."`
}

func (s *Server) insightOperations() {
	register(s, op{ID: "getPersonNumbers", Method: http.MethodGet, Path: "/people/{id}/numbers", Tag: "insights", Summary: "Numbers of a person",
		Description: "What came of their posts and ideas, people apart from robots: one's own; a lead's, those of their team; an administrator's, everybody's."}, s.personNumbers)
	register(s, op{ID: "getHome", Method: http.MethodGet, Path: "/home", Tag: "insights", Summary: "What needs me",
		Description: "What waits for you, by role, and what is new."}, s.home)
}

func (s *Server) personNumbers(ctx context.Context, in *numbersInput) (*body[PersonNumbers], error) {
	p, err := s.Insights.OfPerson(ctx, in.ID, in.Days)
	if err != nil {
		return nil, err
	}
	n := PersonNumbers{AsOf: p.AsOf, Since: p.Since, IdeasFiled: p.IdeasFiled, IdeasPublished: p.IdeasPublished, PostsShared: p.PostsShared, Clicks: tallyDTO(p.Total),
		Posts: []PostNumbers{}, Ideas: []IdeaNumbers{}}
	for _, x := range p.Posts {
		n.Posts = append(n.Posts, PostNumbers{ID: x.ID, Title: x.Title, Network: x.Network, State: x.State, Clicks: tallyDTO(x.Tally)})
	}
	for _, x := range p.Ideas {
		n.Ideas = append(n.Ideas, IdeaNumbers{ID: x.ID, Title: x.Title, State: x.State, Shares: x.Shares, Clicks: tallyDTO(x.Tally)})
	}
	return &body[PersonNumbers]{Body: n}, nil
}

// some gives the first few of a list.
func some[T, D any](dto func(T) D, into *[]D) func([]T, error) error {
	return func(rows []T, err error) error {
		*into = paged(rows, len(rows), nil, dto).Items
		return err
	}
}

func (s *Server) home(ctx context.Context, _ *struct{}) (*body[Home], error) {
	me := auth.From(ctx)
	h := Home{Declined: []Post{}, Triage: []Idea{}}
	const few = 6
	post, draft := s.postDTO(me), draftDTO(me)
	steps := []func() error{
		func() error {
			return some(post, &h.Offered)(s.Posts.List(ctx, posts.Filter{Mine: true, States: []posts.State{posts.Offered}, Limit: few}))
		},
		func() error {
			return some(post, &h.Sealed)(s.Posts.List(ctx, posts.Filter{Mine: true, States: []posts.State{posts.Sealed}, Limit: few}))
		},
		func() error {
			return some(draft, &h.Waiting)(s.Drafts.List(ctx, drafts.Filter{Waiting: true, Limit: few}))
		},
		func() error {
			return some(draft, &h.Writing)(s.Drafts.List(ctx, drafts.Filter{Mine: true, States: []drafts.State{drafts.Brief, drafts.Writing, drafts.InReview, drafts.Approved}, Limit: few}))
		},
		func() error {
			return some(ideaDTO, &h.Mine)(s.Ideas.List(ctx, ideas.Filter{Mine: true, Sort: "new", Limit: few}))
		},
		func() error {
			return some(notificationDTO, &h.News)(s.Notify.List(ctx, true, uuid.Nil, few))
		},
		func() error {
			return some(resourceDTO, &h.Fresh)(s.Library.Resources(ctx, library.ResourceFilter{Sort: "new", Limit: few}))
		},
	}
	if me.IsMarketer() {
		steps = append(steps,
			func() error {
				return some(ideaDTO, &h.Triage)(s.Ideas.List(ctx, ideas.Filter{States: []ideas.State{ideas.StateNew}, Sort: "top", Limit: few}))
			},
			func() error {
				return some(post, &h.Declined)(s.Posts.List(ctx, posts.Filter{WrittenBy: me.ID, States: []posts.State{posts.Declined}, Limit: few}))
			})
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return &body[Home]{Body: h}, nil
}

func notificationDTO(n notify.Notification) Notification {
	return Notification{ID: n.ID, Reason: n.Reason, At: n.At, ReadAt: n.ReadAt, Verb: n.Verb, ObjectType: n.ObjectType, ObjectID: n.ObjectID,
		Title: n.Title, Actor: refOrNull(n.Actor), Data: n.Data}
}
