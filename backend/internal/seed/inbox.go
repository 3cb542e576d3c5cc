package seed

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/activity"
	"byline/backend/internal/notify"
)

// fillInboxes does the work of the notification jobs in the order of what happened, so that inboxes tell the past: what
// is older than six days has been read. Without it, months of it would arrive unread within the first minute.
func (w *world) fillInboxes(ctx context.Context) error {
	if w.Notify == nil {
		return nil
	}
	type happened struct {
		ID   uuid.UUID
		Verb string
	}
	rows, err := w.DB.PG(ctx).Query(ctx, `SELECT id, verb FROM activities ORDER BY id`)
	if err != nil {
		return err
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[happened])
	if err != nil {
		return err
	}
	for _, a := range all {
		if len(notify.Consume(activity.Entry{Verb: a.Verb})) == 0 {
			continue
		}
		if err := w.Notify.Work(w.as(ctx, ""), notify.Args{ActivityID: a.ID}); err != nil {
			return err
		}
	}
	if _, err := w.DB.PG(ctx).Exec(ctx, `UPDATE notifications n SET created_at = a.at, read_at = CASE WHEN a.at < $1 THEN a.at + interval '3 hours' END
		FROM activities a WHERE a.id = n.activity_id`, w.now.Add(-6*24*time.Hour)); err != nil {
		return err
	}
	// the jobs of this transaction would find everything done; this saves the first minute of the demo the trouble
	_, err = w.DB.PG(ctx).Exec(ctx, `DELETE FROM river_job WHERE kind = $1`, notify.Args{}.Kind())
	return err
}
