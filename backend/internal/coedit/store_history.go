package coedit

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/db"
)

// behind gives documents whose copy has been behind their log for a while.
func (s store) behind(ctx context.Context, quiet time.Duration) ([]uuid.UUID, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT d.draft_id FROM draft_docs d WHERE d.version < d.head AND NOT EXISTS (
		SELECT FROM draft_commits c WHERE c.draft_id = d.draft_id AND c.v_from >= d.version AND c.at > now() - make_interval(secs => $1)) LIMIT 1000`, quiet.Seconds())
	if err != nil {
		return nil, db.Err(err, "document")
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

func (s store) withOldCommits(ctx context.Context, before time.Time) ([]uuid.UUID, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT DISTINCT draft_id FROM draft_commits WHERE at < $1`, before)
	if err != nil {
		return nil, db.Err(err, "document")
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

// packable gives the oldest commits of a document, when they are old and below a copy of it.
func (s store) packable(ctx context.Context, draft uuid.UUID, before time.Time, limit int) ([]Commit, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT c.v_from, c.client_id, c.user_id, c.batch, c.kept, c.steps::text, c.at FROM draft_commits c
		JOIN draft_docs d ON d.draft_id = c.draft_id
		WHERE c.draft_id = $1 AND c.v_from + c.n <= least(d.snapshot_version, d.version)
		  AND c.v_from < coalesce((SELECT min(y.v_from) FROM draft_commits y WHERE y.draft_id = $1 AND y.at >= $2), d.head)
		ORDER BY c.v_from LIMIT $3 FOR UPDATE OF c`, draft, before, limit)
	if err != nil {
		return nil, db.Err(err, "document")
	}
	found, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (c Commit, err error) {
		var steps []byte
		if err := r.Scan(&c.V, &c.Client, &c.User, &c.Batch, &c.Kept, &steps, &c.At); err != nil {
			return c, err
		}
		return c, json.Unmarshal(steps, &c.Steps)
	})
	return found, db.Err(err, "document")
}

func (s store) replaceWithHistory(ctx context.Context, draft uuid.UUID, from, until int64, packed []byte) error {
	if _, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO draft_history (draft_id, v_from, v_to, gz) VALUES ($1, $2, $3, $4)`, draft, from, until, packed); err != nil {
		return db.Err(err, "document")
	}
	_, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM draft_commits WHERE draft_id = $1 AND v_from >= $2 AND v_from < $3`, draft, from, until)
	return db.Err(err, "document")
}

func (s store) forgetClients(ctx context.Context, before time.Time) error {
	_, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM draft_clients WHERE at < $1`, before)
	return db.Err(err, "document")
}

func (s store) history(ctx context.Context, draft uuid.UUID, from, until int64) ([][]byte, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT gz FROM draft_history WHERE draft_id = $1 AND v_to > $2 AND v_from < $3 ORDER BY v_from`, draft, from, until)
	if err != nil {
		return nil, db.Err(err, "document")
	}
	return pgx.CollectRows(rows, pgx.RowTo[[]byte])
}

func (s store) snapshotBefore(ctx context.Context, draft uuid.UUID, version int64) (b base, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT doc::text, version FROM draft_snapshots WHERE draft_id = $1 AND version <= $2 ORDER BY version DESC LIMIT 1`, draft, version).
		Scan(&b.doc, &b.version)
	return b, db.Err(err, "version")
}

func (s store) firstSnapshot(ctx context.Context, draft uuid.UUID) (b base, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT doc::text, version FROM draft_snapshots WHERE draft_id = $1 ORDER BY version LIMIT 1`, draft).Scan(&b.doc, &b.version)
	return b, db.Err(err, "version")
}
