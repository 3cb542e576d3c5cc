package contenttypes

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/db"
)

type store struct{ db *db.DB }

// idOf names a type where an id is asked for: the name-based UUID of its key (RFC 9562, version 5).
func idOf(key string) uuid.UUID { return uuid.NewSHA1(uuid.NameSpaceOID, []byte("content_type "+key)) }

const columns = `key, name, description, brief, checklist, review_months, step_days, approval_mode, approvals_needed, approver_ids, remind_hours, escalate_hours, keeper_id, position, archived, rev, updated_at`

func scan(r pgx.CollectableRow) (t Type, err error) {
	return t, r.Scan(&t.Key, &t.Name, &t.Description, &t.Brief, &t.Checklist, &t.ReviewMonths, &t.StepDays, &t.Mode, &t.Needed, &t.Approvers, &t.RemindHours, &t.EscalateHours, &t.KeeperID,
		&t.Position, &t.Archived, &t.Rev, &t.UpdatedAt)
}

func (s store) list(ctx context.Context) ([]Type, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+columns+` FROM content_types ORDER BY archived, position, name`)
	if err != nil {
		return nil, db.Err(err, "type of content")
	}
	return pgx.CollectRows(rows, scan)
}

func (s store) get(ctx context.Context, key string, lock bool) (Type, error) {
	sql := `SELECT ` + columns + ` FROM content_types WHERE key = $1`
	if lock {
		sql += ` FOR UPDATE`
	}
	rows, err := s.db.PG(ctx).Query(ctx, sql, key)
	if err != nil {
		return Type{}, db.Err(err, "type of content")
	}
	t, err := pgx.CollectExactlyOneRow(rows, scan)
	return t, db.Err(err, "type of content")
}

// lockAll lets one change of the types go on at a time, and counts them.
func (s store) lockAll(ctx context.Context) (n int, err error) {
	if _, err := s.db.PG(ctx).Exec(ctx, `LOCK TABLE content_types IN SHARE ROW EXCLUSIVE MODE`); err != nil {
		return 0, db.Err(err, "type of content")
	}
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT count(*) FROM content_types`).Scan(&n)
	return n, db.Err(err, "type of content")
}

func (s store) active(ctx context.Context) (n int, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT count(*) FROM content_types WHERE NOT archived`).Scan(&n)
	return n, db.Err(err, "type of content")
}

func (s store) create(ctx context.Context, key string, in Input, by uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO content_types (key, name, description, brief, checklist, review_months, step_days, approval_mode, approvals_needed, approver_ids,
			remind_hours, escalate_hours, updated_by, keeper_id, position)
		SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, nullif($13::uuid, '00000000-0000-0000-0000-000000000000'), $14, coalesce(max(position), 0) + 1 FROM content_types`,
		key, in.Name, in.Description, in.Brief, in.Checklist, in.ReviewMonths, in.StepDays, in.Mode, in.Needed, in.Approvers, in.RemindHours, in.EscalateHours, by, in.KeeperID)
	return db.Err(err, "type of content")
}

func (s store) update(ctx context.Context, key string, in Input, by uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE content_types SET name = $2, description = $3, brief = $4, checklist = $5, review_months = $6, step_days = $7, approval_mode = $8,
		approvals_needed = $9, approver_ids = $10, remind_hours = $11, escalate_hours = $12, updated_by = nullif($13::uuid, '00000000-0000-0000-0000-000000000000'), keeper_id = $14, rev = rev + 1, updated_at = now() WHERE key = $1`,
		key, in.Name, in.Description, in.Brief, in.Checklist, in.ReviewMonths, in.StepDays, in.Mode, in.Needed, in.Approvers, in.RemindHours, in.EscalateHours, by, in.KeeperID)
	return db.Err(err, "type of content")
}

func (s store) archive(ctx context.Context, key string, archived bool, by uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE content_types SET archived = $2, updated_by = $3, rev = rev + 1, updated_at = now() WHERE key = $1`, key, archived, by)
	return db.Err(err, "type of content")
}

func (s store) arrange(ctx context.Context, keys []string) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE content_types t SET position = o.n FROM (
			SELECT c.key, row_number() OVER (ORDER BY k.n NULLS LAST, c.position, c.name) AS n
			FROM content_types c LEFT JOIN (SELECT key, min(n) AS n FROM unnest($1::text[]) WITH ORDINALITY k(key, n) GROUP BY key) k ON k.key = c.key) o
		WHERE o.key = t.key AND t.position <> o.n`, keys)
	return db.Err(err, "type of content")
}

func (s store) notActive(ctx context.Context, people []uuid.UUID) (missing bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT EXISTS (SELECT FROM unnest($1::uuid[]) p(id) WHERE NOT EXISTS (SELECT FROM users u WHERE u.id = p.id AND u.disabled_at IS NULL))`, people).Scan(&missing)
	return missing, db.Err(err, "person")
}
