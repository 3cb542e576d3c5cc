package bulkedit

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/library"
	"byline/backend/internal/platform/db"
)

type store struct{ db *db.DB }

func (s store) add(ctx context.Context, id, by uuid.UUID, c Change) error {
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	_, err = s.db.PG(ctx).Exec(ctx, `INSERT INTO bulk_edits (id, by_id, change, collection_id) VALUES ($1, $2, $3, $4)`, id, by, text, c.Collection)
	return db.Err(err, "change")
}

func (s store) addItems(ctx context.Context, p plan) error {
	type row struct {
		id            uuid.UUID
		before, after library.Editable
		collected     bool
	}
	var rows []row
	for i, b := range p.before {
		rows = append(rows, row{b.ID, b.Editable, p.after[i].Editable, slices.Contains(p.collect, b.ID)})
	}
	for _, id := range p.collect { // that got nothing else
		if !slices.ContainsFunc(rows, func(r row) bool { return r.id == id }) {
			rows = append(rows, row{id: id, collected: true})
		}
	}
	_, err := s.db.PG(ctx).CopyFrom(ctx, pgx.Identifier{"bulk_edit_items"}, []string{"edit_id", "resource_id", "before", "after", "collected"},
		pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) {
			before, err := json.Marshal(rows[i].before)
			if err != nil {
				return nil, err
			}
			after, err := json.Marshal(rows[i].after)
			return []any{p.EditID, rows[i].id, before, after, rows[i].collected}, err
		}))
	return db.Err(err, "change")
}

type edit struct {
	by         uuid.UUID
	collection uuid.NullUUID
	undone     bool
}

func (s store) lock(ctx context.Context, id uuid.UUID) (e edit, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT by_id, collection_id, undone_at IS NOT NULL FROM bulk_edits WHERE id = $1 FOR UPDATE`, id).Scan(&e.by, &e.collection, &e.undone)
	return e, db.Err(err, "change")
}

type item struct {
	id            uuid.UUID
	before, after library.Editable
	collected     bool
}

func (s store) items(ctx context.Context, id uuid.UUID) ([]item, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT resource_id, before, after, collected FROM bulk_edit_items WHERE edit_id = $1 ORDER BY resource_id`, id)
	if err != nil {
		return nil, db.Err(err, "change")
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (x item, err error) {
		var before, after []byte
		if err := row.Scan(&x.id, &before, &after, &x.collected); err != nil {
			return x, err
		}
		if err := json.Unmarshal(before, &x.before); err != nil {
			return x, err
		}
		return x, json.Unmarshal(after, &x.after)
	})
}

func (s store) setUndone(ctx context.Context, id uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE bulk_edits SET undone_at = now() WHERE id = $1`, id)
	return db.Err(err, "change")
}
