package collections

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
)

type store struct{ db *db.DB }

type item struct {
	Resource uuid.UUID
	Section  int
}

const columns = `c.id, c.title, c.summary, c.kind, c.rule, c.sort, c.tone, c.cover_id, c.cover_page, c.shared, c.side, c.sections, c.deleted_at IS NOT NULL, c.rev, c.updated_at,
	u.id, u.name, u.side, u.picture_asset_id FROM collections c JOIN users u ON u.id = c.owner_id `

func scan(row pgx.CollectableRow) (c Collection, err error) {
	return c, row.Scan(&c.ID, &c.Title, &c.Summary, &c.Kind, &c.Rule, &c.Sort, &c.Tone, &c.CoverID, &c.CoverPage, &c.Shared, &c.Side, &c.Sections, &c.Deleted, &c.Rev, &c.UpdatedAt,
		&c.Owner.ID, &c.Owner.Name, &c.Owner.Side, &c.Owner.Picture)
}

func (s store) list(ctx context.Context, u auth.User) ([]Collection, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+columns+`WHERE c.deleted_at IS NULL AND (c.owner_id = $1 OR c.shared = 'everybody' OR c.shared = 'side' AND c.side = $2)
		ORDER BY lower(c.title), c.id`, u.ID, u.Side)
	if err != nil {
		return nil, db.Err(err, "collection")
	}
	return pgx.CollectRows(rows, scan)
}

func (s store) get(ctx context.Context, id uuid.UUID) (Collection, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+columns+`WHERE c.id = $1`, id)
	if err != nil {
		return Collection{}, db.Err(err, "collection")
	}
	c, err := pgx.CollectExactlyOneRow(rows, scan)
	return c, db.Err(err, "collection")
}

// items gives what is in collections, in order.
func (s store) items(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID][]item, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT collection_id, resource_id, section FROM collection_items WHERE collection_id = ANY($1) ORDER BY collection_id, section, position, resource_id`, ids)
	if err != nil {
		return nil, db.Err(err, "collection")
	}
	all := map[uuid.UUID][]item{}
	var id uuid.UUID
	var i item
	_, err = pgx.ForEachRow(rows, []any{&id, &i.Resource, &i.Section}, func() error { all[id] = append(all[id], i); return nil })
	return all, db.Err(err, "collection")
}

func (s store) lock(ctx context.Context, id uuid.UUID) error {
	var one int
	return db.Err(s.db.PG(ctx).QueryRow(ctx, `SELECT 1 FROM collections WHERE id = $1 FOR UPDATE`, id).Scan(&one), "collection")
}

// lockAll lets one collection be made at a time, counts them, and forgets what was deleted long ago.
func (s store) lockAll(ctx context.Context) (n int, err error) {
	if _, err := s.db.PG(ctx).Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('collections', 0))`); err != nil {
		return 0, db.Err(err, "collection")
	}
	if _, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM collections WHERE deleted_at < now() - interval '30 days'`); err != nil {
		return 0, db.Err(err, "collection")
	}
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT count(*) FROM collections WHERE deleted_at IS NULL`).Scan(&n)
	return n, db.Err(err, "collection")
}

func (s store) create(ctx context.Context, id uuid.UUID, u auth.User, in Input) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO collections (id, owner_id, side, title, summary, kind, rule, sort, tone, cover_id, shared, cover_page) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		id, u.ID, u.Side, in.Title, in.Summary, in.Kind, in.Rule, in.Sort, in.Tone, in.CoverID, in.Shared, in.CoverPage)
	return db.Err(err, "collection")
}

func (s store) update(ctx context.Context, id uuid.UUID, in Input) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE collections SET title = $2, summary = $3, rule = $4, sort = $5, tone = $6, cover_id = $7, shared = $8, cover_page = $9, rev = rev + 1, updated_at = now() WHERE id = $1`,
		id, in.Title, in.Summary, in.Rule, in.Sort, in.Tone, in.CoverID, in.Shared, in.CoverPage)
	return db.Err(err, "collection")
}

func (s store) setDeleted(ctx context.Context, id uuid.UUID, deleted bool) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE collections SET deleted_at = CASE WHEN $2 THEN now() END, rev = rev + 1 WHERE id = $1 AND (deleted_at IS NOT NULL) <> $2`, id, deleted)
	return db.Err(err, "collection")
}

// add gives how many resources there are then.
func (s store) add(ctx context.Context, id, resource uuid.UUID, section int) (n int, err error) {
	tag, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO collection_items (collection_id, resource_id, section, position)
		SELECT $1, $2, $3, coalesce(max(position), 0) + 1 FROM collection_items WHERE collection_id = $1 ON CONFLICT DO NOTHING`, id, resource, section)
	if err == nil && tag.RowsAffected() == 1 {
		err = s.touch(ctx, id)
	}
	if err != nil {
		return 0, db.Err(err, "collection")
	}
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT count(*) FROM collection_items WHERE collection_id = $1`, id).Scan(&n)
	return n, db.Err(err, "collection")
}

func (s store) remove(ctx context.Context, id, resource uuid.UUID) error {
	tag, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM collection_items WHERE collection_id = $1 AND resource_id = $2`, id, resource)
	if err == nil && tag.RowsAffected() == 1 {
		err = s.touch(ctx, id)
	}
	return db.Err(err, "collection")
}

func (s store) touch(ctx context.Context, id uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE collections SET rev = rev + 1, updated_at = now() WHERE id = $1`, id)
	return err
}

func (s store) arrange(ctx context.Context, id uuid.UUID, titles []string, items []item) error {
	ids, sections := make([]uuid.UUID, len(items)), make([]int32, len(items))
	for i, item := range items {
		ids[i], sections[i] = item.Resource, int32(item.Section) //nolint:gosec // at most 20
	}
	var b pgx.Batch
	b.Queue(`DELETE FROM collection_items WHERE collection_id = $1`, id)
	b.Queue(`INSERT INTO collection_items (collection_id, resource_id, section, position)
		SELECT $1, x.id, x.section, x.n FROM unnest($2::uuid[], $3::int[]) WITH ORDINALITY x(id, section, n)`, id, ids, sections)
	b.Queue(`UPDATE collections SET sections = $2, rev = rev + 1, updated_at = now() WHERE id = $1`, id, titles)
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "collection")
}
