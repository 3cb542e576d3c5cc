package insights

import (
	"context"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Group are the numbers of the posts that have something in common.
type Group struct {
	Network  string          // or
	Resource Piece           // id and title, or
	Person   activity.Person // one of them
	Shares   int             // in the period
	Human    int
	Raw      int
}

// Overview are the numbers of a team or of the company.
type Overview struct {
	AsOf, Since  time.Time
	Team         string // whose it is; "" is the whole company's
	Sums, Before Sums
	Tally        Tally
	Days         []Day
	Networks     []Group
	Resources    []Group // that the reader may see, most clicked first, the first twenty
	People       []Group // for a sales lead and administrators only
}

const mostResources = 20

// Overview gives the numbers of the last days: marketing's and administrators', of the company; a sales lead's, of their
// team. People one by one are for the lead of their team and for administrators.
func (s *Service) Overview(ctx context.Context, days int) (Overview, error) {
	me := auth.From(ctx)
	now := db.Now()
	n := Overview{AsOf: now, Since: now.AddDate(0, 0, -days)}
	var team uuid.NullUUID
	switch {
	case me.Admin || me.IsMarketer():
	case me.LeadOf(auth.Sales):
		if team = me.TeamID; !team.Valid {
			return n, errs.New(errs.Forbidden, "You are in no team whose numbers could be shown.")
		}
		if err := s.db.PG(ctx).QueryRow(ctx, `SELECT name FROM teams WHERE id = $1`, team).Scan(&n.Team); err != nil {
			return n, db.Err(err, "team")
		}
	default:
		return n, errs.New(errs.Forbidden, "Numbers of others are for leads, marketing and administrators.")
	}
	var err error
	if n.Tally, err = s.tally(ctx, n.Since, `($2::uuid IS NULL OR o.team_id = $2)`, team); err != nil {
		return n, err
	}
	const posts, ideas = `($3::uuid IS NULL OR o.team_id = $3)`, `($3::uuid IS NULL OR i.author_id IN (SELECT u.id FROM users u WHERE u.team_id = $3))`
	if n.Days, err = s.days(ctx, n.Since, n.AsOf, posts, team); err != nil {
		return n, err
	}
	if n.Sums, n.Before, err = s.sums(ctx, now, days, posts, ideas, team); err != nil {
		return n, err
	}
	if err := s.groups(ctx, team, &n); err != nil {
		return n, err
	}
	if !me.Admin && !me.LeadOf(auth.Sales) {
		n.People = nil
	}
	return n, nil
}

// groups fills in networks, resources and people, from one pass over the posts.
func (s *Service) groups(ctx context.Context, team uuid.NullUUID, n *Overview) error {
	rows, err := s.db.PG(ctx).Query(ctx, `
		WITH post AS ( -- one row per post, so that a post with many requests is one share
		  SELECT p.network, p.resource_id, p.owner_id, (p.shared_at >= $2)::int AS share,
		    count(h.id) FILTER (WHERE h.class = 'human') AS human, count(h.id) AS raw
		  FROM posts p JOIN users o ON o.id = p.owner_id LEFT JOIN links l ON l.object_type = 'post' AND l.object_id = p.id
		  LEFT JOIN hits h ON h.link_id = l.id AND h.at >= $2
		  WHERE p.shared_at IS NOT NULL AND ($1::uuid IS NULL OR o.team_id = $1) GROUP BY p.id
		), grouped AS (
		  SELECT network, resource_id, owner_id, sum(share) AS shares, sum(human) AS human, sum(raw) AS raw FROM post
		  GROUP BY GROUPING SETS ((network), (resource_id), (owner_id))
		)
		SELECT coalesce(g.network, ''), r.id, coalesce(r.title, ''), u.id, coalesce(u.name, ''), coalesce(u.side, ''), u.picture_asset_id, g.shares, g.human, g.raw
		FROM grouped g LEFT JOIN resources r ON r.id = g.resource_id AND `+shown("$3")+` LEFT JOIN users u ON u.id = g.owner_id
		WHERE g.shares > 0 OR g.raw > 0 ORDER BY g.human DESC, g.shares DESC, r.id, u.id`, team, n.Since, seesAll(auth.From(ctx)))
	if err != nil {
		return db.Err(err, "post")
	}
	defer rows.Close()
	for rows.Next() {
		var g Group
		var resource, person uuid.NullUUID
		if err := rows.Scan(&g.Network, &resource, &g.Resource.Title, &person, &g.Person.Name, &g.Person.Side, &g.Person.Picture, &g.Shares, &g.Human, &g.Raw); err != nil {
			return db.Err(err, "post")
		}
		g.Resource.ID, g.Person.ID = resource.UUID, person.UUID
		switch {
		case g.Network != "":
			n.Networks = append(n.Networks, g)
		case person.Valid:
			n.People = append(n.People, g)
		case resource.Valid && len(n.Resources) < mostResources: // posts about nothing of ours, or nothing that the reader may see, have no row here
			n.Resources = append(n.Resources, g)
		}
	}
	return db.Err(rows.Err(), "post")
}
