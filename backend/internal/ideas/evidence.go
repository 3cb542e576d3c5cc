package ideas

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
)

// Found is a piece of evidence with the idea that it speaks for.
type Found struct {
	Evidence
	Idea       string // its title
	Visibility Visibility
}

// EvidenceOf lists what speaks for some ideas, as far as the signed-in user sees them. Of a merged idea it is with the one
// that it went into.
func (s *Service) EvidenceOf(ctx context.Context, ids []uuid.UUID) ([]Found, error) {
	ids, err := s.store.survivors(ctx, ids)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return s.store.evidenceOf(ctx, auth.From(ctx), ids)
}

func (s store) evidenceOf(ctx context.Context, u auth.User, ids []uuid.UUID) ([]Found, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT e.id, e.idea_id, e.kind, e.text, e.source, e.deal_value::float8, e.created_at, u.id, u.name, u.side, u.picture_asset_id, i.title, i.visibility
		FROM idea_evidence e JOIN ideas i ON i.id = e.idea_id JOIN users u ON u.id = e.author_id WHERE i.id = ANY($3) AND `+visible+` ORDER BY e.idea_id, e.id LIMIT 500`, u.ID, u.TeamID, ids)
	if err != nil {
		return nil, db.Err(err, "evidence")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (f Found, err error) {
		return f, r.Scan(&f.ID, &f.IdeaID, &f.Kind, &f.Text, &f.Source, &f.DealValue, &f.CreatedAt, &f.Author.ID, &f.Author.Name, &f.Author.Side, &f.Author.Picture, &f.Idea, &f.Visibility)
	})
}
