package drafts

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
)

// FeedEvent is one day of a draft, as calendars outside show it.
type FeedEvent struct {
	DraftID      uuid.UUID
	Title        string
	ContentType  string
	State        State
	Step         State // the step that is due; Published is the day on which the piece goes public
	On           time.Time
	Who          string // whose the step is; the writer's when nobody's by name
	Confidential bool
	Sequence     int       // grows with every change that a calendar shows
	ChangedAt    time.Time // of that
}

// FeedScope is which drafts a feed has, of those whose text its reader may read.
type FeedScope string

// The scopes.
const (
	FeedMine     FeedScope = "mine"     // writer, contributor, approver, or a step is theirs
	FeedFollowed FeedScope = "followed" // also those that one follows
	FeedAll      FeedScope = "all"
)

// mostEvents is how many a feed holds, the earliest first. They begin a year back.
const mostEvents = 2000

// Feed gives the days of drafts whose text the user may read now: when the open steps are due, and when a draft goes
// public, which is its last. What is archived has none.
func (s *Service) Feed(ctx context.Context, scope FeedScope) ([]FeedEvent, error) {
	return s.store.feed(ctx, auth.From(ctx), scope)
}

func (s store) feed(ctx context.Context, u auth.User, scope FeedScope) ([]FeedEvent, error) {
	where, args, arg := conditions(u, Filter{})
	if scope != FeedAll {
		where = append(where, `(d.writer_id = $1 OR EXISTS (SELECT FROM draft_people p WHERE p.draft_id = d.id AND p.user_id = $1)
			OR EXISTS (SELECT FROM draft_steps s WHERE s.draft_id = d.id AND s.assignee_id = $1 AND s.finished_at IS NULL)
			OR `+arg(scope == FeedFollowed)+` AND EXISTS (SELECT FROM follows f WHERE f.object_type = 'draft' AND f.object_id = d.id AND f.user_id = $1 AND NOT f.muted))`)
	}
	sql := `SELECT d.id, d.title, d.content_type, d.state, day.step, day.at, coalesce(day.who, u.name), d.confidential, d.calendar_sequence, d.calendar_changed_at` + from + `
		CROSS JOIN LATERAL (SELECT 'published' AS step, d.publish_on AS at, NULL AS who UNION ALL
		  SELECT s.step, s.due_on, a.name FROM draft_steps s LEFT JOIN users a ON a.id = s.assignee_id
		  WHERE s.draft_id = d.id AND s.finished_at IS NULL AND s.step <> 'approved' AND d.state IN ('brief', 'writing', 'in_review')) AS day
		WHERE ` + strings.Join(where, ` AND `) + ` AND day.at >= current_date - 366 ORDER BY day.at, d.id, day.step LIMIT ` + arg(mostEvents)
	rows, err := s.db.PG(ctx).Query(ctx, sql, *args...)
	if err != nil {
		return nil, db.Err(err, "draft")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (e FeedEvent, err error) {
		return e, r.Scan(&e.DraftID, &e.Title, &e.ContentType, &e.State, &e.Step, &e.On, &e.Who, &e.Confidential, &e.Sequence, &e.ChangedAt)
	})
}
