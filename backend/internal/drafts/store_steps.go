package drafts

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/activity"
	"byline/backend/internal/contenttypes"
	"byline/backend/internal/platform/db"
)

func (s store) steps(ctx context.Context, draft uuid.UUID) ([]Step, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT st.step, st.due_on, st.started_at, st.finished_at, st.answered, u.id, coalesce(u.name, ''), coalesce(u.side, ''), u.picture_asset_id,
		(SELECT day_in(w.timezone, st.finished_at) FROM drafts d JOIN users w ON w.id = d.writer_id WHERE d.id = st.draft_id AND st.finished_at IS NOT NULL)
		FROM draft_steps st LEFT JOIN users u ON u.id = st.assignee_id WHERE st.draft_id = $1 ORDER BY draft_step_rank(st.step)`, draft)
	if err != nil {
		return nil, db.Err(err, "step")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (st Step, err error) {
		var p activity.Person
		var id uuid.NullUUID
		err = r.Scan(&st.Step, &st.DueOn, &st.StartedAt, &st.FinishedAt, &st.answered, &id, &p.Name, &p.Side, &p.Picture, &st.finishedOn)
		if p.ID = id.UUID; id.Valid {
			st.Assignee = &p
		}
		return st, err
	})
}

// setSteps writes days and people of steps, and that what was proposed has been answered.
func (s store) setSteps(ctx context.Context, draft uuid.UUID, days []StepDay) error {
	var b pgx.Batch
	for _, d := range days {
		b.Queue(`UPDATE draft_steps SET due_on = $3, assignee_id = $4 WHERE draft_id = $1 AND step = $2`, draft, d.Step, d.DueOn, d.AssigneeID)
	}
	b.Queue(`UPDATE draft_steps SET answered = true WHERE draft_id = $1 AND NOT answered`, draft)
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "step")
}

func (s store) planSteps(ctx context.Context, draft uuid.UUID, days map[contenttypes.Step]time.Time) error {
	var b pgx.Batch
	for step, on := range days {
		b.Queue(`UPDATE draft_steps SET due_on = $3 WHERE draft_id = $1 AND step = $2 AND due_on IS NULL`, draft, step, on)
	}
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "step")
}

// mayBeAsked says whether all these people see the draft.
func (s store) mayBeAsked(ctx context.Context, d Draft, people []uuid.UUID) (ok bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT NOT EXISTS (SELECT FROM unnest($1::uuid[]) p(id) LEFT JOIN users u ON u.id = p.id AND u.disabled_at IS NULL
		WHERE u.id IS NULL OR NOT (u.id = $2 OR EXISTS (SELECT FROM draft_people x WHERE x.draft_id = $3 AND x.user_id = u.id)
			OR NOT $4 AND (u.side = 'marketing' OR u.lead OR u.admin)))`, people, d.WriterID, d.ID, d.Confidential).Scan(&ok)
	return ok, db.Err(err, "person")
}
