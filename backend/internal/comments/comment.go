// Package comments owns the talk about things: comments with mentions on ideas, drafts, posts, resources and campaigns,
// threads of comments on a stretch of a text, and who follows what. Whether somebody may see the thing is checked by the caller, who knows it.
package comments

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Object names the thing that is talked about.
type Object struct {
	Type string // "idea", "draft", "post", "resource" or "campaign"
	ID   uuid.UUID
}

// Comment is one remark.
type Comment struct {
	ID        uuid.UUID
	Object    Object
	ThreadID  uuid.NullUUID // the thread that it is part of
	AuthorID  uuid.UUID     // nobody when a guest wrote it
	GuestID   uuid.UUID     // of a guest
	Author    activity.Person
	Body      string
	Mentions  []uuid.UUID
	Rev       int64
	CreatedAt time.Time
	EditedAt  *time.Time
}

// Service does everything with comments and follows.
type Service struct {
	db    *db.DB
	log   *activity.Log
	store store
	texts Texts
}

// New makes the service.
func New(d *db.DB, log *activity.Log) *Service { return &Service{db: d, log: log, store: store{d}} }

func cleanBody(body string) (string, error) {
	body = strings.TrimSpace(body)
	if body == "" || utf8.RuneCountInString(body) > 10_000 {
		return "", errs.Field(errs.Invalid, "body.body", "A comment has 1 to 10,000 characters.")
	}
	return body, nil
}

// draftOf checks what somebody wants to say.
func (s *Service) draftOf(ctx context.Context, o Object, body string, mentions []uuid.UUID) (Comment, error) {
	body, err := cleanBody(body)
	if err != nil {
		return Comment{}, err
	}
	if len(mentions) > 50 {
		return Comment{}, errs.Field(errs.Invalid, "body.mentions", "A comment mentions at most 50 people.")
	}
	c := Comment{ID: db.NewID(), Object: o, AuthorID: auth.From(ctx).ID, Body: body, Mentions: mentions}
	if g, ok := guestOf(ctx); ok {
		c.AuthorID, c.GuestID = uuid.Nil, g.ID
	}
	return c, nil
}

// Add writes a comment; its author and the people mentioned follow the thing from now on.
func (s *Service) Add(ctx context.Context, o Object, body string, mentions []uuid.UUID) (Comment, error) {
	c, err := s.draftOf(ctx, o, body, mentions)
	if err != nil {
		return Comment{}, err
	}
	if err := s.db.InTx(ctx, func(ctx context.Context) error { return s.say(ctx, c, nil) }); err != nil {
		return Comment{}, err
	}
	return s.store.get(ctx, c.ID)
}

// say writes a comment with all that follows from it, in the transaction of ctx. facts are added to its activity.
func (s *Service) say(ctx context.Context, c Comment, facts map[string]any) error {
	if err := s.store.add(ctx, c); err != nil {
		return err
	}
	if err := s.AutoFollow(ctx, c.Object, slices.Concat(c.Mentions, []uuid.UUID{c.AuthorID})...); err != nil {
		return err
	}
	data := map[string]any{"comment_id": c.ID, "mentions": c.Mentions, "excerpt": excerpt(c.Body)}
	if c.ThreadID.Valid {
		data["thread_id"] = c.ThreadID.UUID
	}
	maps.Copy(data, facts)
	return s.record(ctx, ".commented", c.Object, data)
}

// Get gives one comment.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Comment, error) {
	return s.store.get(ctx, id)
}

// Of says what a comment is about. A deleted one is found by whoever may bring it back: its author, and for one by somebody
// outside, those inside.
func (s *Service) Of(ctx context.Context, id uuid.UUID) (Object, error) {
	return s.store.object(ctx, id, auth.From(ctx).ID)
}

// Edit changes the text of one's own comment.
func (s *Service) Edit(ctx context.Context, id uuid.UUID, rev int64, body string) (Comment, error) {
	body, err := cleanBody(body)
	if err != nil {
		return Comment{}, err
	}
	if err := s.own(ctx, id); err != nil {
		return Comment{}, err
	}
	if err := s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.edit(ctx, id, rev, body); err != nil {
			return err
		}
		return s.changedIn(ctx, id)
	}); err != nil {
		return Comment{}, err
	}
	return s.store.get(ctx, id)
}

// Delete hides one's own comment, or brings it back. What somebody outside said leaves a trace: others count on it, and
// nobody of theirs could ask.
func (s *Service) Delete(ctx context.Context, id uuid.UUID, restore bool) error {
	if err := s.mayTakeAway(ctx, id); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(ctx context.Context) error {
		changed, err := s.store.setDeleted(ctx, id, !restore)
		if err != nil || !changed {
			return err
		}
		if err := s.changedIn(ctx, id); err != nil {
			return err
		}
		o, name, err := s.store.guestName(ctx, id)
		if err != nil || name == "" {
			return err
		}
		verb := ".comment_removed"
		if _, guest := guestOf(ctx); restore {
			verb = ".comment_restored"
		} else if guest {
			verb = ".comment_withdrawn"
		}
		return s.record(ctx, verb, o, map[string]any{"comment_id": id, "name": name})
	})
}

// mayTakeAway is for the author; what somebody outside said may be taken away by whoever lets them in, too.
func (s *Service) mayTakeAway(ctx context.Context, id uuid.UUID) error {
	err := s.own(ctx, id)
	if _, guest := guestOf(ctx); guest || errs.CodeOf(err) != errs.Forbidden {
		return err
	}
	o, byGuest, failed := s.store.byGuest(ctx, id)
	if failed != nil {
		return failed
	}
	if !byGuest || s.texts.Hosts == nil {
		return err
	}
	hosts, refused := s.texts.Hosts(ctx, o)
	if refused != nil || hosts {
		return refused
	}
	return err
}

func (s *Service) own(ctx context.Context, id uuid.UUID) error {
	author, err := s.store.author(ctx, id)
	if err != nil {
		return err
	}
	if author != writer(ctx) {
		return errs.New(errs.Forbidden, "Only its author changes a comment.")
	}
	return nil
}

// List gives the comments of a thing that are in no thread, oldest first: at most limit after the given one.
func (s *Service) List(ctx context.Context, o Object, after uuid.UUID, limit int) ([]Comment, error) {
	return s.store.list(ctx, o, after, limit)
}

// Follow makes the signed-in user follow a thing, or stop.
func (s *Service) Follow(ctx context.Context, o Object, follow bool) error {
	return s.store.setFollow(ctx, o, auth.From(ctx).ID, follow)
}

// Follows says whether the signed-in user follows a thing.
func (s *Service) Follows(ctx context.Context, o Object) (bool, error) {
	return s.store.follows(ctx, o, auth.From(ctx).ID)
}

// AutoFollow makes people follow a thing because of what they did or are; who stopped by hand stays out.
func (s *Service) AutoFollow(ctx context.Context, o Object, people ...uuid.UUID) error {
	return s.store.follow(ctx, o, people)
}

// MoveFollows makes the followers of one thing follow another too (merge).
func (s *Service) MoveFollows(ctx context.Context, from, to Object) error {
	return s.store.moveFollows(ctx, from, to)
}

func excerpt(body string) string {
	r := []rune(body)
	if len(r) > 140 {
		return string(r[:139]) + "…"
	}
	return body
}
