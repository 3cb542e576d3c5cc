package reviewlinks

import (
	"context"

	"github.com/google/uuid"

	"byline/backend/internal/comments"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// How much comes by one link. Whoever needs more talks to the people who sent it.
const (
	perReviewer = 40  // comments of one reviewer in ten minutes
	perLink     = 200 // comments by one link in an hour
)

// Thread is one that came by a link, with the words as its reader saw them.
type Thread struct {
	comments.Thread
	Quote string
}

var (
	errNoThread  = errs.New(errs.NotFound, "There is no such thread.")
	errNoComment = errs.New(errs.NotFound, "There is no such comment of yours.")
	errNoName    = errs.New(errs.Forbidden, "Say who you are first.")
)

// Threads gives those that came by the link of a visit, with their anchors in the positions of the version that it gives.
func (s *Service) Threads(ctx context.Context, v Visit) ([]Thread, int64, error) {
	quotes, err := s.store.threads(ctx, v.Link.ID)
	if err != nil {
		return nil, 0, err
	}
	ids := []uuid.UUID{}
	for id := range quotes {
		ids = append(ids, id)
	}
	found, version, err := s.comments.Among(auth.With(ctx, v.maker), object(v.Draft.ID), ids)
	list := []Thread{}
	for _, t := range found {
		list = append(list, Thread{t, quotes[t.ID]})
	}
	return list, version, err
}

// Said is what became of something that a reviewer said.
type Said struct {
	Thread  uuid.UUID
	Comment uuid.UUID
}

// Start begins a thread on a stretch of the text. The same key again is the same thread.
func (s *Service) Start(ctx context.Context, v Visit, key string, from, to int, version int64, body string) (Thread, error) {
	said, err := s.speak(ctx, v, key, func(ctx context.Context) (Said, error) {
		t, err := s.comments.Start(ctx, object(v.Draft.ID), from, to, version, body, nil)
		if err != nil {
			return Said{}, err
		}
		text, _, err := s.Text(ctx, v)
		if err != nil {
			return Said{}, err
		}
		return Said{t.ID, t.Comments[0].ID}, s.store.addThread(ctx, t.ID, v.Link.ID, text.Words(t.Anchor.From, t.Anchor.To))
	})
	if err != nil {
		return Thread{}, err
	}
	list, _, err := s.Threads(ctx, v)
	for _, t := range list {
		if t.ID == said.Thread {
			return t, err
		}
	}
	return Thread{}, errOr(err, errNoThread)
}

// Reply says something in a thread that came by the same link. The same key again is the same comment.
func (s *Service) Reply(ctx context.Context, v Visit, key string, thread uuid.UUID, body string) (comments.Comment, error) {
	said, err := s.speak(ctx, v, key, func(ctx context.Context) (Said, error) {
		if ours, err := s.store.hasThread(ctx, v.Link.ID, thread); err != nil || !ours {
			return Said{}, errOr(err, errNoThread)
		}
		c, err := s.comments.Reply(ctx, thread, body, nil)
		return Said{thread, c.ID}, err
	})
	if err != nil {
		return comments.Comment{}, err
	}
	return s.comments.Get(ctx, said.Comment)
}

// Edit changes what the reviewer said.
func (s *Service) Edit(ctx context.Context, v Visit, comment uuid.UUID, rev int64, body string) (comments.Comment, error) {
	ctx, err := s.own(ctx, v, comment)
	if err != nil {
		return comments.Comment{}, err
	}
	return s.comments.Edit(ctx, comment, rev, body)
}

// Delete takes away what the reviewer said.
func (s *Service) Delete(ctx context.Context, v Visit, comment uuid.UUID) error {
	ctx, err := s.own(ctx, v, comment)
	if err != nil {
		return err
	}
	return s.comments.Delete(ctx, comment, false)
}

// own lets a reviewer at a comment of theirs; any other one does not exist for them.
func (s *Service) own(ctx context.Context, v Visit, comment uuid.UUID) (context.Context, error) {
	if err := maySpeak(v); err != nil {
		return ctx, err
	}
	c, err := s.comments.Get(ctx, comment)
	if err != nil || c.GuestID != v.Reviewer.ID {
		return ctx, errOr(err, errNoComment)
	}
	return s.as(ctx, v), nil
}

func maySpeak(v Visit) error {
	switch {
	case !v.Link.MayComment:
		return errReadOnly
	case v.Reviewer == nil:
		return errNoName
	}
	return nil
}

// as lets the reviewer of a visit speak, with the rights of the link's maker.
func (s *Service) as(ctx context.Context, v Visit) context.Context {
	r := v.Reviewer
	return comments.WithGuest(auth.With(ctx, v.maker), comments.Guest{ID: r.ID, Name: r.Name, Organisation: r.Organisation, Tell: []uuid.UUID{v.maker.ID}})
}

// speak writes what a reviewer says, once for each key and not too often. The link is held meanwhile: nothing comes by it
// once it was revoked.
func (s *Service) speak(ctx context.Context, v Visit, key string, say func(ctx context.Context) (Said, error)) (said Said, err error) {
	if err := maySpeak(v); err != nil {
		return said, err
	}
	if key == "" {
		key = uuid.NewString()
	}
	if len(key) > 200 {
		return said, errs.Field(errs.Invalid, "header.Idempotency-Key", "A key has at most 200 characters.")
	}
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		open, err := s.store.lock(ctx, v.Link.ID)
		if err != nil || !open {
			return errOr(err, errClosed)
		}
		var found bool
		if said, found, err = s.store.said(ctx, v.Reviewer.ID, key); err != nil || found {
			return err
		}
		mine, all, err := s.store.lately(ctx, v.Reviewer.ID, v.Link.ID)
		if err != nil {
			return err
		}
		if mine >= perReviewer || all >= perLink {
			e := errs.New(errs.TooMany, "That were many comments in a short time. Please wait ten minutes, or send the rest to the person who gave you the link.")
			e.RetryAfterSeconds = 600
			return e
		}
		if said, err = say(s.as(ctx, v)); err != nil {
			return err
		}
		return s.store.addSaid(ctx, v.Reviewer.ID, key, said)
	})
	return said, err
}
