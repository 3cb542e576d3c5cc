package notify

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/db"
)

// Withdraw takes back what people are told of an activity, for a domain whose user undoes what they did: what nobody has read yet goes,
// and whoever has not been told by then is not told. It gives those who have read it, for whom it stays.
func (s *Service) Withdraw(ctx context.Context, activity uuid.UUID) (read []uuid.UUID, err error) {
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		read, err = s.store.withdraw(ctx, activity)
		return err
	})
	return read, err
}

// withdraw waits for the job of the activity where that writes just now, and the job for this: see add.
func (s store) withdraw(ctx context.Context, activity uuid.UUID) ([]uuid.UUID, error) {
	var one int
	if err := s.db.PG(ctx).QueryRow(ctx, `SELECT 1 FROM activities WHERE id = $1 FOR UPDATE`, activity).Scan(&one); err != nil {
		return nil, db.Err(err, "activity")
	}
	var b pgx.Batch
	b.Queue(`INSERT INTO notices_withdrawn (activity_id) VALUES ($1) ON CONFLICT DO NOTHING`, activity)
	b.Queue(`DELETE FROM notifications WHERE activity_id = $1 AND read_at IS NULL`, activity)
	if err := s.db.PG(ctx).SendBatch(ctx, &b).Close(); err != nil {
		return nil, db.Err(err, "notification")
	}
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT user_id FROM notifications WHERE activity_id = $1`, activity)
	if err != nil {
		return nil, db.Err(err, "notification")
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}
