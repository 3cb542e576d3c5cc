package links

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/db"
)

type store struct{ db *db.DB }

type hit struct {
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

// hit looks the link up and stores the hit in one statement: one round trip, and nothing is counted for a closed link.
func (s store) hit(ctx context.Context, code string, h hit) (l Link, err error) {
	l.Code = code
	err = s.db.PG(ctx).QueryRow(ctx, `WITH l AS (SELECT id, target, placement, object_type FROM links WHERE code = $1 AND active),
		h AS (INSERT INTO hits (id, link_id, class, reasons, rule_version, method, agent, referrer, address_hash, network)
		      SELECT $2, l.id, $3, $4, $5, $6, $7, $8, $9, $10 FROM l)
		SELECT target, placement, object_type FROM l`,
		code, h.ID, h.Class, h.Reasons, RuleVersion, h.Method, h.Agent, h.Referrer, h.AddressHash, h.Network).Scan(&l.Target, &l.Placement, &l.ObjectType)
	if errors.Is(err, pgx.ErrNoRows) {
		return l, errNoLink
	}
	return l, db.Err(err, "link")
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
