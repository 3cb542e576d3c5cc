package views

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Library is the page whose views tell of what is new in them.
const Library = "library"

// Tell says whether the user wants to hear of what is new in a view that they have: their own, or one that is shared with them.
// It is theirs alone. When the view is taken from them they hear no more of it.
func (s *Service) Tell(ctx context.Context, id uuid.UUID, yes bool) (v View, err error) {
	me := auth.From(ctx)
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		if v, err = s.store.get(ctx, me, id); err != nil {
			return err
		}
		switch {
		case !v.maySee(me) || v.Deleted:
			return errNoView
		case v.Page != Library:
			return errs.New(errs.Conflict, "Only views of the library tell of what is new in them.")
		}
		if err := s.store.tell(ctx, me.ID, id, yes); err != nil {
			return err
		}
		v, err = s.store.get(ctx, me, id)
		return err
	})
	return v, err
}

// Listener is somebody who is told of what is new in a view.
type Listener struct {
	User  auth.User
	View  uuid.UUID
	Name  string // of the view
	Query string
	Since time.Time
}

// Listeners gives everybody who is told of what is new in a view of the library that they have, by view.
func (s *Service) Listeners(ctx context.Context) ([]Listener, error) { return s.store.listeners(ctx) }

func (s store) tell(ctx context.Context, user, view uuid.UUID, yes bool) error {
	statement := `DELETE FROM view_tells WHERE user_id = $1 AND view_id = $2`
	if yes {
		statement = `INSERT INTO view_tells (user_id, view_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`
	}
	_, err := s.db.PG(ctx).Exec(ctx, statement, user, view)
	return db.Err(err, "view")
}

func (s store) listeners(ctx context.Context) ([]Listener, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT u.id, u.name, u.side, u.lead, u.admin, u.team_id, v.id, v.name, v.query, t.since FROM view_tells t JOIN views v ON v.id = t.view_id JOIN users u ON u.id = t.user_id
		WHERE v.deleted_at IS NULL AND v.page = $1 AND u.disabled_at IS NULL AND (v.owner_id = u.id OR v.shared = 'everybody' OR v.shared = 'side' AND v.side = u.side) ORDER BY v.id, u.id`, Library)
	if err != nil {
		return nil, db.Err(err, "view")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (l Listener, err error) {
		return l, r.Scan(&l.User.ID, &l.User.Name, &l.User.Side, &l.User.Lead, &l.User.Admin, &l.User.TeamID, &l.View, &l.Name, &l.Query, &l.Since)
	})
}
