package library

import (
	"context"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Recall is a resource that was taken out of use, perhaps for another one.
type Recall struct {
	ID             uuid.UUID
	Title          string
	Successor      uuid.NullUUID
	SuccessorTitle string
}

// OnRecall tells what has to happen, in the same transaction, when a resource is taken out of use: who holds it is told.
func (s *Service) OnRecall(f func(ctx context.Context, r Recall) error) { s.recalled = f }

func (s *Service) tellRecall(ctx context.Context, r Recall) error {
	if s.recalled == nil {
		return nil
	}
	return s.recalled(ctx, r)
}

// Supersede archives a resource for another one, to which shares and links of it lead from now on. Bringing it back by
// Archive undoes that.
func (s *Service) Supersede(ctx context.Context, id, successor uuid.UUID) (Resource, error) {
	old, err := s.Resource(ctx, id)
	if err != nil {
		return old, err
	}
	next, err := s.Resource(ctx, successor)
	switch {
	case errs.CodeOf(err) == errs.NotFound || successor == id:
		return Resource{}, errs.Field(errs.Invalid, "body.successor_id", "Choose another resource that exists.")
	case err != nil:
		return Resource{}, err
	case next.State == Archived || next.State == Expired:
		return Resource{}, errs.Field(errs.Invalid, "body.successor_id", "“"+next.Title+"” is out of use itself.")
	}
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.setSuccessor(ctx, id, successor); err != nil {
			return err
		}
		if err := s.tellRecall(ctx, Recall{id, old.Title, uuid.NullUUID{UUID: successor, Valid: true}, next.Title}); err != nil {
			return err
		}
		return s.log.Record(ctx, activity.Entry{Verb: "resource.superseded", ObjectType: "resource", ObjectID: id, Data: map[string]any{"into_id": successor, "into_title": next.Title}})
	})
	if err != nil {
		return Resource{}, err
	}
	return s.Resource(ctx, id)
}

// Successor gives the first of the successors of an archived resource that the signed-in user may see.
func (s *Service) Successor(ctx context.Context, id uuid.UUID) (Resource, error) {
	chain, err := s.store.successors(ctx, id)
	if err != nil {
		return Resource{}, err
	}
	for _, next := range chain {
		r, err := s.store.resource(ctx, next, auth.From(ctx).ID)
		if err != nil {
			return Resource{}, err
		}
		if r.State != Archived && r.Readable(auth.From(ctx), time.Now()) {
			return r, nil
		}
	}
	return Resource{}, errs.New(errs.NotFound, "Nothing has taken its place.")
}

func (s store) setSuccessor(ctx context.Context, id, successor uuid.UUID) error {
	// a circle would lead nowhere; the lock keeps two of them from being closed at the same time
	if _, err := s.db.PG(ctx).Exec(ctx, `SELECT pg_advisory_xact_lock(hashtext('resource successors'))`); err != nil {
		return db.Err(err, "resource")
	}
	after, err := s.successors(ctx, successor)
	if err != nil {
		return err
	}
	for _, a := range after {
		if a == id {
			return errs.Field(errs.Invalid, "body.successor_id", "This one was replaced by the resource itself.")
		}
	}
	_, err = s.db.PG(ctx).Exec(ctx, `UPDATE resources SET state = 'archived', successor_id = $2, rev = rev + 1, updated_at = now() WHERE id = $1`, id, successor)
	return db.Err(err, "resource")
}

func (s store) successors(ctx context.Context, id uuid.UUID) (chain []uuid.UUID, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `WITH RECURSIVE chain (id, n) AS (
		  SELECT successor_id, 1 FROM resources WHERE id = $1 AND state = 'archived' AND successor_id IS NOT NULL
		  UNION ALL SELECT r.successor_id, c.n + 1 FROM chain c JOIN resources r ON r.id = c.id WHERE r.state = 'archived' AND r.successor_id IS NOT NULL AND c.n < 10)
		SELECT coalesce(array_agg(id ORDER BY n), '{}') FROM chain`, id).Scan(&chain)
	return chain, db.Err(err, "resource")
}
