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

// onDay is the day of a draft that a lens looks at.
func onDay(lens Lens) string {
	if lens == LensDue {
		return `(` + dueOn + `)`
	}
	return `d.publish_on`
}

func (s store) dated(ctx context.Context, u auth.User, f CalendarFilter) ([]Draft, error) {
	where, args, arg := conditions(u, f.Filter)
	on := onDay(f.Lens)
	span := on + ` BETWEEN ` + arg(f.From) + `::date AND ` + arg(f.To) + `::date`
	if f.LateBefore != nil {
		span = `(` + span + ` OR ` + on + ` < ` + arg(*f.LateBefore) + `::date AND d.state NOT IN ('published', 'archived'))`
	}
	where = append(where, span)
	if f.Lens == LensDue {
		where = append(where, `d.state <> 'published'`) // nothing is due any more
	}
	sql := `SELECT ` + columns + from + `WHERE ` + strings.Join(where, ` AND `) + ` ORDER BY ` + on + `, d.title, d.id LIMIT ` + arg(mostDated+1)
	return s.collect(ctx, sql, *args)
}

func (s store) undated(ctx context.Context, u auth.User, f CalendarFilter) ([]Draft, error) {
	where, args, arg := conditions(u, f.Filter)
	where = append(where, onDay(f.Lens)+` IS NULL`, `d.state NOT IN ('published', 'archived')`)
	sql := `SELECT ` + columns + from + `WHERE ` + strings.Join(where, ` AND `) + ` ORDER BY d.updated_at DESC, d.id DESC LIMIT ` + arg(mostUndated+1)
	return s.collect(ctx, sql, *args)
}

func (s store) collect(ctx context.Context, sql string, args []any) ([]Draft, error) {
	rows, err := s.db.PG(ctx).Query(ctx, sql, args...)
	if err != nil {
		return nil, db.Err(err, "draft")
	}
	drafts, err := pgx.CollectRows(rows, scan)
	return drafts, db.Err(err, "draft")
}

func (s store) schedule(ctx context.Context, id uuid.UUID, lens Lens, on *time.Time) error {
	column := map[Lens]string{LensPublish: `publish_on`, LensDue: `due_on`}[lens]
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE drafts SET `+column+` = $2, rev = rev + 1, updated_at = now() WHERE id = $1`, id, on)
	return db.Err(err, "draft")
}
