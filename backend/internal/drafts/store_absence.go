package drafts

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

const absenceColumns = `SELECT x.id, p.id, p.name, p.side, p.picture_asset_id,
	(SELECT jsonb_build_object('ID', s.id, 'Name', s.name, 'Side', s.side, 'Picture', s.picture_asset_id) FROM users s WHERE s.id = x.delegate_id),
	x.starts_on, x.ends_on, x.timezone, x.starts_at, x.ends_at, x.note, x.rev FROM absences x JOIN users p ON p.id = x.user_id `

func scanAbsence(r pgx.CollectableRow) (a Absence, err error) {
	p := &a.Person
	return a, r.Scan(&a.ID, &p.ID, &p.Name, &p.Side, &p.Picture, &a.Delegate, &a.StartsOn, &a.EndsOn, &a.Timezone, &a.StartsAt, &a.EndsAt, &a.Note, &a.Rev)
}

func (s store) absences(ctx context.Context, user uuid.UUID) ([]Absence, error) {
	rows, err := s.db.PG(ctx).Query(ctx, absenceColumns+`WHERE (x.user_id = $1 OR x.delegate_id = $1) AND x.ends_at > now() ORDER BY x.starts_at, x.id LIMIT 200`, user)
	if err != nil {
		return nil, db.Err(err, "absence")
	}
	return pgx.CollectRows(rows, scanAbsence)
}

func (s store) absence(ctx context.Context, user, id uuid.UUID) (Absence, error) {
	rows, err := s.db.PG(ctx).Query(ctx, absenceColumns+`WHERE x.user_id = $1 AND x.id = $2`, user, id)
	if err != nil {
		return Absence{}, db.Err(err, "absence")
	}
	a, err := pgx.CollectExactlyOneRow(rows, scanAbsence)
	return a, db.Err(err, "absence")
}

// lockAbsences makes one person's changes wait for each other, so that two tabs do not make two absences of one week.
func (s store) lockAbsences(ctx context.Context, user uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('absences ' || $1::text, 0))`, user)
	return db.Err(err, "absence")
}

func (s store) addAbsence(ctx context.Context, id, user uuid.UUID, in AbsenceInput, zone string, from, until time.Time) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO absences (id, user_id, delegate_id, starts_on, ends_on, timezone, starts_at, ends_at, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		id, user, in.DelegateID, in.StartsOn, in.EndsOn, zone, from, until, in.Note)
	return db.Err(err, "absence")
}

func (s store) changeAbsence(ctx context.Context, id uuid.UUID, in AbsenceInput, zone string, from, until time.Time) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE absences SET delegate_id = $2, starts_on = $3, ends_on = $4, timezone = $5, starts_at = $6, ends_at = $7, note = $8, rev = rev + 1 WHERE id = $1`,
		id, in.DelegateID, in.StartsOn, in.EndsOn, zone, from, until, in.Note)
	return db.Err(err, "absence")
}

func (s store) removeAbsence(ctx context.Context, user, id uuid.UUID) error {
	tag, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM absences WHERE id = $1 AND user_id = $2`, id, user)
	if err == nil && tag.RowsAffected() == 0 {
		return errs.New(errs.NotFound, "No such absence.")
	}
	return db.Err(err, "absence")
}

func (s store) overlaps(ctx context.Context, user, beside uuid.UUID, from, until time.Time) (yes bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT EXISTS (SELECT FROM absences WHERE user_id = $1 AND id <> $2 AND starts_at < $4 AND ends_at > $3)`, user, beside, from, until).Scan(&yes)
	return yes, db.Err(err, "absence")
}

func (s store) timezone(ctx context.Context, user uuid.UUID) (zone string, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT timezone FROM users WHERE id = $1`, user).Scan(&zone)
	return zone, db.Err(err, "person")
}

func (s store) canStandIn(ctx context.Context, u auth.User, delegate uuid.UUID) (yes bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT EXISTS (SELECT FROM users WHERE id = $1 AND id <> $2 AND side = $3 AND disabled_at IS NULL)`, delegate, u.ID, u.Side).Scan(&yes)
	return yes, db.Err(err, "person")
}
