package activity

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
)

func (l *Log) insert(ctx context.Context, entries []Entry) error {
	for _, e := range entries {
		data := []byte("{}")
		if e.Data != nil {
			var err error
			if data, err = json.Marshal(e.Data); err != nil {
				return err
			}
		}
		if err := l.db.Defer(ctx, "activity", `INSERT INTO activities (id, at, verb, object_type, object_id, actor_id, on_behalf_of, data)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			e.ID, e.At, e.Verb, e.ObjectType, e.ObjectID, null(e.ActorID), null(e.OnBehalfOf), data); err != nil {
			return err
		}
	}
	return nil
}

func null(id uuid.UUID) uuid.NullUUID { return uuid.NullUUID{UUID: id, Valid: id != uuid.Nil} }

// Shown is the SQL of the data of an activity a as it may be shown: without the words of a comment that was deleted since.
const Shown = `CASE WHEN a.data ? 'excerpt' AND EXISTS (SELECT FROM comments gone WHERE gone.id = (a.data->>'comment_id')::uuid AND gone.deleted_at IS NOT NULL)
	THEN a.data - 'excerpt' ELSE a.data END`

func (l *Log) timeline(ctx context.Context, objectType string, objectID, before uuid.UUID, limit int) ([]Item, error) {
	rows, err := l.db.PG(ctx).Query(ctx, `
		SELECT a.id, a.at, a.verb, `+Shown+`,
		       u.id, coalesce(u.name, ''), coalesce(u.side, ''), u.picture_asset_id,
		       o.id, coalesce(o.name, ''), coalesce(o.side, ''), o.picture_asset_id
		FROM activities a
		LEFT JOIN users u ON u.id = a.actor_id
		LEFT JOIN users o ON o.id = a.on_behalf_of
		WHERE a.object_type = $1 AND a.object_id = $2 AND ($3::uuid IS NULL OR a.id < $3)
		ORDER BY a.id DESC LIMIT $4`, objectType, objectID, null(before), limit)
	if err != nil {
		return nil, db.Err(err, "activity")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (Item, error) {
		var it Item
		var actor, other struct {
			id, picture uuid.NullUUID
			name        string
			side        auth.Side
		}
		err := r.Scan(&it.ID, &it.At, &it.Verb, &it.Data, &actor.id, &actor.name, &actor.side, &actor.picture,
			&other.id, &other.name, &other.side, &other.picture)
		if actor.id.Valid {
			it.Actor = &Person{ID: actor.id.UUID, Name: actor.name, Side: actor.side, Picture: actor.picture}
		}
		if other.id.Valid {
			it.OnBehalfOf = &Person{ID: other.id.UUID, Name: other.name, Side: other.side, Picture: other.picture}
		}
		return it, err
	})
}
