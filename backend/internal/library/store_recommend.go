package library

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
)

// mostCandidates is how many resources are looked at for one list of recommendations, of each way to come by them.
const mostCandidates = 200

// candidateColumns are those of a resource r; $1 is the reader, $2 their team, $3 their side, $4 now. They are read with
// candidateFrom, which leaves out what is not for everybody, or not right, or was replaced.
const (
	candidateColumns = `r.id, r.tags || r.personas || r.industries || r.products, coalesce(su.people, 0) - me.n,
		coalesce(CASE $3::text WHEN 'sales' THEN su.sales ELSE su.marketing END, 0) - me.n,
		CASE WHEN $2::uuid IS NULL THEN 0 ELSE coalesce((su.teams->>$2::text)::int, 0) - me.n END, `
	candidateMore = `, r.ratings, coalesce(r.rating_sum / nullif(r.ratings, 0)::float8, 0),
		coalesce(r.published_at, r.created_at) > now() - interval '30 days', coalesce(r.verified_at > now() - interval '90 days', false)`
	candidateJoin = ` JOIN resources r ON r.id = c.id LEFT JOIN resource_use su ON su.resource_id = r.id
		LEFT JOIN LATERAL (SELECT count(*)::int AS n FROM (SELECT FROM resource_views x WHERE x.resource_id = r.id AND x.user_id = $1 AND x.day > current_date - 30 LIMIT 1) y) me ON true
		WHERE r.state = 'live' AND (r.release_at IS NULL OR r.release_at <= $4) AND (r.expires_at IS NULL OR r.expires_at > $4) `
)

func collectCandidates(rows pgx.Rows, err error) ([]candidate, error) {
	if err != nil {
		return nil, db.Err(err, "resource")
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[candidate])
}

// likes counts the values of what somebody read in 90 days or marked.
func (s store) likes(ctx context.Context, reader uuid.UUID) (map[string]int, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `WITH had AS (SELECT resource_id FROM resource_views WHERE user_id = $1 AND day > current_date - 90
			UNION SELECT resource_id FROM favourites WHERE user_id = $1)
		SELECT v, count(*) FROM had JOIN resources r ON r.id = had.resource_id, unnest(r.tags || r.personas || r.industries || r.products) v GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 100`, reader)
	if err != nil {
		return nil, db.Err(err, "resource")
	}
	likes := map[string]int{}
	var value string
	var n int
	_, err = pgx.ForEachRow(rows, []any{&value, &n}, func() error { likes[value] = n; return nil })
	return likes, db.Err(err, "resource")
}

// unread gives what is new and what colleagues use, and the reader has neither read nor marked.
func (s store) unread(ctx context.Context, u auth.User, now time.Time) ([]candidate, error) {
	return collectCandidates(s.db.PG(ctx).Query(ctx, `SELECT `+candidateColumns+`0`+candidateMore+` FROM (
			(SELECT id FROM resources WHERE state = 'live' ORDER BY id DESC LIMIT $5)
			UNION (SELECT resource_id FROM resource_use ORDER BY coalesce((teams->>$2::text)::int, 0) DESC, people DESC, resource_id LIMIT $5)) c`+candidateJoin+`
		AND NOT EXISTS (SELECT FROM resource_views x WHERE x.resource_id = r.id AND x.user_id = $1)
		AND NOT EXISTS (SELECT FROM favourites f WHERE f.resource_id = r.id AND f.user_id = $1) ORDER BY r.id DESC`, u.ID, u.TeamID, u.Side, now, mostCandidates))
}

// relatives gives what has a value of a resource, and what those read who read it.
func (s store) relatives(ctx context.Context, u auth.User, of Resource, now time.Time) ([]candidate, error) {
	t := of.Taxonomy.filled()
	return collectCandidates(s.db.PG(ctx).Query(ctx, `WITH readers AS (SELECT DISTINCT user_id FROM resource_views WHERE resource_id = $5 AND user_id <> $1 AND day > current_date - 90 LIMIT 500),
		too AS MATERIALIZED (SELECT v.resource_id, count(DISTINCT v.user_id)::int AS n FROM readers JOIN resource_views v USING (user_id) WHERE v.day > current_date - 90 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT $6)
		SELECT `+candidateColumns+`coalesce(too.n, 0)`+candidateMore+` FROM (
			SELECT resource_id AS id FROM too
			UNION (SELECT id FROM resources WHERE state = 'live' AND (tags && $7 OR personas && $8 OR industries && $9 OR products && $10) ORDER BY id DESC LIMIT $6)) c
		LEFT JOIN too ON too.resource_id = c.id`+candidateJoin+` AND r.id <> $5 ORDER BY r.id DESC`,
		u.ID, u.TeamID, u.Side, now, of.ID, mostCandidates, t.Tags, t.Personas, t.Industries, t.Products))
}
