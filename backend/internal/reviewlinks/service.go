package reviewlinks

import (
	"context"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/comments"
	"byline/backend/internal/drafts"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Service does everything with review links.
type Service struct {
	db       *db.DB
	log      *activity.Log
	comments *comments.Service
	drafts   *drafts.Service
	library  *library.Service
	secret   []byte
	store    store
}

// New makes the service. The secret signs the addresses: with another one, all of them are unknown.
func New(d *db.DB, log *activity.Log, c *comments.Service, pieces *drafts.Service, l *library.Service, secret []byte) *Service {
	return &Service{db: d, log: log, comments: c, drafts: pieces, library: l, secret: secret, store: store{d}}
}

func object(draft uuid.UUID) comments.Object { return comments.Object{Type: "draft", ID: draft} }

func (s *Service) record(ctx context.Context, verb string, draft uuid.UUID, data map[string]any) error {
	return s.log.Record(ctx, activity.Entry{Verb: "draft." + verb, ObjectType: "draft", ObjectID: draft, Data: data})
}

// Create makes a link to a draft and gives the token of its address, this once. Its maker follows the draft, to hear of
// what comes back.
func (s *Service) Create(ctx context.Context, draft uuid.UUID, in Input) (Link, string, error) {
	if err := in.clean(); err != nil {
		return Link{}, "", err
	}
	if err := s.mayShow(ctx, draft); err != nil {
		return Link{}, "", err
	}
	me, now := auth.From(ctx), db.Now()
	l := Link{ID: db.NewID(), DraftID: draft, MadeBy: activity.Person{ID: me.ID}, Label: in.Label, Note: in.Note, MayComment: in.MayComment,
		CreatedAt: now, ExpiresAt: now.Add(time.Duration(in.Days) * 24 * time.Hour).Truncate(time.Second)}
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		open, err := s.store.lockOpen(ctx, draft)
		if err != nil {
			return err
		}
		if open >= maxOpen {
			return errs.New(errs.Conflict, "This draft has 50 links that are open. Revoke one that nobody needs any more.")
		}
		if err := s.store.add(ctx, l); err != nil {
			return err
		}
		if err := s.comments.AutoFollow(ctx, object(draft), me.ID); err != nil {
			return err
		}
		return s.record(ctx, "review_link_made", draft, map[string]any{"link_id": l.ID, "label": l.Label})
	})
	if err != nil {
		return Link{}, "", err
	}
	l, err = s.store.get(ctx, draft, l.ID)
	return l, seal(s.secret, l.ID, l.ExpiresAt), err
}

// mayShow refuses who may not show the draft to people outside, and drafts that are archived.
func (s *Service) mayShow(ctx context.Context, draft uuid.UUID) error {
	d, err := s.drafts.Invites(ctx, draft)
	if err != nil {
		return err
	}
	if d.State == drafts.Archived {
		return errs.NotAllowedNow("An archived draft is shown to nobody. Bring it back first.", d.Allowed(auth.From(ctx))...)
	}
	return nil
}

// List gives the links of a draft, newest first, with those who came by them.
func (s *Service) List(ctx context.Context, draft uuid.UUID) ([]Link, error) {
	if _, err := s.drafts.Invites(ctx, draft); err != nil {
		return nil, err
	}
	links, err := s.store.list(ctx, draft)
	if err != nil {
		return nil, err
	}
	return links, s.store.fill(ctx, draft, links)
}

// Revoke closes a link at once; with back it opens again, under the same address, while its time is not over. Doing so
// twice changes nothing.
func (s *Service) Revoke(ctx context.Context, draft, id uuid.UUID, back bool) (Link, error) {
	if back {
		if err := s.mayShow(ctx, draft); err != nil {
			return Link{}, err
		}
	} else if _, err := s.drafts.Invites(ctx, draft); err != nil {
		return Link{}, err
	}
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		l, err := s.store.get(ctx, draft, id)
		if err != nil {
			return err
		}
		if back && !l.ExpiresAt.After(db.Now()) {
			return errs.New(errs.Conflict, "This link has expired. Make a new one.")
		}
		changed, err := s.store.revoke(ctx, id, !back)
		if err != nil || !changed {
			return err
		}
		facts := map[string]any{"link_id": l.ID, "label": l.Label}
		if back {
			return s.record(ctx, "review_link_restored", draft, facts)
		}
		return s.record(ctx, "review_link_revoked", draft, facts)
	})
	if err != nil {
		return Link{}, err
	}
	return s.store.get(ctx, draft, id)
}
