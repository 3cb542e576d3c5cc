package library

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
)

// visitEnds is after how long without a look a visit is over.
const visitEnds = 30 * time.Minute

// News is what is new to somebody.
type News struct {
	Since *time.Time // the end of their visit before this one; nil in their first
	Count int
	First []Resource // the newest of it
}

// Visit notes that the signed-in user looks at what is new, and gives what that is: since the end of their last visit.
// Within one visit nothing changes, however often they look.
func (s *Service) Visit(ctx context.Context, limit int) (n News, err error) {
	u, now := auth.From(ctx), s.now()
	if n.Since, err = s.store.visit(ctx, u.ID, now); err != nil || n.Since == nil {
		return n, err
	}
	ids, count, err := s.store.newSince(ctx, u, *n.Since, now, limit)
	if err != nil || len(ids) == 0 {
		return n, err
	}
	n.Count = count
	n.First, err = s.Resources(ctx, ResourceFilter{Found: ids, Sort: "best", Limit: limit})
	return n, err
}

// visit begins a new visit where the last one is over, and gives the end of the one before.
func (s store) visit(ctx context.Context, user uuid.UUID, now time.Time) (since *time.Time, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `INSERT INTO library_visits AS v (user_id, seen_at) VALUES ($1, $2) ON CONFLICT (user_id) DO UPDATE
		SET previous_at = CASE WHEN v.seen_at < $3 THEN v.seen_at ELSE v.previous_at END, seen_at = greatest(v.seen_at, $2) RETURNING previous_at`, user, now, now.Add(-visitEnds)).Scan(&since)
	return since, db.Err(err, "visit")
}

// newSince gives what somebody sees and could not see then: by when it was published, or released.
func (s store) newSince(ctx context.Context, u auth.User, since, now time.Time, limit int) (ids []uuid.UUID, count int, err error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT r.id, count(*) OVER () FROM resources r, LATERAL (SELECT greatest(coalesce(r.published_at, r.created_at), r.release_at) AS at) shown
		WHERE r.state IN ('live', 'review_due') AND (r.release_at IS NULL OR r.release_at <= $2) AND (r.expires_at IS NULL OR r.expires_at > $2)
		AND (r.published_at > $1 OR r.created_at > $1 OR r.release_at > $1) AND shown.at > $1 AND shown.at <= $2
		ORDER BY shown.at DESC, r.id DESC LIMIT $3`, since, now, limit)
	if err != nil {
		return nil, 0, db.Err(err, "resource")
	}
	ids, err = pgx.CollectRows(rows, func(r pgx.CollectableRow) (id uuid.UUID, err error) { return id, r.Scan(&id, &count) })
	return ids, count, db.Err(err, "resource")
}
