package library

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

func (s store) verify(ctx context.Context, r Resource, by uuid.UUID, days int) error {
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE resources SET state = 'live', verified_at = now(), verified_by = $2, rev = rev + 1, updated_at = now(),
		review_due_on = (current_date + CASE WHEN $3 > 0 THEN make_interval(days => $3) ELSE make_interval(months => $4) END)::date
		WHERE id = $1 AND state IN ('live', 'review_due')`, r.ID, by, days, r.ReviewMonths)
	if err == nil && tag.RowsAffected() == 0 {
		return errs.NotAllowedNow("Only a live resource can be verified.")
	}
	return db.Err(err, "resource")
}

func (s store) lockResource(ctx context.Context, id uuid.UUID) error {
	var one int
	return db.Err(s.db.PG(ctx).QueryRow(ctx, `SELECT 1 FROM resources WHERE id = $1 FOR UPDATE`, id).Scan(&one), "resource")
}

// nearReview is a resource whose review is near or due. Days are those of the time zone of its keeper.
type nearReview struct {
	ID      uuid.UUID
	DueOn   time.Time
	Keeper  uuid.NullUUID
	Left    int         // days
	Checked pgtype.Int4 // how many were left when somebody last said that it is right
	Given   pgtype.Int4 // the latest notice that went out: 28, 14 or 0
}

func (s store) nearReview(ctx context.Context, now time.Time) ([]nearReview, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT r.id, r.review_due_on, k.id, r.review_due_on - ($1 AT TIME ZONE z.name)::date, r.review_due_on - (r.verified_at AT TIME ZONE z.name)::date,
			(SELECT min(days) FROM resource_notices g WHERE g.resource_id = r.id AND g.due_on = r.review_due_on)
		FROM resources r LEFT JOIN content_types ct ON ct.key = r.content_type LEFT JOIN users k ON k.id = coalesce(r.owner_id, ct.keeper_id) AND k.disabled_at IS NULL
		CROSS JOIN LATERAL (SELECT coalesce(nullif(k.timezone, ''), 'UTC') AS name) z
		WHERE r.state = 'live' AND r.review_due_on <= ($1::timestamptz + interval '30 days')::date
		ORDER BY r.review_due_on, r.id`, now)
	if err != nil {
		return nil, db.Err(err, "resource")
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[nearReview])
}

// markDue says whether this call did it: another process may have, or somebody verified it meanwhile.
func (s store) markDue(ctx context.Context, n nearReview) (bool, error) {
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE resources SET state = 'review_due', rev = rev + 1, updated_at = now() WHERE id = $1 AND state = 'live' AND review_due_on = $2`, n.ID, n.DueOn)
	return err == nil && tag.RowsAffected() == 1, db.Err(err, "resource")
}

func (s store) addNotice(ctx context.Context, n nearReview, days int, at time.Time) (bool, error) {
	tag, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO resource_notices (resource_id, due_on, days, told_id, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`, n.ID, n.DueOn, days, n.Keeper, at)
	return err == nil && tag.RowsAffected() == 1, db.Err(err, "resource")
}

func (s store) toReview(ctx context.Context, keeper uuid.UUID, limit int) ([]Resource, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+resourceColumns+resourceFrom+`WHERE coalesce(r.owner_id, ct.keeper_id) = $1 AND r.state IN ('live', 'review_due')
		AND (r.state = 'review_due' OR r.review_due_on <= current_date + 14) AND (r.release_at IS NULL OR r.release_at <= now()) AND (r.expires_at IS NULL OR r.expires_at > now())
		ORDER BY r.review_due_on, r.id LIMIT $2`, keeper, limit)
	if err != nil {
		return nil, db.Err(err, "resource")
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (r Resource, err error) { return r, scanResource(row, &r) })
}

// reviewBoard counts use as people do: views, one per person and day, and human clicks on posts about it.
func (s store) reviewBoard(ctx context.Context, reader uuid.UUID, mine bool, now time.Time) (Board, error) {
	b := Board{Kept: []Kept{}, Counts: map[[2]bool]int{}}
	rows, err := s.db.PG(ctx).Query(ctx, `WITH looked AS (SELECT resource_id, count(*) AS n FROM resource_views WHERE day > $3::timestamptz::date - 90 GROUP BY 1),
		clicked AS (SELECT p.resource_id, count(*) AS n FROM posts p JOIN hits h ON h.link_id = p.link_id
			WHERE p.resource_id IS NOT NULL AND h.class = 'human' AND h.at > $3::timestamptz - interval '90 days' GROUP BY 1),
		kept AS MATERIALIZED (
			SELECT r.id, coalesce(r.owner_id, ct.keeper_id) AS keeper,
			  r.state = 'review_due' OR r.review_due_on <= $3::timestamptz::date
			  OR (r.review_due_on IS NULL AND coalesce(r.verified_at, r.published_at, r.created_at) < $3::timestamptz - make_interval(months => coalesce(ct.review_months, 12))) AS stale,
			  coalesce(looked.n, 0) + coalesce(clicked.n, 0) AS use
			FROM resources r LEFT JOIN content_types ct ON ct.key = r.content_type LEFT JOIN looked ON looked.resource_id = r.id LEFT JOIN clicked ON clicked.resource_id = r.id
			WHERE r.state IN ('live', 'review_due') AND (r.expires_at IS NULL OR r.expires_at > $3::timestamptz)),
		middle AS (SELECT greatest(3, coalesce(ceil(percentile_cont(0.5) WITHIN GROUP (ORDER BY use)), 3))::int AS hot_from FROM kept WHERE use > 0),
		parts AS (SELECT id, use, coalesce(stale, false) AS stale, use >= hot_from AS hot, hot_from,
			  row_number() OVER w AS place, count(*) OVER (PARTITION BY coalesce(stale, false), use >= hot_from) AS together
			FROM kept, middle WHERE NOT $2 OR keeper = $1
			WINDOW w AS (PARTITION BY coalesce(stale, false), use >= hot_from ORDER BY use DESC, id))
		SELECT id, use, stale, hot, hot_from, together FROM parts WHERE place <= $4 ORDER BY stale DESC, hot DESC, place`, reader, mine, now, boardPart)
	if err != nil {
		return b, db.Err(err, "resource")
	}
	var ids []uuid.UUID
	var k Kept
	var together int
	if _, err := pgx.ForEachRow(rows, []any{&k.ID, &k.Use, &k.Stale, &k.Hot, &b.HotFrom, &together}, func() error {
		ids, b.Kept = append(ids, k.ID), append(b.Kept, k)
		b.Counts[[2]bool{k.Stale, k.Hot}] = together
		return nil
	}); err != nil {
		return b, db.Err(err, "resource")
	}
	// the few that are shown are read apart: joined, all of the library would be
	if rows, err = s.db.PG(ctx).Query(ctx, `SELECT `+resourceColumns+resourceFrom+`WHERE r.id = ANY($2)`, reader, ids); err != nil {
		return b, db.Err(err, "resource")
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (r Resource, err error) { return r, scanResource(row, &r) })
	by := make(map[uuid.UUID]Resource, len(found))
	for _, r := range found {
		by[r.ID] = r
	}
	b.Kept = slices.DeleteFunc(b.Kept, func(k Kept) bool { _, ok := by[k.ID]; return !ok }) // gone between the two looks
	for i := range b.Kept {
		b.Kept[i].Resource = by[b.Kept[i].ID]
	}
	return b, db.Err(err, "resource")
}
