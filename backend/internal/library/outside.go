package library

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/coedit"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// mayLoad refuses the file itself to those who may see the resource that it belongs to, but not keep a copy. Pictures,
// films and sound in place are seeing.
func (s *Service) mayLoad(ctx context.Context, a Asset, inline bool) error {
	me := auth.From(ctx)
	if a.OwnerID == me.ID || me.IsMarketer() || me.Admin || (inline && slices.Contains([]string{"image", "video", "audio"}, a.Kind)) {
		return nil
	}
	uses, err := s.store.assetUses(ctx, a.ID)
	if err != nil {
		return err
	}
	refused := false
	for _, u := range uses {
		if u.Type != "resource" && u.Type != "resource_text" {
			if ok, err := s.sees(ctx, u.Type, u.ID); err != nil || ok {
				return err
			}
			continue
		}
		r, err := s.Resource(ctx, u.ID)
		switch {
		case errs.CodeOf(err) == errs.NotFound:
		case err != nil:
			return err
		case r.MayKeep(me):
			return nil
		default:
			refused = true
		}
	}
	if refused {
		return errNoCopy
	}
	return nil
}

var errNoCopy = errs.New(errs.Forbidden, "This may be read here, but not downloaded. Ask its owner for a copy.")

// CheckKeep is an error when the signed-in user may see a resource, but not take its text along.
func CheckKeep(r Resource, u auth.User) error {
	if !r.MayKeep(u) {
		return errNoCopy
	}
	return nil
}

// Outside is a resource as a stranger may see it now.
type Outside struct {
	ID          uuid.UUID
	Title       string
	Summary     string
	ContentType string
	Lang        string
	Download    bool // its files may be kept
	ExpiresAt   *time.Time
	Files       []Asset // in order
	InText      []Asset // those that stand in its text
	doc         []byte
	markdown    string
}

// HTML renders the text, with the pictures and files in it where the caller has them.
func (o Outside) HTML(picture, file func(asset string) string) (string, error) {
	if o.doc == nil {
		return MarkdownHTML(o.markdown)
	}
	n, err := coedit.Parse(o.doc)
	if err != nil {
		return "", err
	}
	return n.HTMLAt(picture, file), nil
}

// Outside gives those of the resources that strangers may see at a moment, in the given order: shareable, released,
// neither expired nor archived. It asks for nobody's rights: the caller has checked a share.
func (s *Service) Outside(ctx context.Context, ids []uuid.UUID, now time.Time) ([]Outside, error) {
	return s.store.outside(ctx, ids, now)
}

// FileOutside gives an address of a file of Outside for a time; in place only where that is harmless.
func (s *Service) FileOutside(ctx context.Context, a Asset, inline bool, life time.Duration) (string, error) {
	switch as, _ := a.Leaves(); as {
	case LeavesNot:
		return "", errNoAsset
	case LeavesAsPDF:
		name, _ := a.KeptOutside()
		return s.blobs.SignGet(ctx, pagesKey(a), name, "application/pdf", false, life)
	}
	mediaType := a.MediaType
	if !a.Inline {
		inline, mediaType = false, "application/octet-stream"
	}
	return s.blobs.SignGet(ctx, a.StorageKey, a.Name, mediaType, inline, life)
}

func (s store) outside(ctx context.Context, ids []uuid.UUID, now time.Time) ([]Outside, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT r.id, r.title, r.summary, r.content_type, r.lang, r.download_outside, r.expires_at, r.doc, r.body_markdown FROM resources r
		WHERE r.id = ANY($1) AND r.shareable AND r.state IN ('live', 'review_due') AND (r.release_at IS NULL OR r.release_at <= $2) AND (r.expires_at IS NULL OR r.expires_at > $2)
		ORDER BY array_position($1, r.id)`, ids, now)
	if err != nil {
		return nil, db.Err(err, "resource")
	}
	defer rows.Close()
	var found []Outside
	place := map[uuid.UUID]int{}
	for rows.Next() {
		var o Outside
		if err := rows.Scan(&o.ID, &o.Title, &o.Summary, &o.ContentType, &o.Lang, &o.Download, &o.ExpiresAt, &o.doc, &o.markdown); err != nil {
			return nil, db.Err(err, "resource")
		}
		place[o.ID] = len(found)
		found = append(found, o)
	}
	if err := rows.Err(); err != nil || len(found) == 0 {
		return nil, db.Err(err, "resource")
	}
	files, err := s.db.PG(ctx).Query(ctx, `SELECT `+assetColumns+`, x.caption, x.object_type, x.object_id FROM asset_uses x JOIN assets a ON a.id = x.asset_id
		WHERE x.object_type IN ('resource', 'resource_text') AND x.object_id = ANY($1) AND a.state IN ('ready', 'limited') ORDER BY x.position, a.id`, ids)
	if err != nil {
		return nil, db.Err(err, "file")
	}
	defer files.Close()
	for files.Next() {
		var a Asset
		var kind string
		var of uuid.UUID
		if err := files.Scan(append(assetFields(&a), &a.Caption, &kind, &of)...); err != nil {
			return nil, db.Err(err, "file")
		}
		i, ok := place[of]
		switch {
		case !ok:
		case kind == "resource":
			found[i].Files = append(found[i].Files, a)
		default:
			found[i].InText = append(found[i].InText, a)
		}
	}
	return found, db.Err(files.Err(), "file")
}
