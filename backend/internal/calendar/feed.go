// Package calendar gives the dates of drafts to calendars outside: one secret address per person (RFC 5545). What a feed
// shows is decided anew at each request, by what its person may see then.
package calendar

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/drafts"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Feed is what a person knows of their own feed. Its secret was shown once.
type Feed struct {
	Scope     drafts.FeedScope
	MadeAt    time.Time
	FetchedAt *time.Time // about: within an hour
}

// Service does everything with feeds.
type Service struct {
	db     *db.DB
	drafts *drafts.Service
	store  store
}

// New makes the service.
func New(d *db.DB, pieces *drafts.Service) *Service {
	return &Service{db: d, drafts: pieces, store: store{d}}
}

var errNoFeed = errs.New(errs.NotFound, "You have no calendar address.")

func clean(scope drafts.FeedScope) error {
	if !slices.Contains([]drafts.FeedScope{drafts.FeedMine, drafts.FeedFollowed, drafts.FeedAll}, scope) {
		return errs.Field(errs.Invalid, "body.scope", "Choose mine, followed or all.")
	}
	return nil
}

func digest(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// Get gives the user's feed; NotFound when they have none.
func (s *Service) Get(ctx context.Context) (Feed, error) {
	return s.store.get(ctx, auth.From(ctx).ID)
}

// Renew makes the user's feed, or gives it another address, whose secret is shown this once. The address before is
// unknown from now on.
func (s *Service) Renew(ctx context.Context, scope drafts.FeedScope) (f Feed, secret string, err error) {
	if err := clean(scope); err != nil {
		return f, "", err
	}
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails
	secret = base64.RawURLEncoding.EncodeToString(b)
	f, err = s.store.put(ctx, auth.From(ctx).ID, digest(secret), scope)
	return f, secret, err
}

// SetScope changes what the feed has; its address stays.
func (s *Service) SetScope(ctx context.Context, scope drafts.FeedScope) (Feed, error) {
	if err := clean(scope); err != nil {
		return Feed{}, err
	}
	return s.store.setScope(ctx, auth.From(ctx).ID, scope)
}

// Revoke makes the address unknown. Revoking what is not there changes nothing.
func (s *Service) Revoke(ctx context.Context) error { return s.store.delete(ctx, auth.From(ctx).ID) }

// Open gives the events behind a secret, with the rights that its person has now. NotFound for an unknown secret, and for
// the one of somebody who is not here any more: the two look the same from outside.
func (s *Service) Open(ctx context.Context, secret string) ([]drafts.FeedEvent, error) {
	user, scope, err := s.store.open(ctx, digest(secret))
	if err != nil {
		return nil, err
	}
	events, err := s.drafts.Feed(auth.With(ctx, user), scope)
	if err != nil {
		return nil, err
	}
	return events, s.store.fetched(ctx, user.ID)
}

// Subject names the person of a secret to a rate limit, without the secret.
func Subject(secret string) string { return base64.RawURLEncoding.EncodeToString(digest(secret)) }

// UID is how calendars know one event again, whatever becomes of it.
func UID(draft uuid.UUID, step drafts.State) string {
	name := string(step)
	if step == drafts.Published {
		name = "publish"
	}
	return "draft-" + draft.String() + "-" + name + "@byline"
}
