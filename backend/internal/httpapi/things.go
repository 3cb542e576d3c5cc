package httpapi

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/comments"
	"byline/backend/internal/notify"
	"byline/backend/internal/platform/errs"
)

// Sees says whether the signed-in user may see a thing and what is said about it. It is the one place that knows all
// kinds of things; notifications, comments, timelines and files ask it.
func (s Services) Sees(ctx context.Context, objectType string, id uuid.UUID) (bool, error) {
	var err error
	switch objectType {
	case "idea":
		_, err = s.Ideas.Get(ctx, id)
	case "draft", "draft_text":
		d, e := s.Drafts.Get(ctx, id)
		if e == nil && !d.Full { // title and state are no licence to read what is said about the text
			return false, nil
		}
		err = e
	case "post":
		_, err = s.Posts.Get(ctx, id)
	case "resource", "resource_text":
		_, err = s.Library.Resource(ctx, id)
	case "share":
		_, err = s.Shares.Get(ctx, id)
	case "transfer":
		_, err = s.Transfer.Get(ctx, id)
	case "user":
		_, err = s.People.Get(ctx, id)
	default:
		return false, nil
	}
	if errs.CodeOf(err) == errs.NotFound {
		return false, nil
	}
	return err == nil, err
}

// mustSee is Sees as an error: NotFound, whether the thing does not exist or is not theirs.
func (s *Server) mustSee(ctx context.Context, o comments.Object) error {
	ok, err := s.Sees(ctx, o.Type, o.ID)
	if err == nil && !ok {
		err = errs.New(errs.NotFound, "No such "+o.Type+".")
	}
	return err
}

// ThingPath names the thing that is talked about.
type ThingPath struct {
	Type string    `path:"type" enum:"idea,draft,post,resource" doc:"What kind of thing it is."`
	ID   uuid.UUID `path:"id" doc:"Its id."`
}

func (p ThingPath) object() comments.Object { return comments.Object{Type: p.Type, ID: p.ID} }

// Comment is one remark on a thing.
type Comment struct {
	ID        uuid.UUID   `json:"id"`
	Author    PersonRef   `json:"author"`
	Body      string      `json:"body" example:"The CFO asked for exactly this."`
	Mentions  []uuid.UUID `json:"mentions" doc:"People named in it."`
	Rev       int64       `json:"rev"`
	CreatedAt time.Time   `json:"created_at"`
	EditedAt  *time.Time  `json:"edited_at,omitempty"`
}

func commentDTO(c comments.Comment) Comment {
	if c.Mentions == nil {
		c.Mentions = []uuid.UUID{}
	}
	return Comment{ID: c.ID, Author: ref(c.Author), Body: c.Body, Mentions: c.Mentions, Rev: c.Rev, CreatedAt: c.CreatedAt, EditedAt: c.EditedAt}
}

// TimelineItem is one thing that happened.
type TimelineItem struct {
	ID         uuid.UUID       `json:"id"`
	At         time.Time       `json:"at"`
	Verb       string          `json:"verb" example:"idea.moved"`
	Actor      *PersonRef      `json:"actor,omitempty" doc:"Who did it; absent when it was the system."`
	OnBehalfOf *PersonRef      `json:"on_behalf_of,omitempty" doc:"For whom it was done."`
	Data       json.RawMessage `json:"data" doc:"Facts worth showing, by verb."`
}

// Follow says whether one follows a thing.
type Follow struct {
	Following bool `json:"following"`
}

func ref(p activity.Person) PersonRef {
	return PersonRef{ID: p.ID, Name: p.Name, Side: p.Side, PictureURL: pictureURL(p.Picture), Outside: p.Outside, Organisation: p.Organisation}
}

func refOrNull(p *activity.Person) *PersonRef {
	if p == nil {
		return nil
	}
	return ptr(ref(*p))
}

type commentInput struct {
	ThingPath
	Body struct {
		Body     string      `json:"body" minLength:"1" maxLength:"10000"`
		Mentions []uuid.UUID `json:"mentions,omitempty" maxItems:"50" doc:"People named in it: they follow the thing from now on and are told."`
	}
}

type editCommentInput struct {
	PathID
	IfMatch
	Body struct {
		Body string `json:"body" minLength:"1" maxLength:"10000"`
	}
}

type thingPageInput struct {
	ThingPath
	Page
}

func (s *Server) thingOperations() {
	register(s, op{ID: "listComments", Method: http.MethodGet, Path: "/things/{type}/{id}/comments", Tag: "comments", Summary: "List comments",
		Description: "What was said about a thing, oldest first."}, s.listComments)
	register(s, op{ID: "addComment", Method: http.MethodPost, Path: "/things/{type}/{id}/comments", Tag: "comments", Summary: "Comment", Status: http.StatusCreated,
		Description: "Adds a comment. You and the people mentioned follow the thing from then on."},
		func(ctx context.Context, in *commentInput) (*versioned[Comment], error) {
			if err := s.mustSee(ctx, in.object()); err != nil {
				return nil, err
			}
			c, err := s.Comments.Add(ctx, in.object(), in.Body.Body, in.Body.Mentions)
			return withRev(c.Rev, commentDTO(c)), err
		})
	register(s, op{ID: "editComment", Method: http.MethodPut, Path: "/comments/{id}", Tag: "comments", Summary: "Edit a comment", Errors: []int{http.StatusPreconditionFailed},
		Description: "Changes the text of one's own comment. 403 for anybody else's, 412 when it was changed meanwhile."},
		func(ctx context.Context, in *editCommentInput) (*versioned[Comment], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			if err := s.mustSeeComment(ctx, in.ID); err != nil {
				return nil, err
			}
			c, err := s.Comments.Edit(ctx, in.ID, rev, in.Body.Body)
			return withRev(c.Rev, commentDTO(c)), err
		})
	register(s, op{ID: "deleteComment", Method: http.MethodDelete, Path: "/comments/{id}", Tag: "comments", Summary: "Delete a comment",
		Description: "Takes one's own comment away, or one by somebody outside, for whoever may let people outside in; restoreComment brings it back."},
		func(ctx context.Context, in *PathID) (*struct{}, error) {
			if err := s.mustSeeComment(ctx, in.ID); err != nil {
				return nil, err
			}
			return nil, s.Comments.Delete(ctx, in.ID, false)
		})
	register(s, op{ID: "restoreComment", Method: http.MethodPost, Path: "/comments/{id}/restore", Tag: "comments", Summary: "Bring a comment back",
		Description: "Undoes deleteComment.", Status: http.StatusNoContent},
		func(ctx context.Context, in *PathID) (*struct{}, error) {
			if err := s.mustSeeComment(ctx, in.ID); err != nil {
				return nil, err
			}
			return nil, s.Comments.Delete(ctx, in.ID, true)
		})
	register(s, op{ID: "getTimeline", Method: http.MethodGet, Path: "/things/{type}/{id}/timeline", Tag: "comments", Summary: "What happened to a thing",
		Description: "Its activities, newest first."}, s.timeline)
	register(s, op{ID: "getFollow", Method: http.MethodGet, Path: "/things/{type}/{id}/follow", Tag: "comments", Summary: "Do I follow this?",
		Description: "Whether you are told of what happens to the thing."},
		func(ctx context.Context, in *ThingPath) (*body[Follow], error) {
			if err := s.mustSee(ctx, in.object()); err != nil {
				return nil, err
			}
			yes, err := s.Comments.Follows(ctx, in.object())
			return &body[Follow]{Body: Follow{yes}}, err
		})
	for id, x := range map[string]struct {
		method, summary string
		follow          bool
	}{"followThing": {http.MethodPut, "Follow a thing", true}, "unfollowThing": {http.MethodDelete, "Stop following a thing", false}} {
		register(s, op{ID: id, Method: x.method, Path: "/things/{type}/{id}/follow", Tag: "comments", Summary: x.summary,
			Description: "Whether you are told of what happens to it. Who stopped by hand is not made a follower again by what they do.", Status: http.StatusOK},
			func(ctx context.Context, in *ThingPath) (*body[Follow], error) {
				if err := s.mustSee(ctx, in.object()); err != nil {
					return nil, err
				}
				return &body[Follow]{Body: Follow{x.follow}}, s.Comments.Follow(ctx, in.object(), x.follow)
			})
	}
}

func (s *Server) mustSeeComment(ctx context.Context, id uuid.UUID) error {
	o, err := s.Comments.Of(ctx, id)
	if err != nil {
		return err
	}
	ok, err := s.Sees(ctx, o.Type, o.ID)
	if err == nil && !ok {
		err = errs.New(errs.NotFound, "No such comment.")
	}
	return err
}

func (s *Server) listComments(ctx context.Context, in *thingPageInput) (*body[List[Comment]], error) {
	if err := s.mustSee(ctx, in.object()); err != nil {
		return nil, err
	}
	var after uuid.UUID
	if err := decodeCursor(in.Cursor, &after); err != nil {
		return nil, err
	}
	found, err := s.Comments.List(ctx, in.object(), after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	return &body[List[Comment]]{Body: paged(found, in.Limit, func(c comments.Comment) any { return c.ID }, commentDTO)}, nil
}

func (s *Server) timeline(ctx context.Context, in *thingPageInput) (*body[List[TimelineItem]], error) {
	if err := s.mustSee(ctx, in.object()); err != nil {
		return nil, err
	}
	var before uuid.UUID
	if err := decodeCursor(in.Cursor, &before); err != nil {
		return nil, err
	}
	items, err := s.Activity.Timeline(ctx, in.Type, in.ID, before, in.Limit+1)
	if err != nil {
		return nil, err
	}
	return &body[List[TimelineItem]]{Body: paged(items, in.Limit, func(i activity.Item) any { return i.ID }, func(i activity.Item) TimelineItem {
		return TimelineItem{ID: i.ID, At: i.At, Verb: i.Verb, Actor: refOrNull(i.Actor), OnBehalfOf: refOrNull(i.OnBehalfOf), Data: i.Data}
	})}, nil
}

// Notification is one line of one's inbox.
type Notification struct {
	ID         uuid.UUID       `json:"id"`
	Reason     string          `json:"reason" enum:"mention,reply,follow,assigned,approval,offered,shared,searched,saved" doc:"Why you hear of it."`
	At         time.Time       `json:"at"`
	ReadAt     *time.Time      `json:"read_at,omitempty"`
	Verb       string          `json:"verb" example:"draft.moved"`
	ObjectType string          `json:"object_type" example:"draft"`
	ObjectID   uuid.UUID       `json:"object_id"`
	Title      string          `json:"title" doc:"Of the thing, as it is called now."`
	Actor      *PersonRef      `json:"actor,omitempty"`
	Data       json.RawMessage `json:"data"`
}

type notificationsInput struct {
	Page
	Unread bool `query:"unread" doc:"Only what has not been read."`
}

type markInput struct {
	Body struct {
		IDs  []uuid.UUID `json:"ids,omitempty" maxItems:"200" doc:"Which; none means all."`
		Read bool        `json:"read" doc:"Read, or unread again."`
	}
}

// Unread is how many notifications have not been read.
type Unread struct {
	Unread int `json:"unread"`
}

func (s *Server) notificationOperations() {
	register(s, op{ID: "listNotifications", Method: http.MethodGet, Path: "/notifications", Tag: "notifications", Summary: "List my notifications",
		Description: "Your inbox, newest first: mentions, what you are asked to do, and what happened to things that you follow."}, s.listNotifications)
	register(s, op{ID: "countUnread", Method: http.MethodGet, Path: "/notifications/unread", Tag: "notifications", Summary: "Count unread notifications",
		Description: "How many lines of your inbox you have not read."},
		func(ctx context.Context, _ *struct{}) (*body[Unread], error) {
			n, err := s.Notify.Unread(ctx)
			return &body[Unread]{Body: Unread{n}}, err
		})
	register(s, op{ID: "markNotifications", Method: http.MethodPost, Path: "/notifications/mark", Tag: "notifications", Summary: "Mark notifications as read",
		Description: "Sets the given ones, or all, to read or unread. Answers how many are unread now.", Status: http.StatusOK},
		func(ctx context.Context, in *markInput) (*body[Unread], error) {
			if err := s.Notify.Mark(ctx, in.Body.IDs, in.Body.Read); err != nil {
				return nil, err
			}
			n, err := s.Notify.Unread(ctx)
			return &body[Unread]{Body: Unread{n}}, err
		})
}

func (s *Server) listNotifications(ctx context.Context, in *notificationsInput) (*body[List[Notification]], error) {
	var before uuid.UUID
	if err := decodeCursor(in.Cursor, &before); err != nil {
		return nil, err
	}
	found, err := s.Notify.List(ctx, in.Unread, before, in.Limit+1)
	if err != nil {
		return nil, err
	}
	return &body[List[Notification]]{Body: paged(found, in.Limit, func(n notify.Notification) any { return n.ID }, notificationDTO)}, nil
}
