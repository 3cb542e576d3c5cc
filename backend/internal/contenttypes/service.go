package contenttypes

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Service does everything with types of content.
type Service struct {
	db    *db.DB
	log   *activity.Log
	store store
}

// New makes the service.
func New(d *db.DB, log *activity.Log) *Service { return &Service{db: d, log: log, store: store{d}} }

// most is how many types there may be: they are a choice in every dialog.
const most = 60

// List gives all types in their order, archived ones last.
func (s *Service) List(ctx context.Context) ([]Type, error) { return s.store.list(ctx) }

// Get gives a type; NotFound when there is none.
func (s *Service) Get(ctx context.Context, key string) (Type, error) {
	return s.store.get(ctx, key, false)
}

// ForNew gives the type that a new piece is to have: Invalid, at the given field, when it is not offered.
func (s *Service) ForNew(ctx context.Context, key, field string) (Type, error) {
	t, err := s.store.get(ctx, key, false)
	if errs.CodeOf(err) == errs.NotFound || err == nil && t.Archived {
		return t, errs.Field(errs.Invalid, field, "Choose one of the types of content that listContentTypes gives and that are not archived.")
	}
	return t, err
}

// Create adds a type.
func (s *Service) Create(ctx context.Context, key string, in Input) (t Type, err error) {
	if err := s.check(ctx, &in); err != nil {
		return t, err
	}
	if !keyPattern.MatchString(key) {
		return t, errs.Field(errs.Invalid, "body.key", "A key has 2 to 40 small letters, digits and underscores, and begins with a letter.")
	}
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		n, err := s.store.lockAll(ctx)
		if err != nil {
			return err
		}
		if n >= most {
			return errs.Newf(errs.Conflict, "There are %d types already. Use one of them, or rename an archived one.", n)
		}
		if err := s.store.create(ctx, key, in, auth.From(ctx).ID); err != nil {
			return err
		}
		return s.record(ctx, "created", key, in.Name)
	})
	if err != nil {
		return t, err
	}
	return s.Get(ctx, key)
}

// Update changes a type for pieces that are planned or submitted from now on. Stale when rev is not the current one.
func (s *Service) Update(ctx context.Context, key string, rev int64, in Input) (Type, error) {
	if err := s.check(ctx, &in); err != nil {
		return Type{}, err
	}
	return s.change(ctx, key, rev, "updated", func(ctx context.Context) error { return s.store.update(ctx, key, in, auth.From(ctx).ID) })
}

// Archive takes a type out of what is offered for new pieces, or puts it back. Pieces that have it keep it.
func (s *Service) Archive(ctx context.Context, key string, rev int64, archived bool) (Type, error) {
	if !MayEdit(auth.From(ctx)) {
		return Type{}, errMayNot
	}
	verb := "restored"
	if archived {
		verb = "archived"
	}
	return s.change(ctx, key, rev, verb, func(ctx context.Context) error {
		if archived {
			if n, err := s.store.active(ctx); err != nil || n <= 1 {
				return errOr(err, errs.New(errs.Conflict, "This is the last type. Add another one first."))
			}
		}
		return s.store.archive(ctx, key, archived, auth.From(ctx).ID)
	})
}

// Arrange puts the types into an order. Those that are not named come behind.
func (s *Service) Arrange(ctx context.Context, keys []string) ([]Type, error) {
	if !MayEdit(auth.From(ctx)) {
		return nil, errMayNot
	}
	if err := s.db.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.store.lockAll(ctx); err != nil {
			return err
		}
		have, err := s.store.list(ctx)
		if err != nil {
			return err
		}
		for _, key := range keys {
			if !slices.ContainsFunc(have, func(t Type) bool { return t.Key == key }) {
				return errs.Field(errs.Invalid, "body.keys", "There is a key that no type has.")
			}
		}
		return s.store.arrange(ctx, keys)
	}); err != nil {
		return nil, err
	}
	return s.List(ctx)
}

var errMayNot = errs.New(errs.Forbidden, "The leads of marketing and administrators change the types of content.")

func (s *Service) check(ctx context.Context, in *Input) error {
	if !MayEdit(auth.From(ctx)) {
		return errMayNot
	}
	if err := in.clean(); err != nil {
		return err
	}
	missing, err := s.store.notActive(ctx, in.Approvers)
	if err == nil && missing {
		err = errs.Field(errs.Invalid, "body.approver_ids", "Name people who work here.")
	}
	if err == nil && in.KeeperID.Valid {
		if missing, err = s.store.notActive(ctx, []uuid.UUID{in.KeeperID.UUID}); err == nil && missing {
			err = errs.Field(errs.Invalid, "body.keeper_id", "Name somebody who works here.")
		}
	}
	return err
}

func (s *Service) change(ctx context.Context, key string, rev int64, verb string, change func(ctx context.Context) error) (Type, error) {
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.store.lockAll(ctx); err != nil {
			return err
		}
		t, err := s.store.get(ctx, key, true)
		if err != nil {
			return err
		}
		if t.Rev != rev {
			return errs.StaleRev(t.Rev)
		}
		if err := change(ctx); err != nil {
			return err
		}
		return s.record(ctx, verb, key, t.Name)
	})
	if err != nil {
		return Type{}, err
	}
	return s.Get(ctx, key)
}

// record notes who changed the types. They are known by a key, which the record has beside a name made from it.
func (s *Service) record(ctx context.Context, verb, key, name string) error {
	return s.log.Record(ctx, activity.Entry{Verb: "content_type." + verb, ObjectType: "content_type", ObjectID: idOf(key), Data: map[string]any{"key": key, "name": name}})
}

func errOr(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}
