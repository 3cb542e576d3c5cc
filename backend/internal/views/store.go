package views

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
)

type store struct{ db *db.DB }

const columns = `v.id, v.side, v.page, v.name, v.query, v.shared, coalesce(p.opens, false), t.user_id IS NOT NULL, v.deleted_at IS NOT NULL, v.rev, v.updated_at, u.id, u.name, u.side, u.picture_asset_id`

const from = ` FROM views v JOIN users u ON u.id = v.owner_id LEFT JOIN view_places p ON p.view_id = v.id AND p.user_id = $1
	LEFT JOIN view_tells t ON t.view_id = v.id AND t.user_id = $1 `

func scan(row pgx.CollectableRow) (v View, err error) {
	err = row.Scan(&v.ID, &v.Side, &v.Page, &v.Name, &v.Query, &v.Shared, &v.Opens, &v.Tells, &v.Deleted, &v.Rev, &v.UpdatedAt, &v.Owner.ID, &v.Owner.Name, &v.Owner.Side, &v.Owner.Picture)
	return v, err
}

// list gives at most a few hundred: nobody has more than fifty of a page, but sides may share many.
func (s store) list(ctx context.Context, u auth.User, page string) ([]View, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+columns+from+`WHERE v.page = $2 AND v.deleted_at IS NULL
		AND (v.owner_id = $1 OR v.shared = 'everybody' OR v.shared = 'side' AND v.side = $3)
		ORDER BY p.position NULLS LAST, v.created_at, v.id LIMIT 300`, u.ID, page, u.Side)
	if err != nil {
		return nil, db.Err(err, "view")
	}
	return pgx.CollectRows(rows, scan)
}

func (s store) get(ctx context.Context, u auth.User, id uuid.UUID) (View, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+columns+from+`WHERE v.id = $2`, u.ID, id)
	if err != nil {
		return View{}, db.Err(err, "view")
	}
	v, err := pgx.CollectExactlyOneRow(rows, scan)
	return v, db.Err(err, "view")
}

func (s store) lock(ctx context.Context, id uuid.UUID) error {
	var one int
	return db.Err(s.db.PG(ctx).QueryRow(ctx, `SELECT 1 FROM views WHERE id = $1 FOR UPDATE`, id).Scan(&one), "view")
}

// count says how many views of a page somebody has, and makes others of theirs wait until the transaction is over.
func (s store) count(ctx context.Context, owner uuid.UUID, page string) (n int, err error) {
	if _, err := s.db.PG(ctx).Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('views ' || $1::text, 0))`, owner); err != nil {
		return 0, db.Err(err, "view")
	}
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT count(*) FROM views WHERE owner_id = $1 AND page = $2 AND deleted_at IS NULL`, owner, page).Scan(&n)
	return n, db.Err(err, "view")
}

func (s store) create(ctx context.Context, id uuid.UUID, u auth.User, in Input) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO views (id, owner_id, side, page, name, query, shared) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		id, u.ID, u.Side, in.Page, in.Name, in.Query, in.Shared)
	return db.Err(err, "view")
}

func (s store) update(ctx context.Context, id uuid.UUID, in Input) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE views SET name = $2, query = $3, shared = $4, rev = rev + 1, updated_at = now() WHERE id = $1`, id, in.Name, in.Query, in.Shared)
	return db.Err(err, "view")
}

// delete marks the view, and forgets what was deleted long ago.
func (s store) delete(ctx context.Context, id uuid.UUID) error {
	var b pgx.Batch
	b.Queue(`UPDATE views SET deleted_at = now(), rev = rev + 1 WHERE id = $1 AND deleted_at IS NULL`, id)
	b.Queue(`DELETE FROM views WHERE deleted_at < now() - interval '30 days'`)
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "view")
}

func (s store) restore(ctx context.Context, id uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE views SET deleted_at = NULL, rev = rev + 1 WHERE id = $1 AND deleted_at IS NOT NULL`, id)
	return db.Err(err, "view")
}

func (s store) arrange(ctx context.Context, user uuid.UUID, page string, ids []uuid.UUID, opens uuid.UUID) error {
	var b pgx.Batch
	b.Queue(`DELETE FROM view_places p USING views v WHERE v.id = p.view_id AND v.deleted_at IS NULL AND p.user_id = $1 AND v.page = $2`, user, page)
	b.Queue(`INSERT INTO view_places (user_id, view_id, position, opens) SELECT $1, x.id, x.n, x.id = $3 FROM unnest($2::uuid[]) WITH ORDINALITY AS x (id, n)
		ON CONFLICT (user_id, view_id) DO UPDATE SET position = excluded.position, opens = excluded.opens`, user, ids, opens)
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "view")
}
