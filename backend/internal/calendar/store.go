package calendar

import (
	"context"

	"github.com/google/uuid"

	"byline/backend/internal/drafts"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

type store struct{ db *db.DB }

func (s store) one(ctx context.Context, sql string, args ...any) (f Feed, err error) {
	err = db.Err(s.db.PG(ctx).QueryRow(ctx, sql, args...).Scan(&f.Scope, &f.MadeAt, &f.FetchedAt), "feed")
	if errs.CodeOf(err) == errs.NotFound {
		err = errNoFeed
	}
	return f, err
}

func (s store) get(ctx context.Context, user uuid.UUID) (Feed, error) {
	return s.one(ctx, `SELECT scope, made_at, fetched_at FROM calendar_feeds WHERE user_id = $1`, user)
}

func (s store) put(ctx context.Context, user uuid.UUID, hash []byte, scope drafts.FeedScope) (Feed, error) {
	return s.one(ctx, `INSERT INTO calendar_feeds (user_id, secret_hash, scope) VALUES ($1, $2, $3)
		ON CONFLICT (user_id) DO UPDATE SET secret_hash = excluded.secret_hash, scope = excluded.scope, made_at = now(), fetched_at = NULL
		RETURNING scope, made_at, fetched_at`, user, hash, scope)
}

func (s store) setScope(ctx context.Context, user uuid.UUID, scope drafts.FeedScope) (Feed, error) {
	return s.one(ctx, `UPDATE calendar_feeds SET scope = $2 WHERE user_id = $1 RETURNING scope, made_at, fetched_at`, user, scope)
}

func (s store) delete(ctx context.Context, user uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM calendar_feeds WHERE user_id = $1`, user)
	return db.Err(err, "feed")
}

func (s store) open(ctx context.Context, hash []byte) (u auth.User, scope drafts.FeedScope, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT u.id, u.name, u.email, u.side, u.lead, u.admin, u.team_id, f.scope
		FROM calendar_feeds f JOIN users u ON u.id = f.user_id WHERE f.secret_hash = $1 AND u.disabled_at IS NULL`, hash).
		Scan(&u.ID, &u.Name, &u.Email, &u.Side, &u.Lead, &u.Admin, &u.TeamID, &scope)
	return u, scope, db.Err(err, "feed")
}

// fetched notes that a calendar came; once an hour is enough to see in the settings whether one does.
func (s store) fetched(ctx context.Context, user uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE calendar_feeds SET fetched_at = now() WHERE user_id = $1 AND (fetched_at IS NULL OR fetched_at < now() - interval '1 hour')`, user)
	return db.Err(err, "feed")
}
