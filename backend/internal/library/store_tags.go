package library

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
)

// aliases gives the values that were merged into others.
func (s store) aliases(ctx context.Context) (aliases, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT facet, value, merged_into FROM taxonomy_values WHERE merged_into IS NOT NULL`)
	if err != nil {
		return nil, db.Err(err, "value")
	}
	all := aliases{}
	var facet, value, into string
	_, err = pgx.ForEachRow(rows, []any{&facet, &value, &into}, func() error {
		if all[facet] == nil {
			all[facet] = map[string]string{}
		}
		all[facet][value] = into
		return nil
	})
	return all, db.Err(err, "value")
}

func (s store) required(ctx context.Context, contentType string) ([]string, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT facet FROM taxonomy_required WHERE content_type = $1 ORDER BY facet`, contentType)
	if err != nil {
		return nil, db.Err(err, "value")
	}
	facets, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return facets, db.Err(err, "value")
}

func (s store) tagCounts(ctx context.Context) ([]TagCount, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT t.facet, v, count(*)::int FROM resources r, LATERAL (VALUES ('persona', r.personas), ('stage', r.stages), ('industry', r.industries),
		('product', r.products), ('region', r.regions), ('lang', ARRAY[r.lang]), ('tag', r.tags)) t(facet, list), unnest(t.list) v GROUP BY 1, 2`)
	if err != nil {
		return nil, db.Err(err, "resource")
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[TagCount])
}

// tagged is the condition that a resource has one of the values in $1.
func tagged(facet string) string {
	if facet == "lang" {
		return `r.lang = ANY($1)`
	}
	return `r.` + tagColumns[facet] + ` && $1::text[]`
}

func (s store) countTagged(ctx context.Context, facet string, values []string) (n int, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT count(*) FROM resources r WHERE `+tagged(facet), values).Scan(&n)
	return n, db.Err(err, "resource")
}

func (s store) retag(ctx context.Context, facet string, from []string, into string, most int) ([]Retagged, error) {
	list, set := `r.`+tagColumns[facet], `after`
	if facet == "lang" {
		list, set = `ARRAY[r.lang]`, `after[1]`
	}
	// always in one order, so that two of these cannot wait for each other
	rows, err := s.db.PG(ctx).Query(ctx, fmt.Sprintf(`WITH hit AS MATERIALIZED (SELECT r.id, %s AS before FROM resources r WHERE %s ORDER BY r.id LIMIT $3 FOR UPDATE),
		made AS (SELECT id, before, (SELECT array_agg(v ORDER BY n) FROM (SELECT v, min(n) AS n FROM (
			SELECT CASE WHEN x = ANY($1) THEN $2 ELSE x END AS v, n FROM unnest(before) WITH ORDINALITY u(x, n)) named GROUP BY v) once) AS after FROM hit)
		UPDATE resources r SET %s = made.%s, rev = r.rev + 1, updated_at = now() FROM made WHERE r.id = made.id RETURNING r.id, made.before, made.after`,
		list, tagged(facet), tagColumns[facet], set), from, into, most)
	if err != nil {
		return nil, db.Err(err, "resource")
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Retagged])
}

func (s store) untag(ctx context.Context, facet string, all []Retagged) ([]uuid.UUID, error) {
	column, given := tagColumns[facet], `ARRAY(SELECT jsonb_array_elements_text(x.%s))`
	if facet == "lang" {
		given = `(x.%s ->> 0)`
	}
	text, err := json.Marshal(all)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.PG(ctx).Query(ctx, fmt.Sprintf(`WITH hit AS MATERIALIZED (SELECT r.id FROM resources r WHERE r.id IN (SELECT y."ID" FROM jsonb_to_recordset($1::jsonb) y("ID" uuid)) ORDER BY r.id FOR UPDATE)
		UPDATE resources r SET %[1]s = %[2]s, rev = r.rev + 1, updated_at = now()
		FROM hit JOIN jsonb_to_recordset($1::jsonb) x("ID" uuid, "Before" jsonb, "After" jsonb) ON x."ID" = hit.id
		WHERE r.id = hit.id AND r.%[1]s = %[3]s RETURNING r.id`, column, fmt.Sprintf(given, `"Before"`), fmt.Sprintf(given, `"After"`)), string(text))
	if err != nil {
		return nil, db.Err(err, "resource")
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	return ids, db.Err(err, "resource")
}

// lacking are the facets that the type of a resource asks for and that it has nothing of.
var lacking = func() string {
	var cases []string
	for _, facet := range RequirableFacets {
		cases = append(cases, fmt.Sprintf(`WHEN '%s' THEN cardinality(r.%s) = 0`, facet, tagColumns[facet]))
	}
	return `(SELECT array_agg(q.facet ORDER BY q.facet) FROM taxonomy_required q WHERE q.content_type = r.content_type AND CASE q.facet ` + strings.Join(cases, " ") + ` END)`
}()

func (s store) missingTags(ctx context.Context, u auth.User, f ResourceFilter, after uuid.UUID, limit int) ([]Untagged, error) {
	q := &query{args: []any{u.ID}}
	where := []string{f.visible(u, q), f.in(TabAll), lacking + ` IS NOT NULL`}
	if len(f.Types) > 0 {
		where = append(where, `r.content_type = ANY(`+q.arg(f.Types)+`)`)
	}
	if after != uuid.Nil {
		where = append(where, `r.id < `+q.arg(after))
	}
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+resourceColumns+`, `+lacking+resourceFrom+`WHERE `+strings.Join(where, ` AND `)+` ORDER BY r.id DESC LIMIT `+q.arg(limit), q.args...)
	if err != nil {
		return nil, db.Err(err, "resource")
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (x Untagged, err error) {
		return x, scanResource(row, &x.Resource, &x.Missing)
	})
}

func (s store) countMissing(ctx context.Context) (map[string]int, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT r.content_type, count(*)::int FROM resources r WHERE r.state <> 'archived'
		AND r.content_type IN (SELECT content_type FROM taxonomy_required) AND `+lacking+` IS NOT NULL GROUP BY 1`)
	if err != nil {
		return nil, db.Err(err, "resource")
	}
	counts := map[string]int{}
	var key string
	var n int
	_, err = pgx.ForEachRow(rows, []any{&key, &n}, func() error { counts[key] = n; return nil })
	return counts, db.Err(err, "resource")
}

// Lacking is the SQL of the facets that the type of a resource r asks for and that it has nothing of; NULL for none.
var Lacking = lacking
