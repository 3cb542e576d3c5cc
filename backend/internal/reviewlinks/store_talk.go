package reviewlinks

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/db"
)

// threads are those of a link, with their words.
func (s store) threads(ctx context.Context, link uuid.UUID) (map[uuid.UUID]string, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT thread_id, quote FROM review_threads WHERE link_id = $1`, link)
	if err != nil {
		return nil, db.Err(err, "thread")
	}
	quotes := map[uuid.UUID]string{}
	var id uuid.UUID
	var quote string
	_, err = pgx.ForEachRow(rows, []any{&id, &quote}, func() error { quotes[id] = quote; return nil })
	return quotes, db.Err(err, "thread")
}

func (s store) addThread(ctx context.Context, thread, link uuid.UUID, quote string) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO review_threads (thread_id, link_id, quote) VALUES ($1, $2, $3)`, thread, link, quote)
	return db.Err(err, "thread")
}

func (s store) hasThread(ctx context.Context, link, thread uuid.UUID) (yes bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT EXISTS (SELECT FROM review_threads WHERE link_id = $1 AND thread_id = $2)`, link, thread).Scan(&yes)
	return yes, db.Err(err, "thread")
}

// lock holds a link to the end of the transaction, and says whether it is still open.
func (s store) lock(ctx context.Context, link uuid.UUID) (open bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT revoked_at IS NULL AND expires_at > now() FROM review_links WHERE id = $1 FOR NO KEY UPDATE`, link).Scan(&open)
	return open, db.Err(err, "link")
}

func (s store) said(ctx context.Context, reviewer uuid.UUID, key string) (x Said, found bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT thread_id, comment_id FROM review_writes WHERE reviewer_id = $1 AND key = $2`, reviewer, key).Scan(&x.Thread, &x.Comment)
	if errors.Is(err, pgx.ErrNoRows) {
		return x, false, nil
	}
	return x, err == nil, db.Err(err, "comment")
}

func (s store) addSaid(ctx context.Context, reviewer uuid.UUID, key string, x Said) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO review_writes (reviewer_id, key, thread_id, comment_id) VALUES ($1, $2, $3, $4)`, reviewer, key, x.Thread, x.Comment)
	return db.Err(err, "comment")
}

// lately counts what one reviewer said in ten minutes, and everybody by the same link in an hour.
func (s store) lately(ctx context.Context, reviewer, link uuid.UUID) (mine, all int, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT count(*) FILTER (WHERE w.reviewer_id = $1 AND w.at > now() - interval '10 minutes'), count(*)
		FROM review_writes w JOIN reviewers r ON r.id = w.reviewer_id WHERE r.link_id = $2 AND w.at > now() - interval '1 hour'`, reviewer, link).Scan(&mine, &all)
	return mine, all, db.Err(err, "comment")
}
