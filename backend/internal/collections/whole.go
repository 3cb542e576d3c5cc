package collections

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/views"
)

// Whole is a collection as an export has it.
type Whole struct {
	ID         uuid.UUID
	Input      Input
	Side       auth.Side
	OwnerEmail string
	Sections   []Section
}

// Wholes gives the collections that others see too, with all that is in them; what somebody made for themselves alone is
// theirs and in no export but their own.
func (s *Service) Wholes(ctx context.Context, maker uuid.UUID) ([]Whole, error) {
	rows, err := s.store.db.PG(ctx).Query(ctx, `SELECT `+columns+`WHERE c.deleted_at IS NULL AND (c.shared <> 'nobody' OR c.owner_id = $1) ORDER BY c.id`, maker)
	if err != nil {
		return nil, db.Err(err, "collection")
	}
	all, err := pgx.CollectRows(rows, scan)
	if err != nil {
		return nil, db.Err(err, "collection")
	}
	ids, emails := make([]uuid.UUID, len(all)), map[uuid.UUID]string{}
	for i, c := range all {
		ids[i] = c.ID
	}
	items, err := s.store.items(ctx, ids)
	if err != nil {
		return nil, err
	}
	owners, err := s.store.db.PG(ctx).Query(ctx, `SELECT c.id, u.email FROM collections c JOIN users u ON u.id = c.owner_id WHERE c.id = ANY($1)`, ids)
	if err != nil {
		return nil, db.Err(err, "collection")
	}
	var id uuid.UUID
	var email string
	if _, err := pgx.ForEachRow(owners, []any{&id, &email}, func() error { emails[id] = email; return nil }); err != nil {
		return nil, db.Err(err, "collection")
	}
	out := make([]Whole, len(all))
	for i, c := range all {
		w := Whole{ID: c.ID, Input: c.Input, Side: c.Side, OwnerEmail: emails[c.ID]}
		for _, title := range c.Sections {
			w.Sections = append(w.Sections, Section{Title: title, IDs: []uuid.UUID{}})
		}
		for _, item := range items[c.ID] {
			n := min(item.Section, len(w.Sections)-1)
			w.Sections[n].IDs = append(w.Sections[n].IDs, item.Resource)
		}
		out[i] = w
	}
	return out, nil
}

// RestoreWhole writes a collection of an export, with the ids that its resources have here. One that is here already stays
// as it is. owner is whose it is here.
func (s *Service) RestoreWhole(ctx context.Context, w Whole, owner uuid.UUID) (created bool, err error) {
	if err := w.Input.clean(); err != nil {
		return false, err
	}
	if err := cleanSections(w.Sections); err != nil {
		return false, err
	}
	if w.Side != auth.Sales && w.Side != auth.Marketing {
		w.Side = auth.Marketing
	}
	if w.Input.Shared == "" {
		w.Input.Shared = views.WithEverybody
	}
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.store.lockAll(ctx); err != nil {
			return err
		}
		var here bool
		if err := s.store.db.PG(ctx).QueryRow(ctx, `SELECT EXISTS (SELECT FROM collections WHERE id = $1)`, w.ID).Scan(&here); err != nil || here {
			return db.Err(err, "collection")
		}
		if err := s.store.create(ctx, w.ID, auth.User{ID: owner, Side: w.Side}, w.Input); err != nil {
			return err
		}
		titles, items := []string{}, []item{}
		for i, section := range w.Sections {
			titles = append(titles, section.Title)
			for _, r := range section.IDs {
				items = append(items, item{Resource: r, Section: i})
			}
		}
		if err := s.store.arrange(ctx, w.ID, titles, items); err != nil {
			return err
		}
		created = true
		return s.record(ctx, "created", w.ID, w.Input.Title)
	})
	return created, err
}
