package comments

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
)

const threadColumns = `SELECT t.id, t.object_type, t.object_id, t.state, t.anchor_from, t.anchor_to, t.anchor_version, t.quote, t.detached, t.resolved_at, t.rev, t.created_at,
	(SELECT c.author_id FROM comments c WHERE c.thread_id = t.id ORDER BY c.id LIMIT 1),
	(SELECT count(*) FROM comments c WHERE c.thread_id = t.id AND c.deleted_at IS NULL),
	EXISTS (SELECT FROM review_threads r WHERE r.thread_id = t.id),
	u.id, coalesce(u.name, ''), coalesce(u.side, ''), u.picture_asset_id
	FROM comment_threads t LEFT JOIN users u ON u.id = t.resolved_by `

// alive is the SQL of whether somebody's words are left in a thread t.
const alive = `EXISTS (SELECT FROM comments c WHERE c.thread_id = t.id AND c.deleted_at IS NULL)`

func scanThread(row pgx.CollectableRow) (t Thread, err error) {
	var by uuid.NullUUID
	var p activity.Person
	var side string
	err = row.Scan(&t.ID, &t.Object.Type, &t.Object.ID, &t.State, &t.Anchor.From, &t.Anchor.To, &t.Anchor.Version, &t.Anchor.Quote, &t.Anchor.Detached, &t.ResolvedAt, &t.Rev, &t.CreatedAt,
		&t.StartedBy, &t.alive, &t.Outside, &by, &p.Name, &side, &p.Picture)
	if by.Valid {
		p.ID, p.Side = by.UUID, auth.Side(side)
		t.ResolvedBy = &p
	}
	return t, err
}

// threads gives those of a thing in which something is still said, the first one first. Of very many, it gives the newest.
func (s store) threads(ctx context.Context, o Object, state ThreadState, among []uuid.UUID) ([]Thread, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT * FROM (`+threadColumns+`WHERE t.object_type = $1 AND t.object_id = $2 AND ($3 = '' OR t.state = $3) AND ($5::uuid[] IS NULL OR t.id = ANY($5)) AND `+alive+`
		ORDER BY t.id DESC LIMIT $4) newest ORDER BY 1`, o.Type, o.ID, state, maxListed, among)
	if err != nil {
		return nil, db.Err(err, "thread")
	}
	list, err := pgx.CollectRows(rows, scanThread)
	return list, db.Err(err, "thread")
}

// anchors gives open threads of a thing with their ids and anchors alone.
func (s store) anchors(ctx context.Context, o Object) ([]Thread, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT t.id, t.anchor_from, t.anchor_to, t.anchor_version, t.quote, t.detached FROM comment_threads t
		WHERE t.object_type = $1 AND t.object_id = $2 AND t.state = 'open' AND `+alive+` ORDER BY t.id`, o.Type, o.ID)
	if err != nil {
		return nil, db.Err(err, "thread")
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (t Thread, err error) {
		a := &t.Anchor
		return t, row.Scan(&t.ID, &a.From, &a.To, &a.Version, &a.Quote, &a.Detached)
	})
	return list, db.Err(err, "thread")
}

// moveAnchors stores where anchors are at a later version, and says whether any was not stored by somebody else before.
// The rows are locked in the order of their ids, as several may do this at once.
func (s store) moveAnchors(ctx context.Context, list []Thread) (bool, error) {
	ids, from, to, versions, detached := []uuid.UUID{}, []int{}, []int{}, []int64{}, []bool{}
	for _, t := range list {
		a := t.Anchor
		ids, from, to, versions, detached = append(ids, t.ID), append(from, a.From), append(to, a.To), append(versions, a.Version), append(detached, a.Detached)
	}
	tag, err := s.db.PG(ctx).Exec(ctx, `WITH held AS (SELECT id FROM comment_threads WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE)
		UPDATE comment_threads t SET anchor_from = n.f, anchor_to = n.t, anchor_version = n.v, detached = n.d
		FROM unnest($1::uuid[], $2::int[], $3::int[], $4::bigint[], $5::boolean[]) n (id, f, t, v, d) JOIN held USING (id)
		WHERE t.id = n.id AND t.anchor_version < n.v`, ids, from, to, versions, detached)
	return tag.RowsAffected() > 0, db.Err(err, "thread")
}

// lockOpen counts the open threads of a thing; nobody else starts one there until the transaction ends.
func (s store) lockOpen(ctx context.Context, o Object) (n int, err error) {
	if _, err := s.db.PG(ctx).Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('thread ' || $1 || $2::text, 0))`, o.Type, o.ID); err != nil {
		return 0, db.Err(err, "thread")
	}
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT count(*) FROM comment_threads t WHERE t.object_type = $1 AND t.object_id = $2 AND t.state = 'open' AND `+alive, o.Type, o.ID).Scan(&n)
	return n, db.Err(err, "thread")
}

func (s store) addThread(ctx context.Context, t Thread) error {
	a := t.Anchor
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO comment_threads (id, object_type, object_id, anchor_from, anchor_to, anchor_version, quote, detached) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		t.ID, t.Object.Type, t.Object.ID, a.From, a.To, a.Version, a.Quote, a.Detached)
	return db.Err(err, "thread")
}

func (s store) thread(ctx context.Context, id uuid.UUID, lock bool) (Thread, error) {
	query := threadColumns + `WHERE t.id = $1`
	if lock {
		query += ` FOR NO KEY UPDATE OF t`
	}
	rows, err := s.db.PG(ctx).Query(ctx, query, id)
	if err != nil {
		return Thread{}, db.Err(err, "thread")
	}
	t, err := pgx.CollectExactlyOneRow(rows, scanThread)
	return t, db.Err(err, "thread")
}

// fill gives threads their comments.
func (s store) fill(ctx context.Context, list []Thread) error {
	ids, at := []uuid.UUID{}, map[uuid.UUID]int{}
	for i, t := range list {
		ids, at[t.ID] = append(ids, t.ID), i
	}
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+columns+said+`WHERE c.thread_id = ANY($1) AND c.deleted_at IS NULL ORDER BY c.id`, ids)
	if err != nil {
		return db.Err(err, "comment")
	}
	all, err := pgx.CollectRows(rows, scan)
	for _, c := range all {
		t := &list[at[c.ThreadID.UUID]]
		t.Comments = append(t.Comments, c)
	}
	return db.Err(err, "comment")
}

// writers are those who said something in a thread that still stands.
func (s store) writers(ctx context.Context, thread uuid.UUID) ([]uuid.UUID, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT DISTINCT author_id FROM comments WHERE thread_id = $1 AND author_id IS NOT NULL AND (deleted_at IS NULL
		OR id = (SELECT min(f.id::text)::uuid FROM comments f WHERE f.thread_id = $1))`, thread)
	if err != nil {
		return nil, db.Err(err, "comment")
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	return list, db.Err(err, "comment")
}

func (s store) setThread(ctx context.Context, id uuid.UUID, to ThreadState, by uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE comment_threads SET state = $2, rev = rev + 1,
		resolved_at = CASE WHEN $2 = 'resolved' THEN now() END, resolved_by = CASE WHEN $2 = 'resolved' THEN $3::uuid END WHERE id = $1`, id, to, by)
	return db.Err(err, "thread")
}

// threadOf says whose thread a comment is part of, if any.
func (s store) threadOf(ctx context.Context, comment uuid.UUID) (o Object, in bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT object_type, object_id, thread_id IS NOT NULL FROM comments WHERE id = $1`, comment).Scan(&o.Type, &o.ID, &in)
	return o, in, db.Err(err, "comment")
}
