package search

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
)

type store struct {
	db      *db.DB
	stemmed *stemmed
}

// pagesOf is the text of the files of a thing, page by page.
func pagesOf(kind, id string) string {
	return fmt.Sprintf(`coalesce((SELECT json_agg(json_build_object('asset', p.asset_id, 'page', p.page, 'text', p.text) ORDER BY x.position, p.asset_id, p.page)
		FROM asset_uses x JOIN asset_pages p ON p.asset_id = x.asset_id WHERE x.object_type = '%s' AND x.object_id = %s), '[]')`, kind, id)
}

// filesOf are the names of the files of a thing.
func filesOf(kind, id string) string {
	return fmt.Sprintf(`(SELECT coalesce(string_agg(a.name, ' '), '') FROM asset_uses x JOIN assets a ON a.id = x.asset_id WHERE x.object_type = '%s' AND x.object_id = %s)`, kind, id)
}

// freshness is how far one may trust a resource r: as library's facet of that name, which asks at every request. What was
// new is looked at again when it is not: see stale.
const freshness = `CASE WHEN r.state = 'archived' THEN '' WHEN r.state = 'expired' OR r.expires_at <= now() THEN 'expired' WHEN r.state = 'review_due' THEN 'due'
	WHEN coalesce(r.published_at, r.created_at) > now() - interval '30 days' THEN 'new' ELSE 'current' END`

// sources are the statements that make the documents of things ($1) from the tables of its domain. The audience says the
// same as the domain's own condition: library Readable, ideas visible, drafts mayRead, posts mayRead. A thing that nobody
// finds (a merged idea, somebody who left) gives no row.
var sources = map[string]string{
	Resource: `SELECT r.id, CASE WHEN r.state IN ('live', 'review_due') THEN ARRAY['all'] ELSE ARRAY['marketing', 'admin'] END, r.release_at, r.expires_at,
			r.title, r.summary, concat_ws(' ', array_to_string(r.authors, ' '), u.name, ` + filesOf(Resource, "r.id") + `), r.body_text, ` + pagesOf(Resource, "r.id") + `,
			r.content_type, r.state, r.lang, r.tags, r.personas, r.stages, r.industries, r.products, r.regions, coalesce(r.source_id, ''), r.source_repo,
			coalesce(r.published_at, r.created_at) AS at, r.published_at IS NOT NULL OR r.source_id IS NULL, CASE WHEN r.shareable THEN 'shareable' ELSE 'internal' END, ` + freshness + `
		FROM resources r LEFT JOIN users u ON u.id = r.owner_id WHERE r.id = ANY($1)`,
	Idea: `SELECT i.id, CASE i.visibility WHEN 'everyone' THEN ARRAY['all']
				WHEN 'team' THEN ARRAY['user:' || i.author_id] || CASE WHEN i.team_id IS NOT NULL THEN ARRAY['team:' || i.team_id] ELSE '{}' END
				ELSE ARRAY['user:' || i.author_id] || ARRAY(SELECT 'user:' || p.user_id FROM idea_people p WHERE p.idea_id = i.id ORDER BY 1) END, NULL::timestamptz, NULL::timestamptz,
			i.title, '', u.name, concat_ws(E'\n', i.body, (SELECT string_agg(concat_ws(' ', e.text, e.source), E'\n' ORDER BY e.id) FROM idea_evidence e WHERE e.idea_id = i.id)), '[]'::json,
			i.kind, i.state, '', i.tags, '{}'::text[], '{}'::text[], '{}'::text[], '{}'::text[], '{}'::text[], '', '', i.created_at, true, '', ''
		FROM ideas i JOIN users u ON u.id = i.author_id WHERE i.id = ANY($1) AND i.state <> 'merged'`,
	Draft: `SELECT d.id, ARRAY['user:' || d.writer_id] || ARRAY(SELECT DISTINCT 'user:' || p.user_id FROM draft_people p WHERE p.draft_id = d.id ORDER BY 1)
				|| CASE WHEN d.confidential THEN '{}' ELSE ARRAY['marketing', 'lead', 'admin'] END, NULL::timestamptz, NULL::timestamptz,
			d.title, d.summary, concat_ws(' ', u.name, ` + filesOf(Draft, "d.id") + `),
			concat_ws(E'\n', x.text, d.key_message, d.proof, d.call_to_action, d.audience, d.channel), ` + pagesOf(Draft, "d.id") + `,
			d.content_type, d.state, '', d.tags, '{}'::text[], '{}'::text[], '{}'::text[], '{}'::text[], '{}'::text[], '', '', d.created_at, true, '', ''
		FROM drafts d JOIN users u ON u.id = d.writer_id LEFT JOIN draft_docs x ON x.draft_id = d.id WHERE d.id = ANY($1)`,
	Post: `SELECT p.id, ARRAY['marketing', 'user:' || p.writer_id] || CASE WHEN p.state <> 'writing' THEN ARRAY['user:' || p.owner_id] ELSE '{}' END, NULL::timestamptz, NULL::timestamptz,
			left(p.text, 80), '', concat_ws(' ', o.name, w.name, p.network, r.title), p.text, '[]'::json,
			p.network, p.state, '', '{}'::text[], '{}'::text[], '{}'::text[], '{}'::text[], '{}'::text[], '{}'::text[], '', '', p.created_at, true, '', ''
		FROM posts p JOIN users o ON o.id = p.owner_id JOIN users w ON w.id = p.writer_id LEFT JOIN resources r ON r.id = p.resource_id WHERE p.id = ANY($1)`,
	Person: `SELECT u.id, ARRAY['all'], NULL::timestamptz, NULL::timestamptz, u.name, u.title, concat_ws(' ', t.name, u.side), u.bio, '[]'::json,
			'', u.side, '', '{}'::text[], '{}'::text[], '{}'::text[], '{}'::text[], '{}'::text[], '{}'::text[], '', '', u.created_at, true, '', ''
		FROM users u LEFT JOIN teams t ON t.id = u.team_id WHERE u.id = ANY($1) AND u.disabled_at IS NULL`,
}

// build makes the documents of things as they are now. Of a thing that nobody finds there is none.
func (s store) build(ctx context.Context, kind string, ids []uuid.UUID) (map[uuid.UUID]document, error) {
	rows, err := s.db.PG(ctx).Query(ctx, sources[kind], ids)
	if err != nil {
		return nil, db.Err(err, kind)
	}
	found := map[uuid.UUID]document{}
	for rows.Next() {
		var d document
		var dated bool
		if err := rows.Scan(&d.ID, &d.Audience, &d.VisibleFrom, &d.VisibleUntil, &d.Title, &d.Summary, &d.Names, &d.Body, &d.Pages, &d.Type, &d.State, &d.Lang,
			&d.Tags, &d.Personas, &d.Stages, &d.Industries, &d.Products, &d.Regions, &d.SourceID, &d.SourceRepo, &d.At, &dated, &d.Sharing, &d.Freshness); err != nil {
			rows.Close()
			return nil, db.Err(err, kind)
		}
		d.Kind, d.Part, d.At = kind, "full", d.At.UTC()
		if dated { // an imported thing without a date is of no year
			d.Year = d.At.Year()
		}
		d.fit()
		d.spoken = d.language()
		found[d.ID] = d
	}
	return found, db.Err(rows.Err(), kind)
}

// all lists the ids of everything of a kind after one, in order.
func (s store) all(ctx context.Context, kind string, after uuid.UUID, limit int) ([]uuid.UUID, error) {
	table := map[string]string{Resource: "resources", Idea: "ideas", Draft: "drafts", Post: "posts", Person: "users"}[kind]
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT id FROM `+table+` WHERE id > $1 ORDER BY id LIMIT $2`, after, limit)
	if err != nil {
		return nil, db.Err(err, kind)
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

// titles gives the drafts of which somebody sees title and state only: they filed or voted for one of its ideas, and may
// not read it.
func (s store) titles(ctx context.Context, u auth.User) ([]uuid.UUID, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT d.id FROM drafts d WHERE d.id IN (
			SELECT di.draft_id FROM draft_ideas di JOIN ideas i ON i.id = di.idea_id WHERE i.author_id = $1
			UNION SELECT di.draft_id FROM draft_ideas di JOIN idea_votes v ON v.idea_id = di.idea_id WHERE v.user_id = $1)
		AND NOT (d.writer_id = $1 OR (NOT d.confidential AND $2) OR EXISTS (SELECT FROM draft_people p WHERE p.draft_id = d.id AND p.user_id = $1))
		ORDER BY d.id DESC LIMIT 500`, u.ID, u.IsMarketer() || u.Lead || u.Admin)
	if err != nil {
		return nil, db.Err(err, "draft")
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}
