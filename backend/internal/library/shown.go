package library

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
)

// Pictured is the picture of a resource, and the first of its files that has one.
type Pictured struct {
	Cover
	File uuid.NullUUID
}

// Shown says which of some resources the signed-in user may see and are in use, and gives their pictures.
func (s *Service) Shown(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]Pictured, error) {
	return s.store.visiblePictures(ctx, auth.From(ctx), ResourceFilter{Found: ids, now: s.now()})
}

// CountEach counts, for each filter, the resources that the signed-in user would see.
func (s *Service) CountEach(ctx context.Context, filters []ResourceFilter) ([]int, error) {
	for i := range filters {
		filters[i].now = s.now()
	}
	return s.store.countEach(ctx, auth.From(ctx), filters)
}

// FirstPictures gives, for each filter, the pictures of the newest resources that the signed-in user would see.
func (s *Service) FirstPictures(ctx context.Context, filters []ResourceFilter, most int) ([][]Cover, error) {
	for i := range filters {
		filters[i].now = s.now()
	}
	return s.store.firstPictures(ctx, auth.From(ctx), filters, most)
}

func (s store) firstPictures(ctx context.Context, u auth.User, filters []ResourceFilter, most int) ([][]Cover, error) {
	all := make([][]Cover, len(filters))
	if len(filters) == 0 {
		return all, nil
	}
	q := &query{args: []any{u.ID}}
	limit := q.arg(most)
	parts := make([]string, len(filters))
	for i, f := range filters {
		where := []string{f.visible(u, q), f.in(TabAll), f.collected(q)}
		for _, c := range facets {
			where = append(where, c.holds(f, q))
		}
		parts[i] = fmt.Sprintf(`(SELECT %d, p.id, p.page FROM (SELECT coalesce(chosen.id, pic.id) AS id, coalesce(chosen.page, 0) AS page, r.id AS resource%s
			LEFT JOIN LATERAL (SELECT a.id FROM asset_uses x JOIN assets a ON a.id = x.asset_id WHERE x.object_type = 'resource' AND x.object_id = r.id AND a.preview_key <> '' ORDER BY x.position LIMIT 1) pic ON true
			`+chosenCover+`WHERE coalesce(chosen.id, pic.id) IS NOT NULL AND %s ORDER BY r.id DESC LIMIT %s) p ORDER BY p.resource DESC)`, i, resourceFilterFrom, strings.Join(where, ` AND `), limit)
	}
	rows, err := s.db.PG(ctx).Query(ctx, strings.Join(parts, ` UNION ALL `), q.args...)
	if err != nil {
		return nil, db.Err(err, "resource")
	}
	var n int
	var c Cover
	_, err = pgx.ForEachRow(rows, []any{&n, &c.Asset, &c.Page}, func() error {
		if !slices.Contains(all[n], c) {
			all[n] = append(all[n], c)
		}
		return nil
	})
	return all, db.Err(err, "resource")
}

func (s store) visiblePictures(ctx context.Context, u auth.User, f ResourceFilter) (map[uuid.UUID]Pictured, error) {
	shown := map[uuid.UUID]Pictured{}
	if len(f.Found) == 0 {
		return shown, nil
	}
	q := &query{args: []any{u.ID}}
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT r.id, coalesce(chosen.id, pic.id), coalesce(chosen.page, 0), pic.id`+resourceFilterFrom+
		`LEFT JOIN LATERAL (SELECT a.id FROM asset_uses x JOIN assets a ON a.id = x.asset_id
			WHERE x.object_type = 'resource' AND x.object_id = r.id AND a.preview_key <> '' ORDER BY x.position LIMIT 1) pic ON true `+chosenCover+`WHERE `+f.visible(u, q)+` AND `+f.in(TabAll), q.args...)
	if err != nil {
		return nil, db.Err(err, "resource")
	}
	var id uuid.UUID
	var p Pictured
	_, err = pgx.ForEachRow(rows, []any{&id, &p.Asset, &p.Page, &p.File}, func() error { shown[id] = p; return nil })
	return shown, db.Err(err, "resource")
}

func (s store) countEach(ctx context.Context, u auth.User, filters []ResourceFilter) ([]int, error) {
	if len(filters) == 0 {
		return nil, nil
	}
	q := &query{args: []any{u.ID}}
	everywhere := ResourceFilter{now: filters[0].now}.visible(u, q) // one walk counts for each
	counts := make([]string, len(filters))
	for i, f := range filters {
		where := []string{f.visible(u, q), f.in(TabAll), f.collected(q)}
		for _, c := range facets {
			where = append(where, c.holds(f, q))
		}
		counts[i] = `(count(*) FILTER (WHERE ` + strings.Join(where, ` AND `) + `))::int`
	}
	var all []int
	err := s.db.PG(ctx).QueryRow(ctx, `SELECT ARRAY[`+strings.Join(counts, `, `)+`]`+resourceFilterFrom+`WHERE `+everywhere, q.args...).Scan(&all)
	return all, db.Err(err, "resource")
}
