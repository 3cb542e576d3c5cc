package demand

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/db"
	"byline/backend/internal/views"
)

// mark is how far the sweep has come.
type mark struct {
	seq int64
	at  time.Time
}

func (s store) mark(ctx context.Context) (m mark, ok bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT seq, at FROM demand_marks`).Scan(&m.seq, &m.at)
	if errors.Is(err, pgx.ErrNoRows) {
		return m, false, nil
	}
	return m, err == nil, db.Err(err, "mark")
}

func (s store) setMark(ctx context.Context, m mark) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO demand_marks (seq, at) VALUES ($1, $2) ON CONFLICT (one) DO UPDATE SET seq = excluded.seq, at = excluded.at`, m.seq, m.at)
	return db.Err(err, "mark")
}

// released gives the resources whose release came within a time.
func (s store) released(ctx context.Context, after, until time.Time) ([]uuid.UUID, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT id FROM resources WHERE release_at > $1 AND release_at <= $2 ORDER BY id LIMIT 1000`, after, until)
	if err != nil {
		return nil, db.Err(err, "resource")
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

// readable gives those of some resources that everybody may read now, and since when they are there.
func (s store) readable(ctx context.Context, ids []uuid.UUID, now time.Time) (map[uuid.UUID]time.Time, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT id, greatest(created_at, release_at) FROM resources WHERE id = ANY($1) AND state IN ('live', 'review_due')
		AND (release_at IS NULL OR release_at <= $2) AND (expires_at IS NULL OR expires_at > $2)`, ids, now)
	if err != nil {
		return nil, db.Err(err, "resource")
	}
	since := map[uuid.UUID]time.Time{}
	var id uuid.UUID
	var at time.Time
	_, err = pgx.ForEachRow(rows, []any{&id, &at}, func() error { since[id] = at; return nil })
	return since, db.Err(err, "resource")
}

// waits is a way in which a card was searched for without success since it was last answered.
type waits struct {
	card    uuid.UUID
	words   string
	nothing bool      // at least once there was no hit
	at      time.Time // of the last search
}

// unanswered is the condition on a search s of a card c that nobody has answered it since.
const unanswered = ` NOT s.opened AND c.dismissed_at IS NULL AND (c.answered_at IS NULL OR s.at > c.answered_at) `

func (s store) waiting(ctx context.Context) ([]waits, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT s.card_id, (array_agg(s.words ORDER BY s.at DESC))[1], bool_or(s.found = 0), max(s.at) FROM demand_searches s JOIN demand_cards c ON c.id = s.card_id
		WHERE`+unanswered+`GROUP BY s.card_id, s.key ORDER BY s.card_id, count(*) DESC, s.key LIMIT 5000`)
	if err != nil {
		return nil, db.Err(err, "card")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (w waits, err error) {
		return w, r.Scan(&w.card, &w.words, &w.nothing, &w.at)
	})
}

// linked gives the cards whose request became a piece that was published as one of some resources; of a request that was merged,
// the one that it went into counts.
func (s store) linked(ctx context.Context, resources []uuid.UUID) ([]answered, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT DISTINCT ON (c.id) c.id, d.resource_id FROM demand_cards c JOIN ideas i ON i.id = c.idea_id
			JOIN draft_ideas di ON di.idea_id IN (i.id, i.merged_into) JOIN drafts d ON d.id = di.draft_id
		WHERE d.resource_id = ANY($1) AND d.state = 'published' AND c.dismissed_at IS NULL AND (c.answered_at IS NULL OR d.state_changed_at > c.answered_at) ORDER BY c.id, d.state_changed_at DESC`, resources)
	if err != nil {
		return nil, db.Err(err, "card")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (answered, error) {
		a := answered{linked: true}
		return a, r.Scan(&a.card, &a.resource)
	})
}

// listeners notes that a card is answered and gives who is told now: nobody a second time of the same.
func (s store) listeners(ctx context.Context, a answered, now time.Time) ([]uuid.UUID, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `
		WITH card AS (SELECT * FROM demand_cards WHERE id = $1),
		followers AS (SELECT f.user_id FROM follows f JOIN card c ON f.object_type = 'idea' AND f.object_id = (SELECT coalesce(i.merged_into, i.id) FROM ideas i WHERE i.id = c.idea_id) WHERE NOT f.muted AND c.answered_at IS NULL),
		people AS (
			SELECT s.user_id FROM demand_searches s JOIN card c ON c.id = s.card_id WHERE s.user_id IS NOT NULL AND`+unanswered+`
			UNION SELECT user_id FROM followers)
		INSERT INTO demand_told (card_id, resource_id, user_id, at) SELECT $1, $2, p.user_id, $4 FROM people p
			WHERE NOT ($3 AND p.user_id IN (SELECT user_id FROM followers)) ORDER BY p.user_id ON CONFLICT DO NOTHING RETURNING user_id`, a.card, a.resource, a.linked, now)
	if err != nil {
		return nil, db.Err(err, "card")
	}
	people, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return nil, db.Err(err, "card")
	}
	_, err = s.db.PG(ctx).Exec(ctx, `UPDATE demand_cards SET resource_id = $2, answered_at = $3, updated_at = $3 WHERE id = $1`, a.card, a.resource, now)
	return people, db.Err(err, "card")
}

func (s store) forget(ctx context.Context, before, month time.Time) error {
	var b pgx.Batch
	b.Queue(`DELETE FROM demand_searches WHERE day < $1::date`, before)
	b.Queue(`DELETE FROM demand_told WHERE at < $1`, before)
	b.Queue(`DELETE FROM demand_cards c WHERE NOT EXISTS (SELECT FROM demand_searches s WHERE s.card_id = c.id)`)
	b.Queue(`DELETE FROM demand_keys WHERE month < $1`, month)
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "search")
}

// viewTold notes that somebody is told of a resource in a view, and says whether it is the first time.
func (s store) viewTold(ctx context.Context, l views.Listener, resource uuid.UUID, now time.Time) (bool, error) {
	tag, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO demand_view_told (user_id, view_id, resource_id, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`, l.User.ID, l.View, resource, now)
	return tag.RowsAffected() > 0, db.Err(err, "view")
}
