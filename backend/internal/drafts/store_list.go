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

// Sort is the order of a list.
type Sort string

// The orders. What has no date comes last.
const (
	ByChange  Sort = ""        // last changed first
	ByDue     Sort = "due"     // of the step that it is in, earliest first
	ByPublish Sort = "publish" // earliest first
	ByTitle   Sort = "title"
	ByState   Sort = "state"   // from brief to published
	ByWriter  Sort = "writer"  // by name
	ByWaiting Sort = "waiting" // longest in its state first
)

// Position is the place of a draft in a list. It holds what the list is sorted by.
type Position struct {
	UpdatedAt time.Time `json:"u,omitzero"`
	Key       string    `json:"k,omitempty"`
	ID        uuid.UUID `json:"id"`
}

// dueOn is the day on which the step is due that a draft is in: publishing is the last, and after it none is.
const dueOn = `CASE d.state WHEN 'approved' THEN d.publish_on WHEN 'published' THEN NULL WHEN 'archived' THEN NULL ELSE d.due_on END`

// keys are what the orders compare, as text, so that one kind of position fits all of them. Ties are broken by id.
var keys = map[Sort]string{
	ByDue:     `coalesce((` + dueOn + `)::text, '~')`,
	ByPublish: `coalesce(d.publish_on::text, '~')`,
	ByTitle:   `lower(d.title)`,
	ByState:   `array_position(ARRAY['brief', 'writing', 'in_review', 'approved', 'published', 'archived'], d.state)::text`,
	ByWriter:  `lower(u.name)`,
	ByWaiting: `to_char(d.state_changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`,
}

func (s store) list(ctx context.Context, u auth.User, f Filter) ([]Draft, error) {
	where, args, arg := conditions(u, f)
	order, extra := `d.updated_at DESC, d.id DESC`, `''`
	if key, ok := keys[f.Sort]; ok {
		key = `(` + key + `) COLLATE "C"`
		order, extra = key+`, d.id`, key
		if f.After != nil {
			where = append(where, `(`+key+`, d.id) > (`+arg(f.After.Key)+`, `+arg(f.After.ID)+`)`)
		}
	} else if f.After != nil {
		where = append(where, `(d.updated_at, d.id) < (`+arg(f.After.UpdatedAt)+`, `+arg(f.After.ID)+`)`)
	}
	sql := `SELECT ` + columns + `, ` + extra + from + `WHERE ` + strings.Join(where, ` AND `) + ` ORDER BY ` + order + ` LIMIT ` + arg(f.Limit)
	rows, err := s.db.PG(ctx).Query(ctx, sql, *args...)
	if err != nil {
		return nil, db.Err(err, "draft")
	}
	drafts, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Draft, error) {
		var key string
		d, err := scan(longer{row, &key})
		d.sortKey = key
		return d, err
	})
	return drafts, db.Err(err, "draft")
}

// longer is a row with one column more than scan knows.
type longer struct {
	pgx.CollectableRow
	last any
}

// Scan implements pgx.CollectableRow.
func (r longer) Scan(dest ...any) error { return r.CollectableRow.Scan(append(dest, r.last)...) }

// Position gives where the draft stands in a list of that order.
func (d Draft) Position(by Sort) Position {
	if by == ByChange {
		return Position{UpdatedAt: d.UpdatedAt, ID: d.ID}
	}
	return Position{Key: d.sortKey, ID: d.ID}
}
