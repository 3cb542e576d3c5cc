package httpapi

import (
	"context"

	"github.com/google/uuid"

	"byline/backend/internal/drafts"
	"byline/backend/internal/ideas"
	"byline/backend/internal/library"
	"byline/backend/internal/notify"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/posts"
)

// Home is what needs somebody, and what is new.
type Home struct {
	Offered  []Post         `json:"offered" doc:"Posts for you to read and seal."`
	Sealed   []Post         `json:"sealed" doc:"Posts that you sealed but have not shared."`
	Declined []Post         `json:"declined" doc:"Posts of yours (as a writer) that their owners declined."`
	Waiting  []Draft        `json:"waiting" doc:"Drafts that wait for your approval."`
	Returned []Draft        `json:"returned" doc:"Drafts on which you are that came back: changes were asked for."`
	Overdue  []Draft        `json:"overdue" doc:"Drafts that are past their due date: your own, and all of them for a lead of marketing."`
	Steps    []Draft        `json:"steps" doc:"Drafts with a step that is given to you and due within three days, or past its day."`
	Review   []Resource     `json:"review" doc:"Resources that you keep and whose review is due within two weeks, or past."`
	Writing  []Draft        `json:"writing" doc:"Drafts on which you are, and that are not done."`
	Triage   []Idea         `json:"triage" doc:"Ideas that nobody has answered, those that wait longest first; for marketing."`
	Mine     []Idea         `json:"mine" doc:"Ideas that you filed or voted for."`
	News     []Notification `json:"news" doc:"Unread notifications."`
	Fresh    []Resource     `json:"fresh" doc:"New in the resource center."`
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
			return some(draft, &h.Returned)(s.Drafts.List(ctx, drafts.Filter{Mine: true, Returned: true, Limit: few}))
		},
		func() error {
			return some(draft, &h.Overdue)(s.Drafts.List(ctx, drafts.Filter{Mine: !me.LeadOf(auth.Marketing), Overdue: true, Limit: few}))
		},
		func() error {
			return some(draft, &h.Steps)(s.Drafts.List(ctx, drafts.Filter{MyStep: true, Limit: few}))
		},
		func() error {
			return some(resourceDTO, &h.Review)(s.Library.ToReview(ctx, few))
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
				return some(ideaDTO, &h.Triage)(s.Ideas.List(ctx, ideas.Filter{States: []ideas.State{ideas.StateNew}, Sort: "old", Limit: few}))
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
