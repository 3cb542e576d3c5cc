package links

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/db"
)

type store struct {
	db  *db.DB
	now func() time.Time
}

type hit struct {
	Code        string
	ID          uuid.UUID
	Class       Class
	Reasons     []string
	Method      string
	Agent       string
	Referrer    string
	AddressHash []byte
	Network     string
}

func (s store) add(ctx context.Context, l Link) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO links (id, code, target, owner_id, placement, object_type, object_id, active) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		l.ID, l.Code, l.Target, l.OwnerID, l.Placement, l.ObjectType, l.ObjectID, l.Active)
	return db.Err(err, "link")
}

func (s store) get(ctx context.Context, id uuid.UUID) (l Link, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT id, code, target, owner_id, placement, object_type, object_id, active, created_at FROM links WHERE id = $1`, id).
		Scan(&l.ID, &l.Code, &l.Target, &l.OwnerID, &l.Placement, &l.ObjectType, &l.ObjectID, &l.Active, &l.CreatedAt)
	return l, db.Err(err, "link")
}

func (s store) setActive(ctx context.Context, id uuid.UUID, active bool) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE links SET active = $2 WHERE id = $1`, id, active)
	return db.Err(err, "link")
}

func (s store) retarget(ctx context.Context, id uuid.UUID, target, placement string) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE links SET target = $2, placement = $3 WHERE id = $1`, id, target, placement)
	return db.Err(err, "link")
}

// hits looks links up and stores the hits of those that are open, and whose post is about nothing that is not out yet or
// over; what was replaced leads to the public page of its successor. All in one statement: one round trip and one commit,
// and nothing is counted for a closed link. A link that is not found has no id. The list of codes is behind a SELECT, so that
// the planner cannot see how long it is and makes one plan for all lengths: planning took longer than all the rest.
func (s store) hits(ctx context.Context, batch []hit) ([]Link, error) {
	n := len(batch)
	codes, ids, classes, reasons, methods := make([]string, n), make([]uuid.UUID, n), make([]string, n), make([]string, n), make([]string, n)
	agents, referrers, addresses, networks := make([]string, n), make([]string, n), make([][]byte, n), make([]string, n)
	for i, h := range batch {
		codes[i], ids[i], classes[i], reasons[i], methods[i] = h.Code, h.ID, string(h.Class), strings.Join(h.Reasons, ","), h.Method
		agents[i], referrers[i], addresses[i], networks[i] = h.Agent, h.Referrer, h.AddressHash, h.Network
	}
	rows, err := s.db.Pool().Query(ctx, `WITH h AS (
			SELECT * FROM unnest((SELECT $1::text[]), $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bytea[], $9::text[])
				WITH ORDINALITY AS x(code, id, class, reasons, method, agent, referrer, address, network, n)),
		l AS (SELECT h.*, l.id AS link, CASE WHEN about.state = 'archived' THEN about.next ELSE l.target END AS target, l.placement, l.object_type
			FROM h JOIN links l ON l.code = h.code AND l.active
			LEFT JOIN LATERAL (SELECT r.id, r.state, r.release_at, r.expires_at,
					CASE WHEN r.state = 'archived' THEN (SELECT nullif(n.public_url, '') FROM resources n WHERE n.id = resource_outside(r.id)) END AS next
				FROM posts p JOIN resources r ON r.id = p.resource_id WHERE p.link_id = l.id LIMIT 1) about ON true
			WHERE about.id IS NULL OR (about.state <> 'archived' OR about.next IS NOT NULL)
				AND about.state <> 'expired' AND (about.release_at IS NULL OR about.release_at <= $11) AND (about.expires_at IS NULL OR about.expires_at > $11)),
		stored AS (INSERT INTO hits (id, link_id, class, reasons, rule_version, method, agent, referrer, address_hash, network)
			SELECT id, link, class, string_to_array(reasons, ','), $10, method, agent, referrer, address, network FROM l ORDER BY id)
		SELECT n::int - 1, link, target, placement, object_type FROM l`,
		codes, ids, classes, reasons, methods, agents, referrers, addresses, networks, RuleVersion, s.now())
	if err != nil {
		return nil, db.Err(err, "link")
	}
	found := make([]Link, n)
	var i int
	var l Link
	_, err = pgx.ForEachRow(rows, []any{&i, &l.ID, &l.Target, &l.Placement, &l.ObjectType}, func() error {
		l.Code = batch[i].Code
		found[i] = l
		return nil
	})
	return found, db.Err(err, "link")
}

func (s store) rescore(ctx context.Context) error {
	_, err := s.db.PG(ctx).Exec(ctx, `
		WITH recent AS ( -- what was judged so before still counts as company for what comes after it
		  SELECT id, link_id, at, address_hash, agent, class FROM hits
		  WHERE (class = 'human' OR reasons && ARRAY['repeat', 'burst']) AND at > now() - interval '1 day'
		), repeats AS (
		  SELECT b.id, 'repeat' AS reason FROM recent b WHERE b.class = 'human' AND EXISTS (SELECT FROM recent a
		    WHERE a.link_id = b.link_id AND a.address_hash = b.address_hash AND a.agent = b.agent AND a.id < b.id AND a.at > b.at - interval '30 seconds')
		), bursts AS (
		  SELECT b.id, 'burst' AS reason FROM recent b WHERE b.class = 'human' AND (SELECT count(DISTINCT a.link_id) FROM recent a
		    WHERE a.address_hash = b.address_hash AND a.at BETWEEN b.at - interval '10 seconds' AND b.at + interval '10 seconds') >= 4
		), found AS (
		  SELECT id, min(reason) AS reason FROM (SELECT * FROM repeats UNION ALL SELECT * FROM bursts) x GROUP BY id
		), kept AS (
		  INSERT INTO hit_scores (hit_id, class, reasons, rule_version) SELECT h.id, h.class, h.reasons, h.rule_version FROM hits h JOIN found USING (id)
		)
		UPDATE hits h SET class = CASE found.reason WHEN 'repeat' THEN 'unknown' ELSE 'scanner' END, reasons = ARRAY[found.reason], rule_version = $1
		FROM found WHERE found.id = h.id`, RuleVersion)
	return db.Err(err, "hit")
}

func (s store) counts(ctx context.Context, links []uuid.UUID) (map[uuid.UUID][]Count, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT link_id, class, coalesce(reasons[1], ''), count(*) FROM hits WHERE link_id = ANY($1) GROUP BY 1, 2, 3 ORDER BY 4 DESC`, links)
	if err != nil {
		return nil, db.Err(err, "hit")
	}
	counts := map[uuid.UUID][]Count{}
	var id uuid.UUID
	var c Count
	_, err = pgx.ForEachRow(rows, []any{&id, &c.Class, &c.Reason, &c.N}, func() error {
		counts[id] = append(counts[id], c)
		return nil
	})
	return counts, db.Err(err, "hit")
}
