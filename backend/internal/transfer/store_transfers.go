package transfer

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
)

const transferColumns = `t.id, t.kind, t.state, t.name, t.form, t.asset_ids, t.paths, t.done, t.total, t.problem, t.storage_key, t.size, t.expires_at, t.created_at, t.updated_at,
	u.id, u.name, u.side, u.picture_asset_id,
	coalesce((SELECT jsonb_object_agg(x.planned, x.n) FROM (SELECT planned, count(*) AS n FROM transfer_rows WHERE transfer_id = t.id GROUP BY planned) x), '{}'),
	coalesce((SELECT jsonb_object_agg(x.result, x.n) FROM (SELECT result, count(*) AS n FROM transfer_rows WHERE transfer_id = t.id AND result IS NOT NULL GROUP BY result) x), '{}')
	FROM transfers t JOIN users u ON u.id = t.person_id `

func scanTransfer(row pgx.CollectableRow) (t Transfer, err error) {
	return t, row.Scan(&t.ID, &t.Kind, &t.State, &t.Name, &t.Form, &t.AssetIDs, &t.Paths, &t.Done, &t.Total, &t.Problem, &t.storageKey, &t.Size, &t.ExpiresAt, &t.CreatedAt, &t.UpdatedAt,
		&t.Person.ID, &t.Person.Name, &t.Person.Side, &t.Person.Picture, &t.Planned, &t.Results)
}

func (s store) get(ctx context.Context, id uuid.UUID) (Transfer, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+transferColumns+`WHERE t.id = $1`, id)
	if err != nil {
		return Transfer{}, db.Err(err, "transfer")
	}
	t, err := pgx.CollectExactlyOneRow(rows, scanTransfer)
	return t, db.Err(err, "transfer")
}

func (s store) list(ctx context.Context, kind Kind, person uuid.UUID, all bool) ([]Transfer, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+transferColumns+`WHERE t.kind = $1 AND ($3 OR t.person_id = $2) ORDER BY t.id DESC LIMIT 25`, kind, person, all)
	if err != nil {
		return nil, db.Err(err, "transfer")
	}
	return pgx.CollectRows(rows, scanTransfer)
}

func (s store) exporting(ctx context.Context) (yes bool, err error) {
	if _, err := s.db.PG(ctx).Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('exports', 0))`); err != nil {
		return false, db.Err(err, "transfer")
	}
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT EXISTS (SELECT FROM transfers WHERE kind = 'export' AND state = 'running')`).Scan(&yes)
	return yes, db.Err(err, "transfer")
}

func (s store) add(ctx context.Context, t Transfer, person uuid.UUID) error {
	if t.AssetIDs == nil {
		t.AssetIDs = []uuid.UUID{}
	}
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO transfers (id, kind, person_id, state, name, asset_ids, paths) VALUES ($1, $2, $3, $4, $5, $6, coalesce($7, '{}'::text[]))`, t.ID, t.Kind, person, t.State, t.Name, t.AssetIDs, t.Paths)
	return db.Err(err, "transfer")
}

func (s store) lock(ctx context.Context, id uuid.UUID) error {
	var one int
	return db.Err(s.db.PG(ctx).QueryRow(ctx, `SELECT 1 FROM transfers WHERE id = $1 FOR UPDATE`, id).Scan(&one), "transfer")
}

// setState takes it from whoever works on it.
func (s store) setState(ctx context.Context, id uuid.UUID, to State) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE transfers SET done = CASE WHEN $2 = 'running' AND state = 'checked' THEN 0 ELSE done END, state = $2, problem = '', runner = CASE WHEN $2 = 'running' THEN NULL ELSE runner END, updated_at = now() WHERE id = $1`, id, to)
	return db.Err(err, "transfer")
}

// claim makes a run the one that works on a transfer, unless another one is at it.
func (s store) claim(ctx context.Context, w Work, silence time.Duration) (t Transfer, u auth.User, runs int, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `UPDATE transfers t SET runner = $2, runs = runs + CASE WHEN state = 'running' THEN 1 ELSE 0 END, updated_at = now()
		FROM users u WHERE t.id = $1 AND u.id = t.person_id AND u.disabled_at IS NULL AND t.state IN ('checking', 'running') AND (t.runner IS NULL OR t.runner = $2 OR t.updated_at < now() - $3::interval)
		RETURNING t.runs, u.id, u.name, u.email, u.side, u.lead, u.admin, u.team_id`, w.ID, w.Run, silence).Scan(&runs, &u.ID, &u.Name, &u.Email, &u.Side, &u.Lead, &u.Admin, &u.TeamID)
	if err != nil {
		return t, u, 0, db.Err(err, "transfer")
	}
	t, err = s.get(ctx, w.ID)
	return t, u, runs, err
}

func (s store) beat(ctx context.Context, id, run uuid.UUID, done, total int) (state State, mine bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `UPDATE transfers SET done = CASE WHEN runner = $2 AND $4 > 0 THEN $3 ELSE done END, total = CASE WHEN runner = $2 AND $4 > 0 THEN $4 ELSE total END,
		updated_at = CASE WHEN runner = $2 THEN now() ELSE updated_at END WHERE id = $1 RETURNING state, runner = $2`, id, run, done, total).Scan(&state, &mine)
	return state, mine, db.Err(err, "transfer")
}

func (s store) exported(ctx context.Context, id uuid.UUID, key string, size int64, until time.Time) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE transfers SET storage_key = $2, size = $3, expires_at = $4 WHERE id = $1`, id, key, size, until)
	return db.Err(err, "transfer")
}

func (s store) checked(ctx context.Context, id uuid.UUID, form string) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE transfers SET state = 'checked', form = $2, runner = NULL, updated_at = now() WHERE id = $1 AND state = 'checking'`, id, form)
	return db.Err(err, "transfer")
}

func (s store) finish(ctx context.Context, id uuid.UUID, state State, problem string) (bool, error) {
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE transfers SET state = $2, problem = $3, runner = NULL, updated_at = now() WHERE id = $1 AND state IN ('checking', 'running')`, id, state, problem)
	return err == nil && tag.RowsAffected() == 1, db.Err(err, "transfer")
}

// rowBatch writes what is planned, many rows at a time.
type rowBatch struct {
	store store
	id    uuid.UUID
	n     int
	rows  [][]any
}

func (b *rowBatch) add(ctx context.Context, r Row) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	b.n++
	b.rows = append(b.rows, []any{b.id, r.List, r.Line, b.n, r.SourceID, r.Title, string(r.Result), r.Reason, r.Explanation, idOf(r.ResourceID)})
	if len(b.rows) < 500 {
		return nil
	}
	return b.flush(ctx)
}

func (b *rowBatch) flush(ctx context.Context) error {
	_, err := b.store.db.PG(ctx).CopyFrom(ctx, pgx.Identifier{"transfer_rows"}, []string{"transfer_id", "list", "line", "position", "source_id", "title", "planned", "reason", "explanation", "resource_id"}, pgx.CopyFromRows(b.rows))
	b.rows = b.rows[:0]
	return db.Err(err, "row")
}

func idOf(text string) uuid.NullUUID {
	id, err := uuid.Parse(text)
	return uuid.NullUUID{UUID: id, Valid: err == nil}
}

func (s store) forgetRows(ctx context.Context, id uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM transfer_rows WHERE transfer_id = $1`, id)
	return db.Err(err, "row")
}

// doneRows are the lines that an earlier run did.
func (s store) doneRows(ctx context.Context, id uuid.UUID) (map[string]bool, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT list, line FROM transfer_rows WHERE transfer_id = $1 AND result IS NOT NULL`, id)
	if err != nil {
		return nil, db.Err(err, "row")
	}
	found := map[string]bool{}
	var list string
	var line int
	_, err = pgx.ForEachRow(rows, []any{&list, &line}, func() error { found[fmt.Sprint(list, "\x00", line)] = true; return nil })
	return found, db.Err(err, "row")
}

// didRow says what became of a line. A run after a kill finds what the one before had done just then: that is what was planned.
func (s store) didRow(ctx context.Context, id uuid.UUID, r Row, again bool) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO transfer_rows AS x (transfer_id, list, line, position, source_id, title, planned, result, reason, explanation, resource_id)
		VALUES ($1, $2, $3, coalesce((SELECT max(position) FROM transfer_rows WHERE transfer_id = $1), 0) + 1, $4, $5, $6, $6, $7, $8, $9)
		ON CONFLICT (transfer_id, list, line) DO UPDATE SET result = CASE WHEN $10 AND excluded.result = 'unchanged' AND x.planned IN ('created', 'updated') THEN x.planned ELSE excluded.result END,
			reason = excluded.reason, explanation = excluded.explanation, resource_id = excluded.resource_id WHERE x.result IS NULL`,
		id, r.List, r.Line, r.SourceID, r.Title, string(r.Result), r.Reason, r.Explanation, idOf(r.ResourceID), again)
	return db.Err(err, "row")
}

func (s store) rows(ctx context.Context, id uuid.UUID, results []string, after, limit int) ([]PlacedRow, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT position, list, line, source_id, title, planned, coalesce(result, planned), result IS NOT NULL, reason, explanation, coalesce(resource_id::text, '')
		FROM transfer_rows WHERE transfer_id = $1 AND position > $2 AND (cardinality($3::text[]) = 0 OR coalesce(result, planned) = ANY($3)) ORDER BY position LIMIT $4`, id, after, results, limit)
	if err != nil {
		return nil, db.Err(err, "row")
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (r PlacedRow, err error) {
		return r, row.Scan(&r.Position, &r.List, &r.Line, &r.SourceID, &r.Title, &r.Planned, &r.Result, &r.Done, &r.Reason, &r.Explanation, &r.ResourceID)
	})
}

// silent are transfers on which nobody works although somebody should.
func (s store) silent(ctx context.Context, silence time.Duration) ([]uuid.UUID, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT id FROM transfers WHERE state IN ('checking', 'running') AND updated_at < now() - $1::interval`, silence)
	if err != nil {
		return nil, db.Err(err, "transfer")
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

func (s store) expired(ctx context.Context, now time.Time) (map[uuid.UUID]string, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT id, storage_key FROM transfers WHERE storage_key <> '' AND expires_at <= $1`, now)
	if err != nil {
		return nil, db.Err(err, "transfer")
	}
	found := map[uuid.UUID]string{}
	var id uuid.UUID
	var key string
	_, err = pgx.ForEachRow(rows, []any{&id, &key}, func() error { found[id] = key; return nil })
	return found, db.Err(err, "transfer")
}

func (s store) forgetKey(ctx context.Context, id uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE transfers SET storage_key = '' WHERE id = $1`, id)
	return db.Err(err, "transfer")
}

func (s store) oldSources(ctx context.Context, before time.Time) ([]Transfer, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+transferColumns+`WHERE t.kind = 'import' AND cardinality(t.asset_ids) > 0 AND t.state NOT IN ('checking', 'running') AND t.updated_at < $1 LIMIT 100`, before)
	if err != nil {
		return nil, db.Err(err, "transfer")
	}
	return pgx.CollectRows(rows, scanTransfer)
}

func (s store) forgetSources(ctx context.Context, id uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE transfers SET asset_ids = '{}' WHERE id = $1`, id)
	return db.Err(err, "transfer")
}
