package insights

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/links"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
)

// postDays is how far back the days of a single post go.
const postDays = 90

// robot is what a request h called itself, where that says more than its class; people's browsers are not told apart.
const robot = `CASE WHEN h.class IN ('preview', 'scanner') THEN h.agent ELSE '' END`

// shown is the condition under which a reader may know of the resource r. It says the same as the resource center's own;
// all is the argument that says whether the reader sees what is archived, expired or not released, too.
func shown(all string) string {
	return `(` + all + ` OR (r.state IN ('live', 'review_due') AND (r.release_at IS NULL OR r.release_at <= now()) AND (r.expires_at IS NULL OR r.expires_at > now())))`
}

func seesAll(u auth.User) bool { return u.IsMarketer() || u.Admin }

// Post are the numbers of one post, from its first request on.
type Post struct {
	AsOf  time.Time
	Tally Tally
	Days  []Day // of the last three months, on which there were requests
}

// OfPost gives the numbers of a post, those of links that it had before included. Whether the reader may see the post is
// for the caller to check.
func (s *Service) OfPost(ctx context.Context, id uuid.UUID) (Post, error) {
	p := Post{AsOf: db.Now()}
	var err error
	if p.Tally, err = s.tally(ctx, time.Time{}, `p.id = $2`, id); err != nil {
		return p, err
	}
	p.Days, err = s.days(ctx, p.AsOf.AddDate(0, 0, -postDays), p.AsOf, `p.id = $3`, id)
	return p, err
}

// HumanClicks gives the clicks of people on posts; those without any are left out.
func (s *Service) HumanClicks(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]int, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT l.object_id, count(*) FROM links l JOIN hits h ON h.link_id = l.id
		WHERE l.object_type = 'post' AND l.object_id = ANY($1) AND h.class = 'human' GROUP BY 1`, ids)
	if err != nil {
		return nil, db.Err(err, "hit")
	}
	clicks := map[uuid.UUID]int{}
	var id uuid.UUID
	var n int
	_, err = pgx.ForEachRow(rows, []any{&id, &n}, func() error { clicks[id] = n; return nil })
	return clicks, db.Err(err, "hit")
}

// Piece is a resource that was made from an idea.
type Piece struct {
	ID     uuid.UUID
	Title  string
	Shares int // posts about it that were shared
	Human  int // clicks of people on them
}

// Idea is what became of one idea, since ever.
type Idea struct {
	AsOf   time.Time
	Shares int
	Tally  Tally
	Pieces []Piece
}

// fromIdea gives the resources made from the idea $1 or from ideas that were merged with it.
const fromIdea = `SELECT DISTINCT d.resource_id FROM ideas x JOIN ideas i ON coalesce(i.merged_into, i.id) = coalesce(x.merged_into, x.id)
	JOIN draft_ideas di ON di.idea_id = i.id JOIN drafts d ON d.id = di.draft_id WHERE d.resource_id IS NOT NULL AND x.id = `

// OfIdea gives what became of an idea: sums over all posts, so nobody's own numbers. They count what was made from it and is
// out of use by now, too; the pieces are those that the reader may see. Whether they may see the idea is for the caller to
// check.
func (s *Service) OfIdea(ctx context.Context, id uuid.UUID) (Idea, error) {
	n := Idea{AsOf: db.Now(), Pieces: []Piece{}}
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+shown("$2")+`, r.id, r.title, count(DISTINCT p.id) FILTER (WHERE p.shared_at IS NOT NULL), count(h.id) FILTER (WHERE h.class = 'human')
		FROM resources r LEFT JOIN posts p ON p.resource_id = r.id LEFT JOIN links l ON l.object_type = 'post' AND l.object_id = p.id LEFT JOIN hits h ON h.link_id = l.id
		WHERE r.id IN (`+fromIdea+`$1) GROUP BY r.id ORDER BY r.id DESC`, id, seesAll(auth.From(ctx)))
	if err != nil {
		return n, db.Err(err, "idea")
	}
	var piece Piece
	var visible bool
	if _, err = pgx.ForEachRow(rows, []any{&visible, &piece.ID, &piece.Title, &piece.Shares, &piece.Human}, func() error {
		n.Shares += piece.Shares
		if visible {
			n.Pieces = append(n.Pieces, piece)
		}
		return nil
	}); err != nil {
		return n, db.Err(err, "idea")
	}
	n.Tally, err = s.tally(ctx, time.Time{}, `p.resource_id IN (`+fromIdea+`$2)`, id)
	return n, err
}

// tally counts the requests of some posts p since a moment ($1), by class and reason.
func (s *Service) tally(ctx context.Context, since time.Time, where string, args ...any) (t Tally, err error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT h.class, coalesce(h.reasons[1], ''), `+robot+`, count(*) FROM posts p JOIN users o ON o.id = p.owner_id
		JOIN links l ON l.object_type = 'post' AND l.object_id = p.id JOIN hits h ON h.link_id = l.id
		WHERE h.at >= $1 AND `+where+` GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3`, append([]any{since}, args...)...)
	if err != nil {
		return t, db.Err(err, "hit")
	}
	var c links.Count
	var agent string
	_, err = pgx.ForEachRow(rows, []any{&c.Class, &c.Reason, &agent, &c.N}, func() error {
		c.Who = links.RobotName(agent)
		t.add(c)
		return nil
	})
	return t, db.Err(err, "hit")
}

// days counts the requests of some posts p between two moments ($1, $2) by day.
func (s *Service) days(ctx context.Context, from, to time.Time, where string, args ...any) ([]Day, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT (h.at AT TIME ZONE 'UTC')::date, count(*) FILTER (WHERE h.class = 'human'), count(*) FILTER (WHERE h.class <> 'human')
		FROM posts p JOIN users o ON o.id = p.owner_id JOIN links l ON l.object_type = 'post' AND l.object_id = p.id JOIN hits h ON h.link_id = l.id
		WHERE h.at >= $1 AND h.at <= $2 AND `+where+` GROUP BY 1 ORDER BY 1`, append([]any{from, to}, args...)...)
	if err != nil {
		return nil, db.Err(err, "hit")
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Day])
	return found, db.Err(err, "hit")
}

// sums gives what is compared between the last days and as many before, of some posts p (their owner is o) and some ideas i.
func (s *Service) sums(ctx context.Context, asOf time.Time, days int, posts, ideas string, args ...any) (now, before Sums, err error) {
	since := asOf.AddDate(0, 0, -days)
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT
		(SELECT count(*) FROM ideas i WHERE i.created_at >= t.since AND i.created_at < t.until AND `+ideas+`),
		(SELECT count(*) FROM ideas i WHERE i.state = 'published' AND i.updated_at >= t.since AND i.updated_at < t.until AND `+ideas+`),
		(SELECT count(*) FROM posts p JOIN users o ON o.id = p.owner_id WHERE p.shared_at >= t.since AND p.shared_at < t.until AND `+posts+`),
		(SELECT count(*) FROM posts p JOIN users o ON o.id = p.owner_id JOIN links l ON l.object_type = 'post' AND l.object_id = p.id
		   JOIN hits h ON h.link_id = l.id WHERE h.class = 'human' AND h.at >= t.since AND h.at < t.until AND `+posts+`)
		FROM (VALUES ($2::timestamptz, 'infinity'::timestamptz), ($1::timestamptz, $2::timestamptz)) t(since, until) ORDER BY t.since DESC`,
		append([]any{since.AddDate(0, 0, -days), since}, args...)...)
	if err != nil {
		return now, before, db.Err(err, "post")
	}
	periods, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Sums])
	if err != nil {
		return now, before, db.Err(err, "post")
	}
	return periods[0], periods[1], nil
}
