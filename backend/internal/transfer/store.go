package transfer

import (
	"context"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/db"
)

type store struct{ db *db.DB }

// people finds who has which address here.
func (s store) people(ctx context.Context) (map[string]uuid.UUID, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT lower(email), id FROM users`)
	if err != nil {
		return nil, db.Err(err, "person")
	}
	found := map[string]uuid.UUID{}
	var email string
	var id uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&email, &id}, func() error { found[strings.TrimSpace(email)] = id; return nil })
	return found, db.Err(err, "person")
}
