package shares

import (
	"bytes"
	"context"
	"net/netip"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/collections"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/mail"
	"byline/backend/internal/platform/passwords"
)

// Config are the settings of shares.
type Config struct {
	Secret        []byte         // of the tokens and of the hashes of devices
	CompanyRanges []netip.Prefix // whose visits are internal
	Mail          *mail.Sender   // of codes; nil means that no share can ask for an address
	Collections   *collections.Service
}

// Service does everything with shares.
type Service struct {
	db      *db.DB
	cfg     Config
	log     *activity.Log
	library *library.Service
	store   store
	marked  *marked
}

// New makes the service.
func New(d *db.DB, log *activity.Log, l *library.Service, cfg Config) *Service {
	return &Service{db: d, cfg: cfg, log: log, library: l, store: store{d}, marked: newMarked()}
}

// Create makes a share of resources that the signed-in user may see and that may be shared.
func (s *Service) Create(ctx context.Context, in Input) (Share, error) {
	if err := in.clean(time.Now()); err != nil {
		return Share{}, err
	}
	if err := in.cleanGate(s.cfg.Mail.On()); err != nil {
		return Share{}, err
	}
	var show []placed
	if in.Collection.Valid && len(in.Resources) == 0 {
		found, err := s.ofCollection(ctx, in.Collection.UUID)
		if err != nil {
			return Share{}, err
		}
		show = found
	} else {
		if in.Collection.Valid {
			return Share{}, errs.Field(errs.Invalid, "body.resources", "Name resources or a collection, not both.")
		}
		if err := in.cleanResources(); err != nil {
			return Share{}, err
		}
		if err := s.mayShare(ctx, in.Resources); err != nil {
			return Share{}, err
		}
		for _, id := range in.Resources {
			show = append(show, placed{ID: id})
		}
	}
	hash, err := hashOf(ctx, in.Passcode, "")
	if err != nil {
		return Share{}, err
	}
	id, err := s.make(ctx, in, show, hash)
	if err != nil {
		return Share{}, err
	}
	return s.Get(ctx, id)
}

// hashOf hashes a new passcode; nil keeps the one that there is.
func hashOf(ctx context.Context, passcode *string, kept string) (string, error) {
	switch {
	case passcode == nil:
		return kept, nil
	case *passcode == "":
		return "", nil
	}
	return passwords.Hash(ctx, *passcode)
}

// Get gives a share that the signed-in user sees: their own, of their team for a lead, all for administrators and leads
// of marketing.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Share, error) {
	found, err := s.store.list(ctx, auth.From(ctx), Filter{ids: []uuid.UUID{id}, Scope: All, Limit: 1})
	if err != nil {
		return Share{}, err
	}
	if len(found) == 0 {
		return Share{}, errNoShare
	}
	return found[0], nil
}

// Scope is whose shares are listed.
type Scope string

// The scopes. Whoever sees less than they ask for gets what they see.
const (
	Mine Scope = "mine"
	Team Scope = "team"
	All  Scope = "all"
)

// Filter narrows a list of shares.
type Filter struct {
	Scope    Scope
	States   []State
	Query    string // in the names of recipients and organisations, and the titles of resources
	Resource uuid.UUID
	Owner    uuid.UUID
	Before   uuid.UUID
	Limit    int
	ids      []uuid.UUID
}

// List gives shares that the signed-in user sees, newest first.
func (s *Service) List(ctx context.Context, f Filter) ([]Share, error) {
	return s.store.list(ctx, auth.From(ctx), f)
}

// Counts says how many shares of a filter are in each state.
func (s *Service) Counts(ctx context.Context, f Filter) (map[State]int, error) {
	return s.store.counts(ctx, auth.From(ctx), f)
}

// Token gives the secret of a share again.
func (s *Service) Token(ctx context.Context, id uuid.UUID) (string, error) {
	if _, err := s.Get(ctx, id); err != nil {
		return "", err
	}
	token := s.token(id)
	hash, err := s.store.tokenHash(ctx, id)
	if err != nil {
		return "", err
	}
	if !bytes.Equal(hash, digest(token)) { // made under a secret of the deployment that was replaced since
		return "", errs.New(errs.Conflict, "The link of this share cannot be told again. It still works; for a new one, make a new share.")
	}
	return token, nil
}

// Update changes what is said about a share. Its link and its resources stay.
func (s *Service) Update(ctx context.Context, id uuid.UUID, rev int64, in Input) (Share, error) {
	if err := in.clean(time.Now()); err != nil {
		return Share{}, err
	}
	before, err := s.Get(ctx, id)
	if err != nil {
		return Share{}, err
	}
	if err := in.cleanGate(s.cfg.Mail.On() || before.EmailGate); err != nil { // what asks already may be changed without a mail server
		return Share{}, err
	}
	kept, err := s.store.passcode(ctx, id)
	if err != nil {
		return Share{}, err
	}
	hash, err := hashOf(ctx, in.Passcode, kept)
	if err != nil {
		return Share{}, err
	}
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.update(ctx, id, rev, in, hash); err != nil {
			return err
		}
		if in.Passcode != nil { // whoever knew the one before has to know the new one
			if err := s.store.forgetPasses(ctx, id); err != nil {
				return err
			}
		}
		return s.log.Record(ctx, activity.Entry{Verb: "share.updated", ObjectType: "share", ObjectID: id})
	})
	if err != nil {
		return Share{}, err
	}
	return s.Get(ctx, id)
}

// Revoke closes shares at once, or with open opens them again. It gives those that changed, so that they alone can be
// put back. NotFound when one of them is not theirs to close; nothing is changed then.
func (s *Service) Revoke(ctx context.Context, ids []uuid.UUID, open bool) (changed []uuid.UUID, err error) {
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		seen, err := s.store.list(ctx, auth.From(ctx), Filter{ids: ids, Scope: All, Limit: len(ids)})
		if err != nil {
			return err
		}
		known := map[uuid.UUID]bool{}
		for _, x := range seen {
			known[x.ID] = true
		}
		for _, id := range ids {
			if !known[id] {
				return errNoShare
			}
		}
		if changed, err = s.store.setRevoked(ctx, ids, auth.From(ctx).ID, !open); err != nil {
			return err
		}
		verb := "share.revoked"
		if open {
			verb = "share.restored"
		}
		entries := make([]activity.Entry, 0, len(changed))
		for _, id := range changed {
			entries = append(entries, activity.Entry{Verb: verb, ObjectType: "share", ObjectID: id})
		}
		return s.log.Record(ctx, entries...)
	})
	return changed, err
}

// Transfer gives a share to somebody else, who hears of it.
func (s *Service) Transfer(ctx context.Context, id, to uuid.UUID) (Share, error) {
	before, err := s.Get(ctx, id)
	if err != nil {
		return Share{}, err
	}
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		moved, err := s.store.transfer(ctx, id, before.Owner.ID, to)
		if err != nil || !moved {
			return err
		}
		return s.log.Record(ctx, activity.Entry{Verb: "share.transferred", ObjectType: "share", ObjectID: id, Data: map[string]any{"name": before.Owner.Name, "notify": []uuid.UUID{to}}})
	})
	if err != nil {
		return Share{}, err
	}
	after, err := s.Get(ctx, id)
	if errs.CodeOf(err) == errs.NotFound { // it is out of the giver's sight now
		before.Rev++
		return before, nil
	}
	return after, err
}

// LeaveArgs is the job that looks after the shares of people who are not here any more.
type LeaveArgs struct{}

// Kind implements jobs.Args.
func (LeaveArgs) Kind() string { return "shares_of_leavers" }

// Leave gives open shares of people who left to a lead of their team. Without one they stay closed, as they are from the
// moment in which the person left.
func (s *Service) Leave(ctx context.Context, _ LeaveArgs) error {
	return s.db.InTx(ctx, func(ctx context.Context) error {
		moved, err := s.store.inherit(ctx)
		if err != nil {
			return err
		}
		for _, m := range moved {
			if err := s.log.Record(ctx, activity.Entry{Verb: "share.inherited", ObjectType: "share", ObjectID: m.Share, Data: map[string]any{"name": m.From, "notify": []uuid.UUID{m.To}}}); err != nil {
				return err
			}
		}
		return s.store.sweep(ctx)
	})
}
