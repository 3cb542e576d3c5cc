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

// facet is a column by which resources are narrowed and counted.
type facet struct {
	name   string
	column string // an expression of one text, or of a list of texts
	isList bool
	chosen func(ResourceFilter) []string
}

var facets = []facet{
	{"content_type", "r.content_type", false, func(f ResourceFilter) []string { return f.Types }},
	{"stage", "r.stages", true, func(f ResourceFilter) []string { return f.Stages }},
	{"persona", "r.personas", true, func(f ResourceFilter) []string { return f.Personas }},
	{"industry", "r.industries", true, func(f ResourceFilter) []string { return f.Industries }},
	{"product", "r.products", true, func(f ResourceFilter) []string { return f.Products }},
	{"region", "r.regions", true, func(f ResourceFilter) []string { return f.Regions }},
	{"lang", "r.lang", false, func(f ResourceFilter) []string { return f.Languages }},
	{"sharing", "CASE WHEN r.shareable THEN 'shareable' ELSE 'internal' END", false, func(f ResourceFilter) []string { return f.Sharing }},
	{"freshness", freshness, false, func(f ResourceFilter) []string { return f.Freshness }},
}

// freshness is how far one may trust a resource; search has the same.
var freshness = fmt.Sprintf(`CASE WHEN r.state = 'archived' THEN '' WHEN r.state = 'expired' OR r.expires_at <= now() THEN 'expired' WHEN r.state = 'review_due' THEN 'due'
	WHEN coalesce(r.published_at, r.created_at) > now() - interval '%d days' THEN 'new' ELSE 'current' END`, NewFor)

// has is the condition that a resource is in a collection.
func (c Set) has(q *query) string {
	if c.Rule == nil {
		return `r.id = ANY(` + q.arg(c.IDs) + `)`
	}
	where := []string{"true"}
	for _, x := range facets {
		where = append(where, x.holds(*c.Rule, q))
	}
	return strings.Join(where, " AND ")
}

// collected is the condition that a resource is in one of the chosen collections.
func (f ResourceFilter) collected(q *query) string {
	if len(f.Collections) == 0 {
		return "true"
	}
	in := []string{"false"}
	for _, c := range f.Sets {
		if slices.Contains(f.Collections, c.ID.String()) {
			in = append(in, "("+c.has(q)+")")
		}
	}
	return "(" + strings.Join(in, " OR ") + ")"
}

// holds is the condition that a resource has one of the chosen values.
func (c facet) holds(f ResourceFilter, q *query) string {
	switch chosen := c.chosen(f); {
	case len(chosen) == 0:
		return "true"
	case c.isList:
		return c.column + " && " + q.arg(chosen)
	default:
		return c.column + " = ANY(" + q.arg(chosen) + ")"
	}
}

// query gathers the values of a statement whose text is put together.
type query struct{ args []any }

func (q *query) arg(v any) string {
	q.args = append(q.args, v)
	return fmt.Sprintf("$%d", len(q.args))
}

// visible is what the reader, whose id is $1, may see of the resource center, and what the filter asks for beside tab
// and facets.
func (f ResourceFilter) visible(u auth.User, q *query) string {
	where := []string{"true"}
	if !u.IsMarketer() && !u.Admin {
		now := q.arg(f.now)
		where = append(where, `r.state IN ('live', 'review_due') AND (r.release_at IS NULL OR r.release_at <= `+now+`) AND (r.expires_at IS NULL OR r.expires_at > `+now+`)`)
	}
	if f.State != "" {
		where = append(where, `r.state = `+q.arg(f.State))
	}
	if f.OwnerID != uuid.Nil {
		where = append(where, `r.owner_id = `+q.arg(f.OwnerID))
	}
	if f.Found != nil {
		where = append(where, `r.id = ANY(`+q.arg(f.Found)+`)`)
	}
	return strings.Join(where, " AND ")
}

// tabs says what is in each tab.
var tabs = map[Tab]string{
	TabAll:        "true",
	TabFavourites: "f.user_id IS NOT NULL",
	TabNew:        fmt.Sprintf("coalesce(r.published_at, r.created_at) > now() - interval '%d days'", NewFor),
	TabReview:     "r.state = 'review_due'",
	TabArchived:   "r.state = 'archived'",
}

// in is the condition of a tab. What is archived is seen only where it is asked for.
func (f ResourceFilter) in(tab Tab) string {
	where, ok := tabs[tab]
	if !ok {
		where = tabs[TabAll]
	}
	if f.State == "" && tab != TabArchived {
		where += ` AND r.state <> 'archived'`
	}
	return where
}

func (s store) facets(ctx context.Context, u auth.User, f ResourceFilter) ([]FacetCount, error) {
	q := &query{args: []any{u.ID}}
	where := f.visible(u, q)
	columns := []string{`(` + f.in(f.Tab) + `) AS in_tab`}
	for name := range tabs {
		columns = append(columns, fmt.Sprintf(`(%s) AS tab_%s`, f.in(name), name))
	}
	for _, c := range facets {
		columns = append(columns, fmt.Sprintf(`%s AS %s`, c.column, c.name), fmt.Sprintf(`(%s) AS has_%s`, c.holds(f, q), c.name))
	}
	columns = append(columns, `r.id`, `(`+f.collected(q)+`) AS has_collection`)
	// others is the condition that all choices but those of one facet hold
	others := func(name string) string {
		all := []string{"true"}
		if name != "collection" {
			all = append(all, "has_collection")
		}
		for _, c := range facets {
			if c.name != name {
				all = append(all, "has_"+c.name)
			}
		}
		return strings.Join(all, " AND ")
	}
	var parts []string
	for _, c := range facets {
		from, value := "base", "base."+c.name
		if c.isList {
			from, value = fmt.Sprintf("base, unnest(base.%s) AS value", c.name), "value"
		}
		parts = append(parts, fmt.Sprintf(`SELECT '%s', %s, count(*) FROM %s WHERE in_tab AND %s GROUP BY 2`, c.name, value, from, others(c.name)))
	}
	var sets []string // by hand: a collection and a resource in it
	var ids []uuid.UUID
	for i, c := range f.Sets {
		if c.Rule != nil {
			columns = append(columns, fmt.Sprintf(`(%s) AS rule_%d`, c.has(q), i))
			parts = append(parts, fmt.Sprintf(`SELECT 'collection', '%s', count(*) FROM base WHERE in_tab AND rule_%d AND %s HAVING count(*) > 0`, c.ID, i, others("collection")))
		}
		for _, id := range c.IDs {
			sets, ids = append(sets, c.ID.String()), append(ids, id)
		}
	}
	if len(ids) > 0 {
		parts = append(parts, `SELECT 'collection', s.name, count(*) FROM base JOIN unnest(`+q.arg(sets)+`::text[], `+q.arg(ids)+`::uuid[]) s(name, id) ON s.id = base.id
			WHERE in_tab AND `+others("collection")+` GROUP BY 2`)
	}
	for name := range tabs {
		parts = append(parts, fmt.Sprintf(`SELECT 'tab', '%s', count(*) FROM base WHERE tab_%s AND %s`, name, name, others("")))
	}
	rows, err := s.db.PG(ctx).Query(ctx, `WITH base AS MATERIALIZED (SELECT `+strings.Join(columns, ", ")+resourceFilterFrom+`WHERE `+where+`)
		SELECT * FROM (`+strings.Join(parts, ` UNION ALL `)+`) AS counts (facet, value, n) WHERE value <> '' ORDER BY facet, n DESC, value`, q.args...)
	if err != nil {
		return nil, db.Err(err, "resource")
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[FacetCount])
}
