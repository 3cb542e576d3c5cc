package checks

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/activity"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

type store struct{ db *db.DB }

const inUse = `r.state IN ('live', 'review_due') AND (r.expires_at IS NULL OR r.expires_at > now())`

// text is what a resource says, addresses and all.
const text = `(r.body_markdown || ' ' || coalesce(r.doc::text, '') || ' ' || r.public_url)`

const ownerGone = `(CASE WHEN r.owner_id IS NULL THEN ct.keeper_id IS NULL OR EXISTS (SELECT FROM users k WHERE k.id = ct.keeper_id AND k.disabled_at IS NOT NULL)
	ELSE EXISTS (SELECT FROM users k WHERE k.id = r.owner_id AND k.disabled_at IS NOT NULL) END)`

// from are the findings that are still true, of somebody's resources ($1; none is everybody's).
var from = ` FROM check_findings f JOIN resources r ON r.id = f.resource_id LEFT JOIN content_types ct ON ct.key = r.content_type LEFT JOIN users u ON u.id = r.owner_id
	LEFT JOIN resources o ON o.id = f.other_id
	WHERE f.dismissed_at IS NULL AND ` + inUse + ` AND ($1::uuid = '00000000-0000-0000-0000-000000000000' OR coalesce(r.owner_id, ct.keeper_id) = $1)
	AND CASE f.kind
		WHEN 'no_owner' THEN ` + ownerGone + `
		WHEN 'no_tags' THEN ` + library.Lacking + ` IS NOT NULL
		WHEN 'dead_link' THEN (SELECT links FROM check_settings) AND strpos(` + text + `, f.detail) > 0
		WHEN 'same_file' THEN o.state IN ('live', 'review_due') AND EXISTS (SELECT FROM asset_uses x JOIN assets a ON a.id = x.asset_id JOIN assets b ON b.sha256 = a.sha256 JOIN asset_uses y ON y.asset_id = b.id
			WHERE x.object_type = 'resource' AND x.object_id = r.id AND y.object_type = 'resource' AND y.object_id = o.id)
		ELSE o.state IN ('live', 'review_due') END `

func (s store) state(ctx context.Context, keeper uuid.UUID) (st State, err error) {
	st.Counts = map[string]int{}
	if err := s.db.PG(ctx).QueryRow(ctx, `SELECT links, ran_at FROM check_settings`).Scan(&st.Links, &st.RanAt); err != nil {
		return st, db.Err(err, "check")
	}
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT f.kind, count(*)::int`+from+`GROUP BY 1`, keeper)
	if err != nil {
		return st, db.Err(err, "check")
	}
	var kind string
	var n int
	_, err = pgx.ForEachRow(rows, []any{&kind, &n}, func() error { st.Counts[kind] = n; return nil })
	return st, db.Err(err, "check")
}

func (s store) list(ctx context.Context, keeper uuid.UUID, kind string, after uuid.UUID, limit int) ([]Finding, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT f.id, f.kind, r.id, r.title, r.rev, o.id, coalesce(o.title, ''), f.detail, f.note, f.found_at,
		CASE WHEN f.kind = 'no_tags' THEN `+library.Lacking+` END, u.id, coalesce(u.name, ''), coalesce(u.side, ''), u.picture_asset_id`+from+
		`AND f.kind = $2 AND ($3::uuid = '00000000-0000-0000-0000-000000000000' OR f.id < $3) ORDER BY f.id DESC LIMIT $4`, keeper, kind, after, limit)
	if err != nil {
		return nil, db.Err(err, "finding")
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (f Finding, err error) {
		var p activity.Person
		var owner uuid.NullUUID
		err = row.Scan(&f.ID, &f.Kind, &f.Resource, &f.Title, &f.Rev, &f.Other, &f.OtherName, &f.Detail, &f.Note, &f.FoundAt, &f.Missing, &owner, &p.Name, &p.Side, &p.Picture)
		if owner.Valid {
			p.ID = owner.UUID
			f.Owner = &p
		}
		return f, err
	})
}

const ofKeeper = `id = $1 AND resource_id IN (SELECT r.id FROM resources r LEFT JOIN content_types ct ON ct.key = r.content_type
	WHERE $2::uuid = '00000000-0000-0000-0000-000000000000' OR coalesce(r.owner_id, ct.keeper_id) = $2)`

func (s store) dismiss(ctx context.Context, id, keeper, by uuid.UUID, reason string) error {
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE check_findings SET dismissed_at = now(), dismissed_by = $3, reason = $4 WHERE `+ofKeeper, id, keeper, by, reason)
	return oneOf(tag.RowsAffected(), err)
}

func (s store) restore(ctx context.Context, id, keeper uuid.UUID) error {
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE check_findings SET dismissed_at = NULL, dismissed_by = NULL, reason = '' WHERE `+ofKeeper, id, keeper)
	return oneOf(tag.RowsAffected(), err)
}

func oneOf(n int64, err error) error {
	if err == nil && n == 0 {
		return errs.New(errs.NotFound, "There is no such finding any more.")
	}
	return db.Err(err, "finding")
}

func (s store) setLinks(ctx context.Context, on bool) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE check_settings SET links = $1`, on)
	return db.Err(err, "check")
}

// hold keeps other processes and jobs from checking at the same time: hosts would be asked twice as often as is polite. It is
// a lock of a connection, so a killed process holds nothing.
func (s store) hold(ctx context.Context) (release func(), held bool, err error) {
	conn, err := s.db.Pool().Acquire(ctx)
	if err != nil {
		return nil, false, db.Err(err, "check")
	}
	if err := conn.QueryRow(ctx, `SELECT pg_try_advisory_lock(hashtextextended('nightly checks', 0))`).Scan(&held); err != nil || !held {
		conn.Release()
		return nil, false, db.Err(err, "check")
	}
	return func() {
		ctx := context.WithoutCancel(ctx)
		if _, err := conn.Exec(ctx, `SELECT pg_advisory_unlock(hashtextextended('nightly checks', 0))`); err != nil {
			_ = conn.Conn().Close(ctx) // must not go back to the pool with the lock
		}
		conn.Release()
	}, true, nil
}

func (s store) begin(ctx context.Context) (run int64, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `UPDATE check_settings SET run = run + 1 RETURNING run`).Scan(&run)
	return run, db.Err(err, "check")
}

// end forgets what was not found again, unless it was dismissed: then it would come back as new.
func (s store) end(ctx context.Context, run int64, links bool) error {
	var b pgx.Batch
	b.Queue(`DELETE FROM check_findings WHERE run < $1 AND (dismissed_at IS NULL OR dismissed_at < now() - interval '1 year') AND ($2 OR kind <> 'dead_link')`, run, links)
	b.Queue(`DELETE FROM check_links WHERE tried_at < now() - interval '60 days'`)
	b.Queue(`UPDATE check_settings SET ran_at = now()`)
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "check")
}

const addFinding = `INSERT INTO check_findings (id, kind, resource_id, other_id, detail, note, run) VALUES ($1, $2, $3, $4, $5, $6, $7)
	ON CONFLICT (kind, resource_id, other_id, detail) DO UPDATE SET run = excluded.run, note = excluded.note`

type found struct {
	kind     string
	resource uuid.UUID
	other    uuid.NullUUID
	detail   string
	note     string
}

func (s store) add(ctx context.Context, run int64, all []found) error {
	for part := range slices.Chunk(all, 500) {
		var b pgx.Batch
		for _, f := range part {
			b.Queue(addFinding, db.NewID(), f.kind, f.resource, f.other, f.detail, f.note, run)
		}
		if err := s.db.PG(ctx).SendBatch(ctx, &b).Close(); err != nil {
			return db.Err(err, "finding")
		}
	}
	return nil
}

// findQuick finds what one statement each finds: the same bytes, no owner, no tags.
func (s store) findQuick(ctx context.Context, run int64) error {
	for kind, sql := range map[string]string{
		NoOwner: `SELECT r.id, NULL::uuid FROM resources r LEFT JOIN content_types ct ON ct.key = r.content_type WHERE ` + inUse + ` AND ` + ownerGone,
		NoTags:  `SELECT r.id, NULL::uuid FROM resources r WHERE ` + inUse + ` AND ` + library.Lacking + ` IS NOT NULL`,
		SameFile: `WITH files AS (SELECT a.sha256, r.id FROM resources r JOIN asset_uses x ON x.object_type = 'resource' AND x.object_id = r.id JOIN assets a ON a.id = x.asset_id
			WHERE a.sha256 IS NOT NULL AND a.size > 0 AND ` + inUse + `)
			SELECT DISTINCT id, oldest FROM (SELECT id, first_value(id) OVER (PARTITION BY sha256 ORDER BY id) AS oldest FROM files) f WHERE id <> oldest LIMIT 2000`,
	} {
		rows, err := s.db.PG(ctx).Query(ctx, sql)
		if err != nil {
			return db.Err(err, "finding")
		}
		var all []found
		f := found{kind: kind}
		if _, err := pgx.ForEachRow(rows, []any{&f.resource, &f.other}, func() error { all = append(all, f); return nil }); err != nil {
			return db.Err(err, "finding")
		}
		if err := s.add(ctx, run, all); err != nil {
			return err
		}
	}
	return nil
}

// texts gives what every resource in use says, with its files, a few at a time.
func (s store) texts(ctx context.Context, each func(id uuid.UUID, text string)) error {
	for after := uuid.Nil; ; {
		rows, err := s.db.PG(ctx).Query(ctx, `SELECT r.id, left(r.body_text || ' ' || coalesce((SELECT string_agg(left(p.text, 4000), ' ' ORDER BY x.position, p.page) FROM asset_uses x JOIN asset_pages p ON p.asset_id = x.asset_id
			WHERE x.object_type = 'resource' AND x.object_id = r.id AND p.page <= 50), ''), $2) FROM resources r WHERE r.id > $1 AND `+inUse+` ORDER BY r.id LIMIT 500`, after, mostText)
		if err != nil {
			return db.Err(err, "resource")
		}
		n := 0
		var words string
		if _, err := pgx.ForEachRow(rows, []any{&after, &words}, func() error { n++; each(after, words); return nil }); err != nil {
			return db.Err(err, "resource")
		}
		if n < 500 {
			return nil
		}
	}
}

func (s store) addNear(ctx context.Context, run int64, pairs [][2]uuid.UUID) error {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT resource_id FROM check_findings WHERE kind = 'same_file' AND run = $1`, run)
	if err != nil {
		return db.Err(err, "finding")
	}
	same, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID]) // the same bytes say the same: once is enough
	if err != nil {
		return db.Err(err, "finding")
	}
	var all []found
	for _, p := range pairs {
		if !slices.Contains(same, p[0]) {
			all = append(all, found{kind: NearText, resource: p[0], other: uuid.NullUUID{UUID: p[1], Valid: true}})
		}
	}
	return s.add(ctx, run, all)
}

// linksInTexts gives the addresses in texts, with the resources that name them.
func (s store) linksInTexts(ctx context.Context) (map[string][]uuid.UUID, error) {
	in := map[string][]uuid.UUID{}
	for after := uuid.Nil; ; {
		rows, err := s.db.PG(ctx).Query(ctx, `SELECT r.id, `+text+` FROM resources r WHERE r.id > $1 AND `+inUse+` ORDER BY r.id LIMIT 500`, after)
		if err != nil {
			return nil, db.Err(err, "resource")
		}
		n := 0
		var words string
		if _, err := pgx.ForEachRow(rows, []any{&after, &words}, func() error {
			n++
			for _, a := range addressesOf(words) {
				in[a] = append(in[a], after)
			}
			return nil
		}); err != nil {
			return nil, db.Err(err, "resource")
		}
		if n < 500 {
			return in, nil
		}
	}
}

// toAsk gives the addresses that are to be asked: new ones, those that failed, and what answered a week ago; the longest
// unasked first.
func (s store) toAsk(ctx context.Context, in map[string][]uuid.UUID, most int) (list []string, err error) {
	all := make([]string, 0, len(in))
	for a := range in {
		all = append(all, a)
	}
	slices.Sort(all)
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT a FROM unnest($1::text[]) a LEFT JOIN check_links l ON l.url = a
		WHERE l.url IS NULL OR l.failed_since IS NOT NULL OR l.tried_at < now() - interval '7 days' ORDER BY l.tried_at NULLS FIRST, a LIMIT $2`, all, most)
	if err != nil {
		return nil, db.Err(err, "link")
	}
	list, err = pgx.CollectRows(rows, pgx.RowTo[string])
	return list, db.Err(err, "link")
}

func (s store) answered(ctx context.Context, urls []string, note string, at time.Time) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO check_links (url, tried_at, failed_since, note) SELECT unnest($1::text[]), $2, CASE WHEN $3 <> '' THEN $2::timestamptz END, $3
		ON CONFLICT (url) DO UPDATE SET tried_at = excluded.tried_at, note = excluded.note,
			failed_since = CASE WHEN excluded.note <> '' THEN coalesce(check_links.failed_since, excluded.failed_since) END`, urls, at, note)
	return db.Err(err, "link")
}

// postponed has addresses asked after the others. What was known of them stays.
func (s store) postponed(ctx context.Context, urls []string, at time.Time) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO check_links (url, tried_at) SELECT unnest($1::text[]), $2 ON CONFLICT (url) DO UPDATE SET tried_at = excluded.tried_at`, urls, at)
	return db.Err(err, "link")
}

func (s store) addDead(ctx context.Context, run int64, in map[string][]uuid.UUID, before time.Time) error {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT url, note FROM check_links WHERE failed_since <= $1 ORDER BY url LIMIT 5000`, before)
	if err != nil {
		return db.Err(err, "link")
	}
	var all []found
	f := found{kind: DeadLink}
	if _, err := pgx.ForEachRow(rows, []any{&f.detail, &f.note}, func() error {
		for _, id := range in[f.detail] {
			f.resource = id
			all = append(all, f)
		}
		return nil
	}); err != nil {
		return db.Err(err, "link")
	}
	return s.add(ctx, run, all)
}
