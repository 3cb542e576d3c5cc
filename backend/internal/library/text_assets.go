package library

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/coedit"
	"byline/backend/internal/comments"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Show makes files belong to a text in which they stand. What belongs to it already stays; anything else must be a file
// that the signed-in user may see, so that nobody reads strangers' files by naming them in a text of their own.
func (s *Service) Show(ctx context.Context, assets []uuid.UUID, in comments.Object) error {
	if len(assets) == 0 {
		return nil
	}
	have, err := s.store.shown(ctx, in)
	if err != nil {
		return err
	}
	for _, id := range assets {
		if slices.Contains(have, id) {
			continue
		}
		a, err := s.Asset(ctx, id)
		switch {
		case errs.CodeOf(err) == errs.NotFound:
			return errs.Field(errs.Invalid, "body.doc", "The text names a file that does not exist, or not for you.")
		case err != nil:
			return err
		case !a.settled():
			return errs.Field(errs.Invalid, "body.doc", "“"+a.Name+"” cannot stand in a text: it is "+string(a.State)+".")
		}
		if err := s.store.attach(ctx, id, in, 0, ""); err != nil {
			return err
		}
	}
	return nil
}

// showPublished gives the files in a published text to the readers of its resource, and takes away those that stood only
// in the text before. It was checked who may show them when they came into the draft.
func (s *Service) showPublished(ctx context.Context, p Publication) error {
	var assets []AttachedAsset
	if p.Doc != nil {
		n, err := coedit.Parse(p.Doc)
		if err != nil {
			return err
		}
		for _, id := range n.Assets() {
			assets = append(assets, AttachedAsset{AssetID: id})
		}
	}
	return s.store.replaceAssets(ctx, comments.Object{Type: "resource_text", ID: p.ResourceID}, assets)
}

func (s store) shown(ctx context.Context, in comments.Object) ([]uuid.UUID, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT asset_id FROM asset_uses WHERE object_type = $1 AND object_id = $2`, in.Type, in.ID)
	if err != nil {
		return nil, db.Err(err, "file")
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}
