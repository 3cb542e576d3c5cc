package library

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/db"
)

const feedbackFrom = `SELECT f.id, f.resource_id, r.title, f.kind, f.body, f.page, f.rating, f.version, f.state = 'open', f.answer, f.answered_at, f.created_at,
	u.id, u.name, u.side, u.picture_asset_id, f.answered_by, coalesce(a.name, ''), coalesce(a.side, ''), a.picture_asset_id, coalesce(r.owner_id, ct.keeper_id)
	FROM resource_feedback f JOIN resources r ON r.id = f.resource_id JOIN users u ON u.id = f.author_id LEFT JOIN users a ON a.id = f.answered_by
	LEFT JOIN content_types ct ON ct.key = r.content_type WHERE `

func (s store) feedback(ctx context.Context, where string, args ...any) ([]Feedback, error) {
	rows, err := s.db.PG(ctx).Query(ctx, feedbackFrom+where+` ORDER BY f.id DESC LIMIT 200`, args...)
	if err != nil {
		return nil, db.Err(err, "feedback")
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (f Feedback, err error) {
		var by uuid.NullUUID
		var answerer activity.Person
		err = row.Scan(&f.ID, &f.ResourceID, &f.ResourceTitle, &f.Kind, &f.Body, &f.Page, &f.Rating, &f.Version, &f.Open, &f.Answer, &f.AnsweredAt, &f.CreatedAt,
			&f.Author.ID, &f.Author.Name, &f.Author.Side, &f.Author.Picture, &by, &answerer.Name, &answerer.Side, &answerer.Picture, &f.keeper)
		if by.Valid {
			answerer.ID = by.UUID
			f.AnsweredBy = &answerer
		}
		return f, err
	})
}

func (s store) feedbackOf(ctx context.Context, id uuid.UUID) (Feedback, error) {
	all, err := s.feedback(ctx, `f.id = $1`, id)
	if err != nil || len(all) == 0 {
		return Feedback{}, db.Err(orNoRows(err), "feedback")
	}
	return all[0], nil
}

func orNoRows(err error) error {
	if err == nil {
		return pgx.ErrNoRows
	}
	return err
}

// feedbackToday counts what somebody said about a resource, and lets them say one thing at a time.
func (s store) feedbackToday(ctx context.Context, resource, author uuid.UUID) (n int, err error) {
	if _, err := s.db.PG(ctx).Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('feedback ' || $1::text || $2::text, 0))`, resource, author); err != nil {
		return 0, db.Err(err, "feedback")
	}
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT count(*) FROM resource_feedback WHERE resource_id = $1 AND author_id = $2 AND kind <> 'rating' AND created_at > now() - interval '1 day'`, resource, author).Scan(&n)
	return n, db.Err(err, "feedback")
}

func (s store) addFeedback(ctx context.Context, f Feedback) (id uuid.UUID, err error) {
	state := "answered"
	if f.Open {
		state = "open"
	}
	err = s.db.PG(ctx).QueryRow(ctx, `INSERT INTO resource_feedback (id, resource_id, author_id, kind, body, page, rating, version, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (resource_id, author_id) WHERE kind = 'rating' DO UPDATE SET rating = excluded.rating, body = excluded.body, version = excluded.version, created_at = now() RETURNING id`,
		f.ID, f.ResourceID, f.Author.ID, f.Kind, f.Body, f.Page, f.Rating, f.Version, state).Scan(&id)
	return id, db.Err(err, "feedback")
}

// sumRatings writes the ratings of a resource, whose row is locked before the rating changes, into its sums.
func (s store) sumRatings(ctx context.Context, resource uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE resources r SET ratings = x.n, rating_sum = x.sum
		FROM (SELECT count(rating) AS n, coalesce(sum(rating), 0) AS sum FROM resource_feedback WHERE resource_id = $1) x WHERE r.id = $1`, resource)
	return db.Err(err, "resource")
}

// answerFeedback says whether it did: without again it changes no answer that is there.
func (s store) answerFeedback(ctx context.Context, id, by uuid.UUID, answer string, again bool) (bool, error) {
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE resource_feedback SET state = 'answered', answer = $3, answered_by = $2, answered_at = now()
		WHERE id = $1 AND ($4 OR answer = '')`, id, by, answer, again)
	return err == nil && tag.RowsAffected() == 1, db.Err(err, "feedback")
}

func (s store) removeFeedback(ctx context.Context, id uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM resource_feedback WHERE id = $1`, id)
	return db.Err(err, "feedback")
}

func (s store) feedbackSum(ctx context.Context, resource, reader uuid.UUID) (sum FeedbackSum, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT count(rating), coalesce(avg(rating), 0)::float8, max(rating) FILTER (WHERE author_id = $2),
			(array_agg(id) FILTER (WHERE author_id = $2 AND kind = 'rating'))[1], count(*) FILTER (WHERE state = 'open')
		FROM resource_feedback WHERE resource_id = $1`, resource, reader).Scan(&sum.Ratings, &sum.Average, &sum.Mine, &sum.MineID, &sum.Open)
	return sum, db.Err(err, "feedback")
}
