package library

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/activity"
	"byline/backend/internal/comments"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Cover is the picture of a resource: of a page of one of its files, or an uploaded picture of its own (page 0).
type Cover struct {
	Asset uuid.NullUUID
	Page  int
}

// MaxCover is how many bytes an uploaded cover has, at most.
const MaxCover = 20 << 20

// coverTypes are the pictures that may be uploaded as covers. What is shown is always made anew from them.
var coverTypes = []string{"image/png", "image/jpeg", "image/webp"}

// The picture that was chosen for a resource r, as chosen.id and chosen.page, as far as it is still there: a page of a file
// that it has now, or a picture of its own of which one could be made.
const chosenCover = `LEFT JOIN LATERAL (SELECT a.id, r.cover_page AS page FROM assets a WHERE a.id = r.cover_asset_id AND CASE WHEN r.cover_page = 0
		THEN a.kind = 'image' AND a.preview_key <> '' AND EXISTS (SELECT FROM asset_uses x WHERE x.asset_id = a.id AND x.object_type = 'resource_cover' AND x.object_id = r.id)
		ELSE EXISTS (SELECT FROM asset_uses x WHERE x.asset_id = a.id AND x.object_type = 'resource' AND x.object_id = r.id)
			AND EXISTS (SELECT FROM asset_pictures p WHERE p.asset_id = a.id AND p.page = r.cover_page) END) chosen ON r.cover_asset_id IS NOT NULL `

func coverObject(id uuid.UUID) comments.Object {
	return comments.Object{Type: "resource_cover", ID: id}
}

// SetCover chooses the picture of a resource; a cover without a file takes the choice back. Stale when rev is not the
// current one.
func (s *Service) SetCover(ctx context.Context, id uuid.UUID, rev int64, c Cover) (Resource, error) {
	if _, err := s.Resource(ctx, id); err != nil {
		return Resource{}, err
	}
	if me := auth.From(ctx); !me.IsMarketer() && !me.Admin {
		return Resource{}, errs.New(errs.Forbidden, "Only marketing chooses the picture of a resource.")
	}
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lockResource(ctx, id); err != nil {
			return err
		}
		if err := s.checkCover(ctx, id, c); err != nil {
			return err
		}
		before, err := s.store.setCover(ctx, id, rev, c)
		if err != nil || before == c {
			return err
		}
		verb := "resource.cover_changed"
		if !c.Asset.Valid {
			verb = "resource.cover_removed"
		}
		return s.log.Record(ctx, activity.Entry{Verb: verb, ObjectType: "resource", ObjectID: id})
	})
	if err != nil {
		return Resource{}, err
	}
	return s.Resource(ctx, id)
}

// checkCover says what is wrong with a cover.
func (s *Service) checkCover(ctx context.Context, id uuid.UUID, c Cover) error {
	if !c.Asset.Valid {
		return nil
	}
	if c.Page > 0 {
		files, err := s.store.attached(ctx, resourceObject(id))
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(files, func(a Asset) bool { return a.ID == c.Asset.UUID }) {
			return errs.Field(errs.Invalid, "body.asset_id", "The resource has no such file.")
		}
		if _, err := s.store.pageLines(ctx, c.Asset.UUID, c.Page); errs.CodeOf(err) == errs.NotFound {
			return errs.Field(errs.Invalid, "body.page", "There is no picture of this page.")
		} else if err != nil {
			return err
		}
		return nil
	}
	a, err := s.Asset(ctx, c.Asset.UUID)
	if errs.CodeOf(err) == errs.NotFound { // of somebody else, but it has been the cover: they take a change back
		had, e := s.store.shown(ctx, coverObject(id))
		if e != nil {
			return e
		}
		if slices.Contains(had, c.Asset.UUID) {
			a, err = s.store.asset(ctx, c.Asset.UUID)
		}
	}
	refuse := func(format string, args ...any) error {
		return errs.Field(errs.Invalid, "body.asset_id", fmt.Sprintf(format, args...))
	}
	switch {
	case errs.CodeOf(err) == errs.NotFound:
		return refuse("No such file.")
	case err != nil:
		return err
	case a.State == Refused:
		return refuse("“%s” was not kept: %s", a.Name, a.Explanation)
	case !a.settled():
		return refuse("“%s” cannot be used: it is %s.", a.Name, a.State)
	case !slices.Contains(coverTypes, a.MediaType):
		return refuse("“%s” is no PNG, JPEG or WebP picture.", a.Name)
	case a.Size > MaxCover:
		return refuse("“%s” is too large: a cover has at most %d MB.", a.Name, MaxCover>>20)
	case a.PreviewKey == "":
		return refuse("“%s” cannot be shown: %s", a.Name, a.Explanation)
	}
	return nil
}

// coverFor is assetFor for the picture of a resource, which alone is shown to those who see it: the uploaded file stays
// with whoever has it.
func (s *Service) coverFor(ctx context.Context, id uuid.UUID, most time.Duration) (a Asset, left time.Duration, err error) {
	ids, err := s.store.coverOf(ctx, id)
	if err != nil {
		return a, 0, err
	}
	for _, resource := range ids {
		if _, err := s.Resource(ctx, resource); errs.CodeOf(err) == errs.NotFound {
			continue
		} else if err != nil {
			return a, 0, err
		}
		here, err := s.openFor(ctx, resource, most)
		if err != nil {
			return a, 0, err
		}
		left = max(left, here)
	}
	if left == 0 {
		return a, 0, errNoAsset
	}
	a, err = s.store.asset(ctx, id)
	return a, left, err
}

func (s store) coverOf(ctx context.Context, asset uuid.UUID) ([]uuid.UUID, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT r.id FROM resources r `+chosenCover+`WHERE r.cover_asset_id = $1 AND chosen.id = $1 AND chosen.page = 0 ORDER BY r.id LIMIT 50`, asset)
	if err != nil {
		return nil, db.Err(err, "resource")
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

// setCover gives the cover that there was. The resource must be locked.
func (s store) setCover(ctx context.Context, id uuid.UUID, rev int64, c Cover) (before Cover, err error) {
	var current int64
	if err := s.db.PG(ctx).QueryRow(ctx, `SELECT cover_asset_id, cover_page, rev FROM resources WHERE id = $1`, id).Scan(&before.Asset, &before.Page, &current); err != nil {
		return before, db.Err(err, "resource")
	}
	if current != rev {
		return before, errs.StaleRev(current)
	}
	if before == c {
		return before, nil
	}
	if err := s.putCover(ctx, id, before, c); err != nil {
		return before, err
	}
	_, err = s.db.PG(ctx).Exec(ctx, `UPDATE resources SET rev = rev + 1, updated_at = now() WHERE id = $1`, id)
	return before, db.Err(err, "resource")
}

// putCover changes nothing else of the resource.
func (s store) putCover(ctx context.Context, id uuid.UUID, before, c Cover) error {
	var b pgx.Batch
	b.Queue(`UPDATE resources SET cover_asset_id = $2, cover_page = $3 WHERE id = $1`, id, c.Asset, c.Page)
	b.Queue(`DELETE FROM asset_uses WHERE object_type = 'resource_cover' AND object_id = $1 AND asset_id IS DISTINCT FROM $2 AND asset_id IS DISTINCT FROM $3`, id, c.Asset, before.Asset)
	if c.Asset.Valid && c.Page == 0 {
		b.Queue(`INSERT INTO asset_uses (asset_id, object_type, object_id, position, caption) VALUES ($2, 'resource_cover', $1, 0, '') ON CONFLICT DO NOTHING`, id, c.Asset)
	}
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "resource")
}
