package coedit

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/db"
)

type store struct{ db *db.DB }

func (s store) create(ctx context.Context, draft, by uuid.UUID, doc []byte, text string) error {
	_, err := s.db.PG(ctx).Exec(ctx, `WITH made AS (INSERT INTO draft_docs (draft_id, schema_hash, doc, text, updated_by) VALUES ($1, $2, $3, $4, $5) RETURNING draft_id, version, doc)
		INSERT INTO draft_snapshots (draft_id, version, doc) SELECT * FROM made`, draft, SchemaHash, doc, text, by)
	return db.Err(err, "document")
}

func (s store) get(ctx context.Context, draft uuid.UUID) (d Document, err error) {
	var p activity.Person
	var id uuid.NullUUID
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT d.draft_id, d.version, d.head, d.frozen, d.doc, d.text, d.updated_at, u.id, coalesce(u.name, ''), coalesce(u.side, ''), u.picture_asset_id
		FROM draft_docs d LEFT JOIN users u ON u.id = d.updated_by WHERE d.draft_id = $1`, draft).
		Scan(&d.DraftID, &d.Version, &d.head, &d.Frozen, &d.Doc, &d.Text, &d.UpdatedAt, &id, &p.Name, &p.Side, &p.Picture)
	if id.Valid {
		p.ID = id.UUID
		d.UpdatedBy = &p
	}
	return d, db.Err(err, "document")
}

func (s store) lock(ctx context.Context, draft uuid.UUID) (Document, error) {
	var one int
	if err := s.db.PG(ctx).QueryRow(ctx, `SELECT 1 FROM draft_docs WHERE draft_id = $1 FOR UPDATE`, draft).Scan(&one); err != nil {
		return Document{}, db.Err(err, "document")
	}
	return s.get(ctx, draft)
}

func (s store) freeze(ctx context.Context, draft uuid.UUID, frozen bool) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE draft_docs SET frozen = $2 WHERE draft_id = $1`, draft, frozen)
	return db.Err(err, "document")
}

func (s store) guard(ctx context.Context, draft uuid.UUID, guarded bool) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE draft_docs SET guarded = $2 WHERE draft_id = $1 AND guarded <> $2`, draft, guarded)
	return db.Err(err, "document")
}

func (s store) heads(ctx context.Context, drafts []uuid.UUID) (map[uuid.UUID]int64, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT draft_id, head FROM draft_docs WHERE draft_id = ANY($1)`, drafts)
	if err != nil {
		return nil, db.Err(err, "document")
	}
	heads := map[uuid.UUID]int64{}
	var id uuid.UUID
	var head int64
	_, err = pgx.ForEachRow(rows, []any{&id, &head}, func() error { heads[id] = head; return nil })
	return heads, db.Err(err, "document")
}
