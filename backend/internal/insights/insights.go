// Package insights answers what came of the work: numbers with a definition next to each, human clicks apart from raw
// requests, and the path from an idea to its clicks. It only reads.
package insights

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/links"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Service computes numbers.
type Service struct{ db *db.DB }

// New makes the service.
func New(d *db.DB) *Service { return &Service{db: d} }

// Tally counts the requests of links.
type Tally struct {
	Human int           // people, as far as a request can show it
	Raw   int           // all requests
	Why   []links.Count // every class with its reasons, most frequent first
}

func (t *Tally) add(c links.Count) {
	t.Raw += c.N
	if c.Class == links.Human {
		t.Human += c.N
	}
	for i := range t.Why {
		if t.Why[i].Class == c.Class && t.Why[i].Reason == c.Reason && t.Why[i].Who == c.Who {
			t.Why[i].N += c.N
			return
		}
	}
	t.Why = append(t.Why, c)
}

// PostNumbers are the clicks of one post.
type PostNumbers struct {
	ID      uuid.UUID
	Title   string // of its resource, when the reader may see that; else the beginning of its text
	Network string
	State   string
	Tally   Tally
}

// IdeaNumbers are what became of one idea: the clicks of all posts about the resources that were made from it.
type IdeaNumbers struct {
	ID     uuid.UUID
	Title  string
	State  string
	Became string // title of the newest resource made from it that the reader may see, "" while there is none
	// BecameID is that resource's.
	BecameID uuid.NullUUID
	Shares   int
	Tally    Tally
}

// Sums are what is compared from one period to the next.
type Sums struct {
	IdeasFiled, IdeasPublished, PostsShared int
	Human                                   int // clicks
}

// Day are the requests of one day (UTC).
type Day struct {
	Day   time.Time
	Human int
	Other int
}

// Person are the numbers of one person.
type Person struct {
	AsOf   time.Time
	Since  time.Time
	Posts  []PostNumbers
	Ideas  []IdeaNumbers
	Total  Tally // of the posts
	Days   []Day // on which there were requests
	Sums   Sums  // since Since
	Before Sums  // of the same time before it
}

// OfPerson gives the numbers of one person for the last days: one's own; a sales lead's, those of their team; an
// administrator's, everybody's. Others than the person find only the posts that are out and the ideas that they may see.
func (s *Service) OfPerson(ctx context.Context, id uuid.UUID, days int) (Person, error) {
	me := auth.From(ctx)
	var team uuid.NullUUID
	if err := s.db.PG(ctx).QueryRow(ctx, `SELECT team_id FROM users WHERE id = $1`, id).Scan(&team); err != nil {
		return Person{}, db.Err(err, "person")
	}
	if id != me.ID && !me.Admin && (!me.LeadOf(auth.Sales) || !team.Valid || team != me.TeamID) {
		return Person{}, errs.New(errs.Forbidden, "Numbers of a person are for themselves, the sales lead of their team, and administrators.")
	}
	now := db.Now()
	p := Person{AsOf: now, Since: now.AddDate(0, 0, -days), Posts: []PostNumbers{}, Ideas: []IdeaNumbers{}}
	if err := s.posts(ctx, id, me, &p); err != nil {
		return p, err
	}
	if err := s.ideas(ctx, id, me, &p); err != nil {
		return p, err
	}
	mine, own := `p.owner_id = $3 AND ($4 OR p.shared_at IS NOT NULL)`, id == me.ID
	var err error
	if p.Days, err = s.days(ctx, p.Since, p.AsOf, mine, id, own); err != nil {
		return p, err
	}
	p.Sums, p.Before, err = s.sums(ctx, now, days, mine, `i.author_id = $3`, id, own)
	return p, err
}

func (s *Service) posts(ctx context.Context, owner uuid.UUID, reader auth.User, p *Person) error {
	rows, err := s.db.PG(ctx).Query(ctx, `
		WITH mine AS (SELECT p.id, coalesce(r.title, left(p.text, 80)) AS title, p.network, p.state FROM posts p LEFT JOIN resources r ON r.id = p.resource_id AND `+shown("$4")+`
		              WHERE p.owner_id = $1 AND p.state <> 'writing' AND (p.owner_id = $3 OR p.shared_at IS NOT NULL) ORDER BY p.id DESC LIMIT 200)
		SELECT m.id, m.title, m.network, m.state, h.class, coalesce(h.reasons[1], ''), `+robot+`, count(h.id)
		FROM mine m LEFT JOIN links l ON l.object_type = 'post' AND l.object_id = m.id LEFT JOIN hits h ON h.link_id = l.id AND h.at >= $2
		GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY m.id DESC, count(h.id) DESC`, owner, p.Since, reader.ID, seesAll(reader))
	if err != nil {
		return db.Err(err, "post")
	}
	var row PostNumbers
	var class *links.Class
	var c links.Count
	var agent string
	_, err = pgx.ForEachRow(rows, []any{&row.ID, &row.Title, &row.Network, &row.State, &class, &c.Reason, &agent, &c.N}, func() error {
		if n := len(p.Posts); n == 0 || p.Posts[n-1].ID != row.ID {
			p.Posts = append(p.Posts, row)
		}
		if class != nil {
			c.Class, c.Who = *class, links.RobotName(agent)
			p.Posts[len(p.Posts)-1].Tally.add(c)
			p.Total.add(c)
		}
		return nil
	})
	return db.Err(err, "post")
}

func (s *Service) ideas(ctx context.Context, author uuid.UUID, reader auth.User, p *Person) error {
	rows, err := s.db.PG(ctx).Query(ctx, `
		WITH mine AS (SELECT i.id, i.title, i.state, coalesce(i.merged_into, i.id) AS root FROM ideas i
		              WHERE i.author_id = $1 AND (i.visibility = 'everyone' OR i.author_id = $3 OR (i.visibility = 'team' AND i.team_id = $4)
		                OR (i.visibility = 'private' AND EXISTS (SELECT FROM idea_people x WHERE x.idea_id = i.id AND x.user_id = $3)))
		              ORDER BY i.id DESC LIMIT 200),
		-- ideas that were merged share their drafts, whichever of them a draft was made from
		path AS (SELECT DISTINCT m.id AS idea, p.id AS post, p.state FROM draft_ideas di JOIN ideas i ON i.id = di.idea_id
		         JOIN mine m ON m.root = coalesce(i.merged_into, i.id) JOIN drafts d ON d.id = di.draft_id JOIN posts p ON p.resource_id = d.resource_id),
		shares AS (SELECT idea, count(*) FILTER (WHERE state = 'shared') AS n FROM path GROUP BY 1),
		became AS (SELECT DISTINCT ON (m.id) m.id AS idea, r.id, r.title FROM draft_ideas di JOIN ideas i ON i.id = di.idea_id
		           JOIN mine m ON m.root = coalesce(i.merged_into, i.id) JOIN drafts d ON d.id = di.draft_id JOIN resources r ON r.id = d.resource_id
		           WHERE `+shown("$5")+` ORDER BY m.id, r.id DESC)
		SELECT m.id, m.title, m.state, b.id, coalesce(b.title, ''), coalesce(s.n, 0), h.class, coalesce(h.reasons[1], ''), `+robot+`, count(h.id)
		FROM mine m LEFT JOIN shares s ON s.idea = m.id LEFT JOIN became b ON b.idea = m.id LEFT JOIN path ON path.idea = m.id
		LEFT JOIN links l ON l.object_type = 'post' AND l.object_id = path.post LEFT JOIN hits h ON h.link_id = l.id AND h.at >= $2
		GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY m.id DESC, count(h.id) DESC`, author, p.Since, reader.ID, reader.TeamID, seesAll(reader))
	if err != nil {
		return db.Err(err, "idea")
	}
	var row IdeaNumbers
	var class *links.Class
	var c links.Count
	var agent string
	_, err = pgx.ForEachRow(rows, []any{&row.ID, &row.Title, &row.State, &row.BecameID, &row.Became, &row.Shares, &class, &c.Reason, &agent, &c.N}, func() error {
		if n := len(p.Ideas); n == 0 || p.Ideas[n-1].ID != row.ID {
			p.Ideas = append(p.Ideas, row)
		}
		if class != nil {
			c.Class, c.Who = *class, links.RobotName(agent)
			p.Ideas[len(p.Ideas)-1].Tally.add(c)
		}
		return nil
	})
	return db.Err(err, "idea")
}
