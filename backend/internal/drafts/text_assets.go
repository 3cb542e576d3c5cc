package drafts

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"byline/backend/internal/coedit"
	"byline/backend/internal/comments"
)

// ShowAssets lets files stand in the text of a draft, for all who may read it, when the signed-in user may see them. They
// stay the text's even when they are taken out of it: versions show them, and Undo brings them back.
func (s *Service) ShowAssets(ctx context.Context, id uuid.UUID, assets []uuid.UUID) error {
	return s.library.Show(ctx, assets, comments.Object{Type: "draft_text", ID: id})
}

// showStart does so for the text that a draft begins with.
func (s *Service) showStart(ctx context.Context, id uuid.UUID, doc json.RawMessage) error {
	if doc == nil {
		return nil
	}
	n, err := coedit.Parse(doc)
	if err != nil {
		return err
	}
	return s.ShowAssets(ctx, id, n.Assets())
}
