package shares

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/links"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// open finds a share that is open at this moment, by the database's clock, and has something to show.
func (s store) open(ctx context.Context, hash []byte) (o open, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT s.id, u.id, u.name, u.title, s.recipient, s.organisation, s.email, s.note, s.passcode_hash, s.email_gate, s.domains, s.downloads, s.once, s.expires_at, s.opened_at, s.opened_by, s.title, now(), r.ids, r.sections
		FROM shares s JOIN users u ON u.id = s.owner_id
		CROSS JOIN LATERAL (SELECT coalesce(array_agg(n.id ORDER BY n.place), '{}') AS ids, coalesce(array_agg(n.section ORDER BY n.place), '{}') AS sections
		  FROM (SELECT resource_outside(x.resource_id) AS id, min(x.position) AS place, (array_agg(x.section ORDER BY x.position))[1] AS section
		    FROM share_resources x WHERE x.share_id = s.id GROUP BY 1) n WHERE n.id IS NOT NULL) r
		WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND (s.expires_at IS NULL OR s.expires_at > now()) AND NOT `+stopped, hash).
		Scan(&o.ID, &o.Owner, &o.OwnerName, &o.OwnerTitle, &o.Recipient, &o.Org, &o.Email, &o.Note, &o.passcode, &o.Gate, &o.domains, &o.Downloads, &o.Once, &o.ExpiresAt, &o.OpenedAt, &o.openedBy, &o.Heading, &o.now, &o.Resources, &o.sections)
	err = db.Err(err, "share")
	if errs.CodeOf(err) == errs.NotFound || (err == nil && len(o.Resources) == 0) {
		err = errClosed
	}
	return o, err
}

func (s store) passed(ctx context.Context, share uuid.UUID, device []byte) (ok bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT EXISTS (SELECT FROM share_devices WHERE share_id = $1 AND device = $2 AND passed_at IS NOT NULL)`, share, device).Scan(&ok)
	return ok, db.Err(err, "share")
}

// pass notes that a device gave the passcode, unless it was changed meanwhile.
func (s store) pass(ctx context.Context, share uuid.UUID, device []byte, hash string) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO share_devices (share_id, device, passed_at) SELECT id, $2, now() FROM shares WHERE id = $1 AND passcode_hash = $3
		ON CONFLICT (share_id, device) DO UPDATE SET passed_at = now()`, share, device, hash)
	return db.Err(err, "share")
}

func (s store) spend(ctx context.Context, share uuid.UUID, device []byte) (bool, error) {
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE shares SET opened_at = now(), opened_by = $2 WHERE id = $1 AND once AND (opened_at IS NULL OR opened_by = $2)`, share, device)
	return err == nil && tag.RowsAffected() == 1, db.Err(err, "share")
}

func (s store) countAttempt(ctx context.Context, bucket string) (n int, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `INSERT INTO share_attempts AS a (bucket, n) VALUES ($1, 1)
		ON CONFLICT (bucket) DO UPDATE SET n = CASE WHEN a.since < now() - interval '1 hour' THEN 1 ELSE a.n + 1 END,
		  since = CASE WHEN a.since < now() - interval '1 hour' THEN now() ELSE a.since END RETURNING n`, bucket).Scan(&n)
	return n, db.Err(err, "share")
}

func (s store) returnAttempt(ctx context.Context, bucket string) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE share_attempts SET n = n - 1 WHERE bucket = $1 AND n > 0`, bucket)
	return db.Err(err, "share")
}

// What of a day is counted at most for one share: a program that asks all the time fills no disk.
const maxVisitsPerDay = 1000

// visit counts a request. A person who is back within half an hour goes on with the visit that they began.
func (s store) visit(ctx context.Context, o open, device []byte, v Visitor, class links.Class, reasons []string, opened bool) (id uuid.UUID, err error) {
	if class == links.Human {
		err = s.db.PG(ctx).QueryRow(ctx, `UPDATE share_visits SET last_at = now(), opened = opened OR $3, address = CASE WHEN $4 = '' THEN address ELSE $4 END WHERE id =
			(SELECT id FROM share_visits WHERE share_id = $1 AND device = $2 AND class = 'human' AND last_at > now() - interval '30 minutes' ORDER BY id DESC LIMIT 1) RETURNING id`,
			o.ID, device, opened, o.address).Scan(&id)
		if err = db.Err(err, "visit"); err == nil || errs.CodeOf(err) != errs.NotFound {
			return id, err
		}
		if _, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO share_devices (share_id, device) VALUES ($1, $2) ON CONFLICT DO NOTHING`, o.ID, device); err != nil {
			return id, db.Err(err, "visit")
		}
	}
	id = db.NewID()
	tag, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO share_visits (id, share_id, device, class, reasons, rule_version, opened, agent, network, country, address)
		SELECT $1, $2, $3, $4, string_to_array($5, ','), $6, $7, $8, $9, $10, $12
		WHERE (SELECT count(*) FROM share_visits WHERE share_id = $2 AND at > now() - interval '1 day') < $11`,
		id, o.ID, device, string(class), strings.Join(reasons, ","), links.RuleVersion, opened, cut(v.Signals.Agent, 300), v.Network, v.Country, maxVisitsPerDay, o.address)
	if err == nil && tag.RowsAffected() == 0 {
		return uuid.Nil, nil
	}
	return id, db.Err(err, "visit")
}

func cut(s string, n int) string {
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "")
	if len(s) > n {
		s = strings.ToValidUTF8(s[:n], "")
	}
	return s
}

func (s store) keep(ctx context.Context, share uuid.UUID, device []byte, asset uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO share_downloads (id, share_id, device, asset_id) SELECT $1, $2, $3, $4
		WHERE (SELECT count(*) FROM share_downloads WHERE share_id = $2 AND at > now() - interval '1 day') < $5`, db.NewID(), share, device, asset, maxVisitsPerDay)
	return db.Err(err, "share")
}

// viewed moves the times of a share and says whether nobody had looked before.
func (s store) viewed(ctx context.Context, share uuid.UUID) (first bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `WITH before AS (SELECT id, first_view_at FROM shares WHERE id = $1 FOR UPDATE)
		UPDATE shares s SET first_view_at = coalesce(s.first_view_at, now()), last_view_at = now() FROM before WHERE before.id = s.id RETURNING before.first_view_at IS NULL`, share).Scan(&first)
	return first, db.Err(err, "share")
}

// forwarded is whether a second device reads a share, and that was not known before. The row is locked by viewed.
func (s store) forwarded(ctx context.Context, share uuid.UUID) (bool, error) {
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE shares SET forwarded_at = now() WHERE id = $1 AND forwarded_at IS NULL AND
		(SELECT count(DISTINCT coalesce(nullif(address, ''), encode(device, 'hex'))) FROM share_visits WHERE share_id = $1 AND class = 'human' AND opened AND seconds > 0) > 1`, share)
	return err == nil && tag.RowsAffected() == 1, db.Err(err, "share")
}

const (
	slack    = 2        // seconds by which clocks and networks may differ
	mostTold = 120      // seconds that one message may tell of
	mostRead = 8 * 3600 // seconds of one visit
)

// budget locks a visit of a device and gives the seconds that it can have read since it last said so.
func (s store) budget(ctx context.Context, share, visit uuid.UUID, device []byte) (int, error) {
	var seconds, total float64
	err := s.db.PG(ctx).QueryRow(ctx, `SELECT extract(epoch FROM clock_timestamp() - coalesce(beat_at, at))::float8, seconds FROM share_visits
		WHERE id = $1 AND share_id = $2 AND device = $3 AND class = 'human' AND opened FOR UPDATE`, visit, share, device).Scan(&seconds, &total)
	if err = db.Err(err, "visit"); errs.CodeOf(err) == errs.NotFound {
		err = errClosed
	}
	return max(0, min(int(seconds)+slack, mostTold, mostRead-int(total))), err
}

func (s store) read(ctx context.Context, visit uuid.UUID, reads []Read, total int) error {
	var b pgx.Batch
	b.Queue(`UPDATE share_visits SET seconds = seconds + $2, last_at = now(), beat_at = clock_timestamp() WHERE id = $1`, visit, total)
	for _, r := range reads {
		if r.Seconds == 0 {
			continue
		}
		b.Queue(`INSERT INTO share_reads AS x (visit_id, resource_id, asset_id, page, seconds) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (visit_id, resource_id, asset_id, page) DO UPDATE SET seconds = least(x.seconds + excluded.seconds, 86400)`, visit, r.Resource, r.Asset, r.Page, r.Seconds)
	}
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "visit")
}

// Visit is one visit of a person.
type Visit struct {
	ID      uuid.UUID
	At      time.Time
	LastAt  time.Time
	Seconds int
	Agent   string
	Country string
	Device  int    // 1 is the first that came
	Pages   int    // that were in sight
	Address string // that was shown to be theirs; "" where the share did not ask
}

// PageRead is how long all visits together had a page in sight.
type PageRead struct {
	Resource uuid.UUID
	Title    string
	Asset    uuid.UUID // uuid.Nil is the text
	File     string
	Page     int
	Pages    int // of the file
	Seconds  int
	Visits   int
}

// Download is a file that a person kept.
type Download struct {
	Asset  uuid.UUID
	Name   string
	At     time.Time
	Device int
}

// Reading is what became of a share.
type Reading struct {
	Visits    []Visit
	Pages     []PageRead
	Downloads []Download
	Requests  []links.Count // of everything, by class and reason
}

// Reading gives the views of a share that the signed-in user sees.
func (s *Service) Reading(ctx context.Context, id uuid.UUID) (r Reading, err error) {
	if _, err := s.Get(ctx, id); err != nil {
		return r, err
	}
	if r.Visits, err = s.store.visits(ctx, id); err != nil {
		return r, err
	}
	if r.Pages, err = s.store.pages(ctx, id); err != nil {
		return r, err
	}
	if r.Downloads, err = s.store.downloads(ctx, id); err != nil {
		return r, err
	}
	r.Requests, err = s.store.requests(ctx, id)
	return r, err
}

// devices numbers the devices of share $1 by when they first came.
const devices = `(SELECT device, row_number() OVER (ORDER BY first_at, device) AS n FROM share_devices WHERE share_id = $1)`

func (s store) visits(ctx context.Context, id uuid.UUID) ([]Visit, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT v.id, v.at, v.last_at, v.seconds, v.agent, v.country, coalesce(d.n, 0)::int, (SELECT count(*) FROM share_reads x WHERE x.visit_id = v.id)::int, v.address
		FROM share_visits v LEFT JOIN `+devices+` d ON d.device = v.device WHERE v.share_id = $1 AND v.class = 'human' AND v.opened ORDER BY v.id DESC LIMIT 200`, id)
	if err != nil {
		return nil, db.Err(err, "visit")
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Visit])
}

func (s store) pages(ctx context.Context, id uuid.UUID) ([]PageRead, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT x.resource_id, r.title, x.asset_id, coalesce(a.name, ''), x.page, coalesce(a.pages, 0), sum(x.seconds)::int, count(*)::int
		FROM share_reads x JOIN share_visits v ON v.id = x.visit_id JOIN resources r ON r.id = x.resource_id LEFT JOIN assets a ON a.id = x.asset_id
		LEFT JOIN share_resources o ON o.share_id = v.share_id AND o.resource_id = x.resource_id
		WHERE v.share_id = $1 GROUP BY 1, 2, 3, 4, 5, 6, o.position ORDER BY o.position, x.asset_id, x.page LIMIT 2000`, id)
	if err != nil {
		return nil, db.Err(err, "visit")
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[PageRead])
}

func (s store) downloads(ctx context.Context, id uuid.UUID) ([]Download, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT x.asset_id, a.name, x.at, coalesce(d.n, 0)::int FROM share_downloads x JOIN assets a ON a.id = x.asset_id
		LEFT JOIN `+devices+` d ON d.device = x.device WHERE x.share_id = $1 ORDER BY x.id DESC LIMIT 200`, id)
	if err != nil {
		return nil, db.Err(err, "visit")
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Download])
}

func (s store) requests(ctx context.Context, id uuid.UUID) ([]links.Count, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT class, coalesce(reasons[1], ''), agent, count(*) FROM share_visits WHERE share_id = $1 GROUP BY 1, 2, 3`, id)
	if err != nil {
		return nil, db.Err(err, "visit")
	}
	found := map[links.Count]int{}
	var c links.Count
	var agent string
	var n int
	if _, err := pgx.ForEachRow(rows, []any{&c.Class, &c.Reason, &agent, &n}, func() error {
		key := links.Count{Class: c.Class, Reason: c.Reason}
		if c.Class != links.Human {
			key.Who = links.RobotName(agent)
		}
		found[key] += n
		return nil
	}); err != nil {
		return nil, db.Err(err, "visit")
	}
	counts := make([]links.Count, 0, len(found))
	for key, n := range found {
		key.N = n
		counts = append(counts, key)
	}
	slices.SortFunc(counts, func(a, b links.Count) int {
		return cmp.Or(b.N-a.N, cmp.Compare(a.Class, b.Class), cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Who, b.Who))
	})
	return counts, nil
}
