package search

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

const synonymColumns = `SELECT x.id, x.kind, x.words, x.finds, x.rev, x.updated_at, u.id, coalesce(u.name, ''), coalesce(u.side, ''), u.picture_asset_id
	FROM search_synonyms x LEFT JOIN users u ON u.id = x.by_id `

func scanSynonyms(row pgx.CollectableRow) (x Synonyms, err error) {
	var p activity.Person
	var by uuid.NullUUID
	err = row.Scan(&x.ID, &x.Kind, &x.Words, &x.Finds, &x.Rev, &x.UpdatedAt, &by, &p.Name, &p.Side, &p.Picture)
	if by.Valid {
		p.ID = by.UUID
		x.By = &p
	}
	return x, err
}

func (s store) synonyms(ctx context.Context) ([]Synonyms, error) {
	rows, err := s.db.PG(ctx).Query(ctx, synonymColumns+`ORDER BY x.updated_at DESC, x.id DESC`)
	if err != nil {
		return nil, db.Err(err, "synonym")
	}
	all, err := pgx.CollectRows(rows, scanSynonyms)
	return all, db.Err(err, "synonym")
}

func (s store) oneSynonyms(ctx context.Context, id uuid.UUID) (Synonyms, error) {
	rows, err := s.db.PG(ctx).Query(ctx, synonymColumns+`WHERE x.id = $1`, id)
	if err != nil {
		return Synonyms{}, db.Err(err, "synonym")
	}
	x, err := pgx.CollectExactlyOneRow(rows, scanSynonyms)
	return x, db.Err(err, "synonym")
}

// lockSynonyms lets one change of the thesaurus go on at a time.
func (s store) lockSynonyms(ctx context.Context) error {
	_, err := s.db.PG(ctx).Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('search synonyms', 0))`)
	return db.Err(err, "synonym")
}

func (s store) countSynonyms(ctx context.Context) (n int, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT count(*) FROM search_synonyms`).Scan(&n)
	return n, db.Err(err, "synonym")
}

// addSynonyms adds an entry, of the signed-in user where there is one.
func (s store) addSynonyms(ctx context.Context, x Synonyms) error {
	by := auth.From(ctx).ID
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO search_synonyms (id, kind, words, finds, by_id) VALUES ($1, $2, $3, $4, $5)`, x.ID, x.Kind, x.Words, x.Finds,
		uuid.NullUUID{UUID: by, Valid: by != uuid.Nil})
	return db.Err(err, "synonym")
}

func (s store) updateSynonyms(ctx context.Context, x Synonyms, by uuid.UUID) error {
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE search_synonyms SET kind = $3, words = $4, finds = $5, by_id = $6, rev = rev + 1, updated_at = now() WHERE id = $1 AND rev = $2`,
		x.ID, x.Rev, x.Kind, x.Words, x.Finds, by)
	if err != nil || tag.RowsAffected() == 1 {
		return db.Err(err, "synonym")
	}
	now, err := s.oneSynonyms(ctx, x.ID)
	if err != nil {
		return err
	}
	return errs.StaleRev(now.Rev)
}

func (s store) deleteSynonyms(ctx context.Context, id uuid.UUID) error {
	tag, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM search_synonyms WHERE id = $1`, id)
	if err == nil && tag.RowsAffected() == 0 {
		return errs.New(errs.NotFound, "There are no such synonyms any more.")
	}
	return db.Err(err, "synonym")
}

// nodeSynonyms gives the sum of what a node knows, and whether it has an index at all.
func (s store) nodeSynonyms(ctx context.Context, node string) (sum string, ready bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT synonyms, ready FROM search_nodes WHERE node = $1`, node).Scan(&sum, &ready)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", false, nil
	}
	return sum, ready, db.Err(err, "node")
}

func (s store) setNodeSynonyms(ctx context.Context, node, sum string) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE search_nodes SET synonyms = $2 WHERE node = $1`, node, sum)
	return db.Err(err, "node")
}
