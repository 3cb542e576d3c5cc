package library

import (
	"context"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/activity"
	"byline/backend/internal/comments"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

const resourceColumns = `r.id, r.title, r.summary, r.content_type, r.lang, r.personas, r.stages, r.industries, r.products, r.regions, r.tags, r.authors,
	r.owner_id, coalesce(u.name, ''), coalesce(u.side, ''), u.picture_asset_id, r.state, r.shareable, r.download_inside, r.download_outside, r.public_url, r.release_at, r.expires_at, r.dates_zone, r.review_due_on, coalesce(ct.review_months, 12), coalesce(r.owner_id, ct.keeper_id),
	r.version, coalesce(r.source_id, ''), r.source_repo, r.source_path, r.licence, r.published_at, r.views, f.user_id IS NOT NULL, r.rev, r.created_at, r.updated_at,
	coalesce(chosen.id, first.preview), coalesce(chosen.page, 0), chosen.id IS NOT NULL, first.preview, coalesce(first.kind, ''), coalesce(first.pages, 0), r.verified_at, r.verified_by, coalesce(v.name, ''), coalesce(v.side, ''), v.picture_asset_id,
	(SELECT count(*) FROM resource_views x WHERE x.resource_id = r.id AND x.day > current_date - 30), r.ratings, r.rating_sum, coalesce(r.rating_score, 0)`

// resourceFilterFrom is what filters need; $1 is the reader.
const resourceFilterFrom = ` FROM resources r LEFT JOIN favourites f ON f.resource_id = r.id AND f.user_id = $1 `

const resourceFrom = resourceFilterFrom + `LEFT JOIN users u ON u.id = r.owner_id LEFT JOIN users v ON v.id = r.verified_by LEFT JOIN content_types ct ON ct.key = r.content_type
	LEFT JOIN LATERAL (SELECT CASE WHEN a.preview_key <> '' THEN a.id END AS preview, a.kind, a.pages FROM asset_uses x JOIN assets a ON a.id = x.asset_id
		WHERE x.object_type = 'resource' AND x.object_id = r.id ORDER BY a.preview_key = '', x.position LIMIT 1) first ON true ` + chosenCover

// scanResource reads resourceColumns and then more.
func scanResource(row pgx.Row, r *Resource, more ...any) error {
	var owner, verifier activity.Person
	var verifiedBy uuid.NullUUID
	t := &r.Taxonomy
	err := row.Scan(append([]any{&r.ID, &r.Title, &r.Summary, &r.ContentType, &r.Lang, &t.Personas, &t.Stages, &t.Industries, &t.Products, &t.Regions, &t.Tags, &r.Authors,
		&r.OwnerID, &owner.Name, &owner.Side, &owner.Picture, &r.State, &r.Shareable, &r.Downloads.Inside, &r.Downloads.Outside, &r.PublicURL, &r.ReleaseAt, &r.ExpiresAt, &r.DatesZone, &r.ReviewDueOn, &r.ReviewMonths, &r.KeeperID,
		&r.Version, &r.SourceID, &r.SourceRepo, &r.SourcePath, &r.Licence, &r.PublishedAt, &r.Views, &r.Favourite, &r.Rev, &r.CreatedAt, &r.UpdatedAt,
		&r.Picture.Asset, &r.Picture.Page, &r.Chosen, &r.FilePicture, &r.FileKind, &r.FilePages, &r.VerifiedAt, &verifiedBy, &verifier.Name, &verifier.Side, &verifier.Picture, &r.RecentViews, &r.Ratings, &r.ratingSum, &r.RatingScore}, more...)...)
	if r.OwnerID.Valid {
		owner.ID = r.OwnerID.UUID
		r.Owner = &owner
	}
	if verifiedBy.Valid {
		verifier.ID = verifiedBy.UUID
		r.VerifiedBy = &verifier
	}
	return err
}

func (s store) resource(ctx context.Context, id, reader uuid.UUID) (r Resource, err error) {
	row := s.db.PG(ctx).QueryRow(ctx, `SELECT `+resourceColumns+`, r.doc, r.body_markdown`+resourceFrom+`WHERE r.id = $2`, reader, id)
	err = scanResource(row, &r, &r.Doc, &r.BodyMarkdown)
	return r, db.Err(err, "resource")
}

func (s store) resources(ctx context.Context, u auth.User, f ResourceFilter) ([]Resource, error) {
	q := &query{args: []any{u.ID}}
	where := []string{f.visible(u, q), f.in(f.Tab), f.collected(q)}
	for _, c := range facets {
		where = append(where, c.holds(f, q))
	}
	order := `r.id DESC`
	switch {
	case f.Sort == "best" && f.Found != nil:
		rank := `array_position(` + q.arg(f.Found) + `, r.id)`
		order = rank
		if f.After != nil {
			where = append(where, rank+` > `+q.arg(f.After.Rank))
		}
	case f.Sort == "used":
		order = `r.views DESC, r.id DESC`
		if f.After != nil {
			where = append(where, `(r.views, r.id) < (`+q.arg(f.After.Views)+`, `+q.arg(f.After.ID)+`)`)
		}
	case f.Sort == "rated":
		order = `coalesce(r.rating_score, 0) DESC, r.id DESC`
		if f.After != nil {
			where = append(where, `(coalesce(r.rating_score, 0), r.id) < (`+q.arg(f.After.Score)+`::real, `+q.arg(f.After.ID)+`)`)
		}
	case f.Sort == "title":
		order = `lower(r.title), r.id`
		if f.After != nil {
			where = append(where, `(lower(r.title), r.id) > (lower(`+q.arg(f.After.Title)+`), `+q.arg(f.After.ID)+`)`)
		}
	case f.After != nil:
		where = append(where, `r.id < `+q.arg(f.After.ID))
	}
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+resourceColumns+resourceFrom+`WHERE `+strings.Join(where, ` AND `)+` ORDER BY `+order+` LIMIT `+q.arg(f.Limit), q.args...)
	if err != nil {
		return nil, db.Err(err, "resource")
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (r Resource, err error) {
		return r, scanResource(row, &r)
	})
}

func (s store) addPublished(ctx context.Context, p Publication) error {
	t := p.Taxonomy.filled()
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO resources (id, title, summary, content_type, personas, stages, industries, products, regions, tags, doc, body_text,
		owner_id, shareable, public_url, published_at, review_due_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, now(), current_date + make_interval(months => $16))`,
		p.ResourceID, p.Title, p.Summary, p.ContentType, t.Personas, t.Stages, t.Industries, t.Products, t.Regions, t.Tags, p.Doc, p.Text, p.OwnerID, p.Shareable, p.PublicURL, p.reviewMonths())
	return db.Err(err, "resource")
}

func (s store) republish(ctx context.Context, p Publication) error {
	t := p.Taxonomy.filled()
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE resources SET title = $2, summary = $3, doc = $4, body_text = $5, shareable = $6, public_url = $7, version = version + 1,
		personas = $9, stages = $10, industries = $11, products = $12, regions = $13, tags = $14,
		state = CASE WHEN state = 'archived' THEN state ELSE 'live' END, published_at = now(), review_due_on = current_date + make_interval(months => $8), verified_at = NULL, verified_by = NULL, rev = rev + 1, updated_at = now() WHERE id = $1`,
		p.ResourceID, p.Title, p.Summary, p.Doc, p.Text, p.Shareable, p.PublicURL, p.reviewMonths(), t.Personas, t.Stages, t.Industries, t.Products, t.Regions, t.Tags)
	if err == nil && tag.RowsAffected() == 0 {
		return errs.New(errs.NotFound, "The resource of this draft is gone.")
	}
	return db.Err(err, "resource")
}

func (s store) replaceAssets(ctx context.Context, to comments.Object, assets []AttachedAsset) error {
	var b pgx.Batch
	b.Queue(`DELETE FROM asset_uses WHERE object_type = $1 AND object_id = $2`, to.Type, to.ID)
	for i, a := range assets {
		b.Queue(`INSERT INTO asset_uses (asset_id, object_type, object_id, position, caption) VALUES ($1, $2, $3, $4, $5)`, a.AssetID, to.Type, to.ID, i, a.Caption)
	}
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "file")
}

// filled has empty lists where there were none, as the columns want it.
func (t Taxonomy) filled() Taxonomy {
	for _, list := range []*[]string{&t.Personas, &t.Stages, &t.Industries, &t.Products, &t.Regions, &t.Tags} {
		if *list == nil {
			*list = []string{}
		}
	}
	return t
}

func (s store) viewed(ctx context.Context, id, user uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `WITH new AS (INSERT INTO resource_views (resource_id, user_id, day) VALUES ($1, $2, current_date) ON CONFLICT DO NOTHING RETURNING 1)
		UPDATE resources SET views = views + 1 WHERE id = $1 AND EXISTS (SELECT FROM new)`, id, user)
	return db.Err(err, "resource")
}

func (s store) updateResource(ctx context.Context, id uuid.UUID, rev int64, d Details) error {
	t := d.Taxonomy.filled()
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE resources SET title = $3, summary = $4, content_type = $5, lang = $6, public_url = $7, personas = $8, stages = $9, industries = $10,
		products = $11, regions = $12, tags = $13, shareable = $14, release_at = $15, expires_at = $16, review_due_on = $17, owner_id = $18, dates_zone = $19,
		state = CASE WHEN state = 'review_due' AND $17 > current_date THEN 'live' ELSE state END,
		download_inside = $20, download_outside = $21, rev = rev + 1, updated_at = now() WHERE id = $1 AND rev = $2`, id, rev, d.Title, d.Summary, d.ContentType, d.Lang, d.PublicURL, t.Personas, t.Stages, t.Industries,
		t.Products, t.Regions, t.Tags, d.Shareable, d.ReleaseAt, d.ExpiresAt, d.ReviewDueOn, d.OwnerID, d.DatesZone, d.Downloads.Inside, d.Downloads.Outside)
	if err != nil || tag.RowsAffected() == 1 {
		return db.Err(err, "resource")
	}
	var current int64
	if err := s.db.PG(ctx).QueryRow(ctx, `SELECT rev FROM resources WHERE id = $1`, id).Scan(&current); err != nil {
		return db.Err(err, "resource")
	}
	return errs.StaleRev(current)
}

func (s store) setArchived(ctx context.Context, id uuid.UUID, archived bool) (bool, error) {
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE resources SET state = CASE WHEN $2 THEN 'archived' ELSE 'live' END, successor_id = NULL, rev = rev + 1, updated_at = now()
		WHERE id = $1 AND (state = 'archived') <> $2`, id, archived)
	return err == nil && tag.RowsAffected() == 1, db.Err(err, "resource")
}

func (s store) favourite(ctx context.Context, id, user uuid.UUID, yes bool) error {
	q := `DELETE FROM favourites WHERE resource_id = $1 AND user_id = $2`
	if yes {
		q = `INSERT INTO favourites (resource_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`
	}
	_, err := s.db.PG(ctx).Exec(ctx, q, id, user)
	return db.Err(err, "resource")
}

// knowsType says whether the company has a type of content, or has published this resource as one.
func (s store) knowsType(ctx context.Context, id uuid.UUID, contentType string) (known bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT EXISTS (SELECT FROM content_types WHERE key = $2) OR EXISTS (SELECT FROM resources WHERE id = $1 AND content_type = $2)`, id, contentType).Scan(&known)
	return known, db.Err(err, "resource")
}
