package library

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// What a resource r consists of now.
const (
	factsNow = `jsonb_build_object('content_type', r.content_type, 'lang', r.lang, 'personas', r.personas, 'stages', r.stages, 'industries', r.industries,
		'products', r.products, 'regions', r.regions, 'tags', r.tags)`
	filesNow = `coalesce((SELECT jsonb_agg(jsonb_build_object('asset_id', x.asset_id, 'sha256', coalesce(encode(a.sha256, 'hex'), ''), 'caption', x.caption) ORDER BY x.position, a.id)
		FROM asset_uses x JOIN assets a ON a.id = x.asset_id WHERE x.object_type = 'resource' AND x.object_id = r.id), '[]')`
	insertVersion = `INSERT INTO resource_versions (id, resource_id, number, title, summary, doc, body_markdown, facts, assets, `
	contentNow    = `r.id, r.version, r.title, r.summary, r.doc, CASE WHEN r.doc IS NULL THEN r.body_markdown ELSE '' END, ` + factsNow + `, ` + filesNow
)

// keepVersions writes down the versions of resources that are about to get another one, where nobody has: what was imported
// has none until then.
func (s store) keepVersions(ctx context.Context, ids ...uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, insertVersion+`created_at) SELECT gen_random_uuid(), `+contentNow+`, coalesce(r.published_at, r.created_at)
		FROM resources r WHERE r.id = ANY($1) ON CONFLICT (resource_id, number) DO NOTHING`, ids)
	return db.Err(err, "version")
}

// nextVersion counts the version up and keeps what it consists of. from is the version that is brought back, 0 for none.
func (s store) nextVersion(ctx context.Context, id, by uuid.UUID, note string, from int) error {
	_, err := s.db.PG(ctx).Exec(ctx, `WITH r AS (UPDATE resources SET version = version + 1 WHERE id = $2 RETURNING *) `+insertVersion+`note, created_by, restored_from)
		SELECT $1, `+contentNow+`, $4, $3, nullif($5, 0) FROM r`, db.NewID(), id, uuid.NullUUID{UUID: by, Valid: by != uuid.Nil}, note, from)
	return db.Err(err, "version")
}

// addVersion keeps what was published as the current version.
func (s store) addVersion(ctx context.Context, p Publication, by uuid.UUID) error {
	assets, err := json.Marshal(p.Assets)
	if err != nil {
		return err
	}
	_, err = s.db.PG(ctx).Exec(ctx, `INSERT INTO resource_versions (id, resource_id, number, title, summary, doc, assets, draft_id, draft_version_id, hash, created_by, facts)
		SELECT $1, $2, r.version, $3, $4, $5, $6, $7, $8, $9, $10, `+factsNow+` FROM resources r WHERE r.id = $2`,
		db.NewID(), p.ResourceID, p.Title, p.Summary, p.Doc, assets, p.DraftID, p.DraftVersionID, p.Hash, by)
	return db.Err(err, "version")
}

// maxVersions is how many versions of a resource are listed.
const maxVersions = 200

// versions lists the versions of a resource, newest first. The current one is as the resource is now: its details change
// without a new version.
func (s store) versions(ctx context.Context, id uuid.UUID) ([]Version, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `WITH r AS (SELECT * FROM resources WHERE id = $1),
		all_of AS (
			SELECT coalesce(v.id, r.id) AS id, r.version AS number, r.title, r.summary, `+factsNow+` AS facts, `+filesNow+` AS assets,
				md5(coalesce(r.doc::text, r.body_markdown)) AS text, coalesce(v.note, '') AS note, coalesce(v.rev, 1) AS rev, v.draft_id, v.draft_version_id, v.created_by, v.restored_from,
				coalesce(v.created_at, r.published_at, r.created_at) AS created_at, true AS current
			FROM r LEFT JOIN resource_versions v ON v.resource_id = r.id AND v.number = r.version
			UNION ALL
			SELECT v.id, v.number, v.title, v.summary, v.facts, CASE WHEN jsonb_typeof(v.assets) = 'array' THEN v.assets ELSE '[]' END,
				md5(coalesce(v.doc::text, v.body_markdown)), v.note, v.rev, v.draft_id, v.draft_version_id, v.created_by, v.restored_from, v.created_at, false
			FROM resource_versions v, r WHERE v.resource_id = r.id AND v.number < r.version)
		SELECT v.id, v.number, v.title, v.summary, v.facts, v.assets, v.text, v.note, v.rev, v.draft_id, v.draft_version_id, coalesce(v.restored_from, 0), v.created_at, v.current,
			u.id, coalesce(u.name, ''), coalesce(u.side, ''), u.picture_asset_id
		FROM all_of v LEFT JOIN users u ON u.id = v.created_by ORDER BY v.number DESC LIMIT $2`, id, maxVersions)
	if err != nil {
		return nil, db.Err(err, "version")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (v Version, err error) {
		var p activity.Person
		var by uuid.NullUUID
		err = r.Scan(&v.ID, &v.Number, &v.Title, &v.Summary, &v.Facts, &v.attached, &v.text, &v.Note, &v.Rev, &v.DraftID, &v.DraftVersionID, &v.RestoredFrom, &v.CreatedAt, &v.Current,
			&by, &p.Name, &p.Side, &p.Picture)
		if by.Valid {
			p.ID = by.UUID
			v.By = &p
		}
		return v, err
	})
}

// versionText gives the text of a version: a document, or Markdown.
func (s store) versionText(ctx context.Context, id uuid.UUID, number int) (doc json.RawMessage, markdown string, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT CASE WHEN r.version = $2 THEN r.doc ELSE v.doc END, CASE WHEN r.version = $2 THEN r.body_markdown ELSE v.body_markdown END
		FROM resources r LEFT JOIN resource_versions v ON v.resource_id = r.id AND v.number = $2 WHERE r.id = $1 AND (v.id IS NOT NULL OR r.version = $2)`, id, number).Scan(&doc, &markdown)
	return doc, markdown, db.Err(err, "version")
}

// filesOf gives files by their ids.
func (s store) filesOf(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]Asset, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+assetColumns+` FROM assets a WHERE a.id = ANY($1)`, ids)
	if err != nil {
		return nil, db.Err(err, "file")
	}
	list, err := pgx.CollectRows(rows, scanAsset)
	found := map[uuid.UUID]Asset{}
	for _, a := range list {
		found[a.ID] = a
	}
	return found, db.Err(err, "file")
}

// hasFile says whether a version of a resource has a file.
func (s store) hasFile(ctx context.Context, id uuid.UUID, number int, asset uuid.UUID) (yes bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT EXISTS (SELECT FROM resource_versions WHERE resource_id = $1 AND number = $2 AND assets @> jsonb_build_array(jsonb_build_object('asset_id', $3::uuid)))
		OR EXISTS (SELECT FROM resources r JOIN asset_uses x ON x.object_type = 'resource' AND x.object_id = r.id WHERE r.id = $1 AND r.version = $2 AND x.asset_id = $3)`, id, number, asset).Scan(&yes)
	return yes, db.Err(err, "version")
}

// FormerUse is a version of a resource that had a file which the resource no longer has.
type FormerUse struct {
	Resource uuid.UUID
	Number   int
}

// formerUses says which resources had a file in a version before.
func (s store) formerUses(ctx context.Context, asset uuid.UUID) ([]FormerUse, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT v.resource_id, max(v.number) FROM resource_versions v
		WHERE v.assets @> jsonb_build_array(jsonb_build_object('asset_id', $1::uuid))
		AND NOT EXISTS (SELECT FROM asset_uses x WHERE x.asset_id = $1 AND x.object_type = 'resource' AND x.object_id = v.resource_id)
		GROUP BY 1 ORDER BY 1 LIMIT 20`, asset)
	if err != nil {
		return nil, db.Err(err, "version")
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[FormerUse])
}

// putBack gives a resource the content of a version.
func (s store) putBack(ctx context.Context, id uuid.UUID, rev int64, v Version, doc json.RawMessage, markdown, text string) error {
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE resources SET title = $3, summary = $4, doc = $5, body_markdown = $6, body_text = $7, rev = rev + 1, updated_at = now()
		WHERE id = $1 AND rev = $2`, id, rev, v.Title, v.Summary, doc, markdown, text)
	if err != nil || tag.RowsAffected() == 1 {
		return db.Err(err, "resource")
	}
	var current int64
	if err := s.db.PG(ctx).QueryRow(ctx, `SELECT rev FROM resources WHERE id = $1`, id).Scan(&current); err != nil {
		return db.Err(err, "resource")
	}
	return errs.StaleRev(current)
}
