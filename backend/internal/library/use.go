package library

import (
	"context"

	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/jobs"
)

// CountUse is the job that counts who looked at resources of late.
type CountUse struct{}

// Kind implements jobs.Args.
func (CountUse) Kind() string { return "count_use" }

// InsertOpts lets no second one wait.
func (CountUse) InsertOpts() jobs.InsertOpts { return jobs.InsertOpts{UniqueOpts: jobs.WhileWaiting()} }

// WorkCountUse is that job. Running it again changes nothing.
func (s *Service) WorkCountUse(ctx context.Context, _ CountUse) error { return s.store.countUse(ctx) }

// countUse counts people who are still here, once each.
func (s store) countUse(ctx context.Context) error {
	_, err := s.db.PG(ctx).Exec(ctx, `WITH seen AS MATERIALIZED (
			SELECT DISTINCT v.resource_id, v.user_id, u.side, u.team_id FROM resource_views v JOIN users u ON u.id = v.user_id
			WHERE v.day > current_date - 30 AND u.disabled_at IS NULL),
		teams AS (SELECT resource_id, jsonb_object_agg(team_id, n) AS teams FROM (
			SELECT resource_id, team_id, count(*) AS n FROM seen WHERE team_id IS NOT NULL GROUP BY 1, 2) t GROUP BY 1),
		counted AS (SELECT resource_id, count(*) AS people, count(*) FILTER (WHERE side = 'sales') AS sales, count(*) FILTER (WHERE side = 'marketing') AS marketing
			FROM seen GROUP BY 1),
		gone AS (DELETE FROM resource_use x WHERE NOT EXISTS (SELECT FROM counted c WHERE c.resource_id = x.resource_id))
		INSERT INTO resource_use AS x (resource_id, people, sales, marketing, teams)
		SELECT c.resource_id, c.people, c.sales, c.marketing, coalesce(t.teams, '{}') FROM counted c LEFT JOIN teams t USING (resource_id) ORDER BY 1
		ON CONFLICT (resource_id) DO UPDATE SET people = excluded.people, sales = excluded.sales, marketing = excluded.marketing, teams = excluded.teams
		WHERE (x.people, x.sales, x.marketing, x.teams) IS DISTINCT FROM (excluded.people, excluded.sales, excluded.marketing, excluded.teams)`)
	return db.Err(err, "resource")
}
