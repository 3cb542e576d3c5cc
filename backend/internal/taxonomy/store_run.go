package taxonomy

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/library"
	"byline/backend/internal/platform/db"
)

// goingOn gives the changes of a facet that are being done or taken back.
func (s store) goingOn(ctx context.Context, facet string) ([]Change, error) {
	rows, err := s.db.PG(ctx).Query(ctx, changeColumns+`WHERE c.facet = $1 AND c.state IN ('running', 'undoing')`, facet)
	if err != nil {
		return nil, db.Err(err, "change")
	}
	return pgx.CollectRows(rows, scanChange)
}

// silent gives runs of which nothing was heard for a while.
func (s store) silent(ctx context.Context, since time.Duration) ([]uuid.UUID, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT id FROM taxonomy_changes WHERE state IN ('running', 'undoing') AND touched_at < now() - make_interval(secs => $1)`, since.Seconds())
	if err != nil {
		return nil, db.Err(err, "change")
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

func (s store) handled(ctx context.Context, id uuid.UUID, n int) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE taxonomy_changes SET handled = handled + $2, touched_at = now() WHERE id = $1`, id, n)
	return db.Err(err, "change")
}

// setDone ends a run; by now it is known how many resources there were.
func (s store) setDone(ctx context.Context, id uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE taxonomy_changes SET state = 'done', touched_at = now(),
		resources = (SELECT count(*) FROM taxonomy_changed WHERE change_id = $1 AND kind = 'resource') WHERE id = $1`, id)
	return db.Err(err, "change")
}

func (s store) setUndone(ctx context.Context, id uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE taxonomy_changes SET state = 'undone', undone_at = now(), touched_at = now() WHERE id = $1`, id)
	return db.Err(err, "change")
}

// undoneTo notes how far an undo is: n resources more, of which some are as they were.
func (s store) undoneTo(ctx context.Context, id, last uuid.UUID, n, back int) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE taxonomy_changes SET undone_to = $2, handled = handled + $3, restored = restored + $4, left_alone = left_alone + $3 - $4, touched_at = now() WHERE id = $1`,
		id, last, n, back)
	return db.Err(err, "change")
}

// changedResources gives the next resources of an undo.
func (s store) changedResources(ctx context.Context, c Change, limit int) ([]library.Retagged, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT thing_id, before, after FROM taxonomy_changed WHERE change_id = $1 AND kind = 'resource' AND thing_id > $2 ORDER BY thing_id LIMIT $3`,
		c.ID, c.undoneTo.UUID, limit)
	if err != nil {
		return nil, db.Err(err, "change")
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (r library.Retagged, err error) {
		var before, after []byte
		if err := row.Scan(&r.ID, &before, &after); err != nil {
			return r, err
		}
		if err := json.Unmarshal(before, &r.Before); err != nil {
			return r, err
		}
		return r, json.Unmarshal(after, &r.After)
	})
}
