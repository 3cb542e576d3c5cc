package demand

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/ideas"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/search"
	"byline/backend/internal/views"
)

// Service does everything with demand.
type Service struct {
	db      *db.DB
	log     *activity.Log
	ideas   *ideas.Service
	search  *search.Service
	library *library.Service
	views   *views.Service
	secret  []byte
	store   store
	sets    func(context.Context) ([]library.Set, error)
	// withdraw takes back what people were told by an activity and have not read, and gives those who have.
	withdraw func(ctx context.Context, activity uuid.UUID) (read []uuid.UUID, err error)
	now      func() time.Time
	seen     seen
	// popular is kept for a moment: every search box asks for it.
	popular popular
}

// New makes the service. secret is mixed into the codes by which people are counted.
func New(d *db.DB, log *activity.Log, i *ideas.Service, l *library.Service, s *search.Service, v *views.Service, secret []byte) *Service {
	return &Service{db: d, log: log, ideas: i, library: l, search: s, views: v, secret: secret, store: store{d}, now: db.Now,
		withdraw: func(context.Context, uuid.UUID) ([]uuid.UUID, error) { return nil, nil }}
}

// SetSets tells the service how to find the collections that the user in ctx may see: views can be narrowed to them.
func (s *Service) SetSets(sets func(context.Context) ([]library.Set, error)) { s.sets = sets }

// SetWithdraw tells the service how to take back what people were told: notify does that.
func (s *Service) SetWithdraw(withdraw func(ctx context.Context, activity uuid.UUID) (read []uuid.UUID, err error)) {
	s.withdraw = withdraw
}

// SetNow gives the service another clock, for tests and the demo.
func (s *Service) SetNow(now func() time.Time) { s.now = now }

// Report keeps a search that is over. Repeated on the same day it is the same search, to which a hit may still be opened.
// What is too short to mean anything is passed over.
func (s *Service) Report(ctx context.Context, r Report) error {
	words := strings.Join(strings.Fields(r.Words), " ")
	key := search.Words(words)
	switch n := utf8.RuneCountInString(words); {
	case n > maxWords:
		return errs.Field(errs.Invalid, "body.words", "A search that is counted has at most 200 characters.")
	case r.Found < 0:
		return errs.Field(errs.Invalid, "body.found", "How many hits there were is not negative.")
	case n < minWords || key == "":
		return nil
	}
	if r.Opened {
		r.Found = max(1, r.Found)
	}
	me, now := auth.From(ctx).ID, s.now()
	return s.db.InTx(ctx, func(ctx context.Context) error {
		monthKey, err := s.store.monthKey(ctx, monthOf(now), fresh())
		if err != nil {
			return err
		}
		row := searchRow{day: now.UTC().Truncate(24 * time.Hour), who: s.code(monthKey, me), key: key, words: words, found: r.Found, opened: r.Opened, at: now}
		if row.user, err = s.store.holdName(ctx, me); err != nil {
			return err
		}
		if row.stems, err = s.store.stems(ctx, key); err != nil {
			return err
		}
		if row.card, err = s.store.alike(ctx, row.stems); err != nil {
			return err
		}
		if !row.card.Valid && !r.Opened {
			row.card = uuid.NullUUID{UUID: db.NewID(), Valid: true}
			if err := s.store.addCard(ctx, row); err != nil {
				return err
			}
		}
		return s.store.addSearch(ctx, row)
	})
}

func monthOf(t time.Time) time.Time {
	y, m, _ := t.UTC().Date()
	return time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)
}

func fresh() []byte {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails
	return key
}

// code is what stands for a person within a month.
func (s *Service) code(monthKey []byte, id uuid.UUID) []byte {
	sum := hmac.New(sha256.New, append(append([]byte{}, monthKey...), s.secret...))
	_, _ = sum.Write(id[:])
	return sum.Sum(nil)[:16]
}

// Settings are what a person says about their own searches.
type Settings struct {
	Named bool // their name is kept with searches that missed, and they are told of what answers them
}

// Settings gives those of the signed-in user.
func (s *Service) Settings(ctx context.Context) (Settings, error) {
	named, err := s.store.nameOf(ctx, auth.From(ctx).ID)
	return Settings{Named: named.Valid}, err
}

// SetSettings changes them. Whoever takes their name back takes it off all that was kept.
func (s *Service) SetSettings(ctx context.Context, set Settings) (Settings, error) {
	me := auth.From(ctx).ID
	err := s.db.InTx(ctx, func(ctx context.Context) error { return s.store.setNamed(ctx, me, set.Named, s.now()) })
	return set, err
}

// List gives the cards in a state, the heaviest first: those that most people searched for.
func (s *Service) List(ctx context.Context, state State) ([]Card, error) {
	return s.store.cards(ctx, state, uuid.Nil, s.now())
}

var errNoCard = errs.New(errs.NotFound, "No such card.")

// Get gives one card.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Card, error) {
	found, err := s.store.cards(ctx, "", id, s.now())
	if err == nil && len(found) == 0 {
		err = errNoCard
	}
	if err != nil {
		return Card{}, err
	}
	return found[0], nil
}

// Dismiss puts a card away, or brings it back.
func (s *Service) Dismiss(ctx context.Context, id uuid.UUID, away bool) (Card, error) {
	me, now := auth.From(ctx).ID, s.now()
	err := s.db.InTx(ctx, func(ctx context.Context) error { return s.store.dismiss(ctx, id, me, away, now) })
	if err != nil {
		return Card{}, err
	}
	return s.Get(ctx, id)
}

// Request makes a request of a card, in the words that were searched most; asked for again, it is the same one.
func (s *Service) Request(ctx context.Context, id uuid.UUID) (Card, error) {
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lock(ctx, id); err != nil {
			return err
		}
		c, err := s.Get(ctx, id)
		if err != nil || c.IdeaID.Valid {
			return err
		}
		i, err := s.ideas.Create(ctx, ideas.Input{Kind: ideas.KindRequest, Title: title(c.Words), Body: c.body()})
		if err != nil {
			return err
		}
		return s.store.setIdea(ctx, id, i.ID)
	})
	if err != nil {
		return Card{}, err
	}
	return s.Get(ctx, id)
}

func title(words string) string {
	r, n := utf8.DecodeRuneInString(words)
	return strings.ToUpper(string(r)) + words[n:]
}

// body is what a request says of the searches it comes from: numbers and words, no names.
func (c Card) body() string {
	text := "People searched for this and opened nothing: " + plural(c.Searches, "search", "searches") + " by at least " + plural(c.People, "person", "people") +
		" since " + c.FirstAt.Format("2 January 2006") + "."
	if c.Nothing > 0 {
		text += " " + title(plural(c.Nothing, "search", "searches")) + " gave no result at all."
	}
	if len(c.Spellings) > 0 {
		text += "\n\nAlso searched as: " + strings.Join(c.Spellings, "; ") + "."
	}
	return text
}
