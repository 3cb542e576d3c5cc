package seed

import (
	"context"
	"time"

	"byline/backend/internal/platform/db"
)

// clock puts past times on what the services have just written. They write the present; inside the one transaction of
// the seed every row since its start is new, so after each step all times since then become the step's own time, which
// is earlier than the start and is therefore never moved again.
type clock struct {
	db   *db.DB
	now  time.Time
	last time.Time
}

// frozen are the triggers that keep history from being changed: activities are append-only, versions never change,
// approvals and seals can only be voided. The clock has to touch the times of rows that nobody has seen yet. Disabling the triggers is part of the
// transaction, so no other session ever sees them off, and it needs the tables' owner only, whereas
// session_replication_role would need a superuser.
var frozen = [][2]string{{"activities", "activities_append_only"}, {"draft_versions", "draft_versions_are_history"},
	{"approvals", "approvals_are_history"}, {"post_seals", "post_seals_stay"}}

func startClock(ctx context.Context, d *db.DB, now time.Time) (*clock, error) {
	for _, f := range frozen {
		if _, err := d.PG(ctx).Exec(ctx, `ALTER TABLE `+f[0]+` DISABLE TRIGGER `+f[1]); err != nil {
			return nil, err
		}
	}
	// a minute earlier, in case the database's clock is behind ours
	_, err := d.PG(ctx).Exec(ctx, `
		CREATE FUNCTION pg_temp.demo_clock(since timestamptz, t timestamptz) RETURNS void LANGUAGE plpgsql AS $$
		BEGIN
		  -- what is checked at the end of a transaction is checked at the end of each step, as it was in life
		  SET CONSTRAINTS ALL IMMEDIATE;
		  SET CONSTRAINTS ALL DEFERRED;
		  UPDATE activities SET at = t WHERE at >= since;
		  UPDATE users SET updated_at = t WHERE updated_at >= since;
		  UPDATE comments SET created_at = t WHERE created_at >= since;
		  UPDATE comment_threads SET created_at = least(created_at, t), resolved_at = CASE WHEN resolved_at >= since THEN t ELSE resolved_at END WHERE created_at >= since OR resolved_at >= since;
		  UPDATE follows SET at = t WHERE at >= since;
		  UPDATE ideas SET created_at = least(created_at, t), updated_at = t WHERE updated_at >= since;
		  UPDATE ideas SET first_answer_at = t WHERE first_answer_at >= since;
		  UPDATE idea_votes SET at = t WHERE at >= since;
		  UPDATE idea_evidence SET created_at = t WHERE created_at >= since;
		  UPDATE draft_evidence SET picked_at = t WHERE picked_at >= since;
		  UPDATE assets SET created_at = least(created_at, t), updated_at = t WHERE updated_at >= since;
		  UPDATE assets SET look_asked_at = t WHERE look_asked_at >= since;
		  UPDATE resources SET created_at = least(created_at, t), updated_at = t, published_at = CASE WHEN published_at >= since THEN t ELSE published_at END,
		    verified_at = CASE WHEN verified_at >= since THEN t ELSE verified_at END WHERE updated_at >= since;
		  UPDATE resource_versions SET created_at = t WHERE created_at >= since;
		  UPDATE favourites SET at = t WHERE at >= since;
		  UPDATE collections SET created_at = least(created_at, t), updated_at = t WHERE updated_at >= since;
		  UPDATE resource_feedback SET created_at = least(created_at, t), answered_at = CASE WHEN answered_at >= since THEN t ELSE answered_at END WHERE created_at >= since OR answered_at >= since;
		  UPDATE check_findings SET found_at = t WHERE found_at >= since;
		  UPDATE bulk_edits SET at = t WHERE at >= since;
		  UPDATE search_synonyms SET updated_at = t WHERE updated_at >= since;
		  UPDATE taxonomy_values SET at = t WHERE at >= since;
		  UPDATE taxonomy_required SET at = t WHERE at >= since;
		  UPDATE library_visits SET seen_at = t WHERE seen_at >= since;
		  UPDATE resource_notices SET at = t WHERE at >= since;
		  UPDATE drafts SET created_at = least(created_at, t), updated_at = t, state_changed_at = least(state_changed_at, t) WHERE updated_at >= since;
		  UPDATE drafts SET calendar_changed_at = t WHERE calendar_changed_at >= since;
		  UPDATE views SET created_at = least(created_at, t), updated_at = t WHERE updated_at >= since;
		  UPDATE board_settings SET updated_at = t WHERE updated_at >= since;
		  UPDATE draft_steps SET started_at = least(started_at, t), finished_at = CASE WHEN finished_at >= since THEN t ELSE finished_at END WHERE started_at >= since OR finished_at >= since;
		  UPDATE draft_docs SET updated_at = t WHERE updated_at >= since;
		  UPDATE draft_commits SET at = t WHERE at >= since;
		  UPDATE draft_clients SET at = t WHERE at >= since;
		  UPDATE draft_snapshots SET at = t WHERE at >= since;
		  UPDATE draft_versions SET created_at = t WHERE created_at >= since;
		  UPDATE draft_milestones SET at = t WHERE at >= since;
		  UPDATE draft_looks SET at = t WHERE at >= since;
		  UPDATE approval_nudges SET at = t WHERE at >= since;
		  UPDATE absences SET created_at = t WHERE created_at >= since;
		  UPDATE approvals SET at = least(at, t), voided_at = CASE WHEN voided_at >= since THEN t ELSE voided_at END WHERE at >= since OR voided_at >= since;
		  UPDATE posts SET created_at = least(created_at, t), updated_at = t, shared_at = CASE WHEN shared_at >= since THEN t ELSE shared_at END WHERE updated_at >= since;
		  UPDATE post_seals SET at = least(at, t), voided_at = CASE WHEN voided_at >= since THEN t ELSE voided_at END WHERE at >= since OR voided_at >= since;
		  UPDATE shares SET created_at = least(created_at, t), updated_at = t WHERE updated_at >= since;
		  UPDATE shares SET forwarded_at = t WHERE forwarded_at >= since;
		  UPDATE shares SET revoked_at = t WHERE revoked_at >= since;
		  UPDATE shares SET first_view_at = least(first_view_at, t), last_view_at = t WHERE last_view_at >= since;
		  UPDATE share_devices SET first_at = t WHERE first_at >= since;
		  UPDATE share_visits SET at = least(at, t), last_at = t, beat_at = t WHERE last_at >= since;
		  UPDATE share_downloads SET at = t WHERE at >= since;
		  UPDATE view_tells v SET since = t WHERE v.since >= demo_clock.since;
		  UPDATE demand_settings SET updated_at = t WHERE updated_at >= since;
		  UPDATE demand_searches SET at = t, day = (t AT TIME ZONE 'UTC')::date WHERE at >= since;
		  UPDATE demand_cards SET created_at = least(created_at, t), updated_at = t, dismissed_at = CASE WHEN dismissed_at >= since THEN t ELSE dismissed_at END WHERE updated_at >= since;
		  UPDATE demand_cards SET answered_at = t WHERE answered_at >= since;
		  UPDATE demand_answers SET at = t WHERE at >= since;
		  UPDATE demand_told SET at = t WHERE at >= since;
		  UPDATE links SET created_at = t WHERE created_at >= since;
		END $$`)
	return &clock{db: d, now: now}, err
}

// next gives the moment of a step: in working hours of a weekday, and after the step before.
func (c *clock) next(day float64) time.Time {
	at := c.now.Add(-time.Duration(day * float64(24*time.Hour)))
	for at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
		at = at.Add(-24 * time.Hour)
	}
	if h := at.Hour(); h < 7 || h > 17 {
		at = at.Truncate(24 * time.Hour).Add(time.Duration(8+h%9)*time.Hour + time.Duration(at.Minute())*time.Minute)
	}
	if latest := c.now.Add(-10 * time.Minute); at.After(latest) {
		at = latest
	}
	if !at.After(c.last) {
		at = c.last.Add(time.Duration(40+c.last.Second()*3) * time.Second)
	}
	if latest := c.now.Add(-2 * time.Minute); at.After(latest) {
		at = latest
	}
	c.last = at
	return at
}

func (c *clock) set(ctx context.Context, at time.Time) error {
	_, err := c.db.PG(ctx).Exec(ctx, `SELECT pg_temp.demo_clock(least(now(), $1) - interval '1 minute', $2)`, c.now, at)
	return err
}

func (c *clock) stop(ctx context.Context) error {
	// what is still to be checked at the commit would forbid ALTER TABLE
	if _, err := c.db.PG(ctx).Exec(ctx, `SET CONSTRAINTS ALL IMMEDIATE`); err != nil {
		return err
	}
	for _, f := range frozen {
		if _, err := c.db.PG(ctx).Exec(ctx, `ALTER TABLE `+f[0]+` ENABLE TRIGGER `+f[1]); err != nil {
			return err
		}
	}
	_, err := c.db.PG(ctx).Exec(ctx, `DROP FUNCTION pg_temp.demo_clock`)
	return err
}
