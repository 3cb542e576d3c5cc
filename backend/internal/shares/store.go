package shares

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

type store struct{ db *db.DB }

// stopped is whether the owner u of a share is not here any more, and nobody of their team can take it over.
const stopped = `(u.disabled_at IS NOT NULL AND NOT EXISTS (SELECT FROM users l WHERE l.team_id = u.team_id AND l.lead AND l.disabled_at IS NULL))`

// state is the State of a share s with its owner u.
const state = `CASE WHEN s.revoked_at IS NOT NULL THEN 'revoked' WHEN s.expires_at <= now() THEN 'expired' WHEN ` + stopped + ` THEN 'stopped'
	WHEN s.first_view_at IS NULL THEN 'unopened' ELSE 'opened' END`

const from = ` FROM shares s JOIN users u ON u.id = s.owner_id JOIN users me ON me.id = $1 `

// sees is whose shares somebody sees: their own, those of their team as a lead, all as an administrator or lead of marketing.
const sees = `(s.owner_id = me.id OR me.admin OR (me.lead AND me.side = 'marketing') OR (me.lead AND u.team_id = me.team_id))`

func (f Filter) where(me auth.User) (string, []any) {
	args := []any{me.ID}
	arg := func(v any) string {
		args = append(args, v)
		return place(len(args))
	}
	where := []string{sees}
	switch f.Scope {
	case Mine:
		where = append(where, `s.owner_id = me.id`)
	case Team:
		where = append(where, `(u.team_id = me.team_id OR s.owner_id = me.id)`)
	}
	if f.ids != nil {
		where = append(where, `s.id = ANY(`+arg(f.ids)+`)`)
	}
	if f.Resource != uuid.Nil {
		where = append(where, `EXISTS (SELECT FROM share_resources x WHERE x.share_id = s.id AND x.resource_id = `+arg(f.Resource)+`)`)
	}
	if f.Owner != uuid.Nil {
		// those of somebody who left are in other hands soon: they are still found by who made them
		p := arg(f.Owner)
		where = append(where, `(s.owner_id = `+p+` OR s.created_by = `+p+` AND EXISTS (SELECT FROM users g WHERE g.id = `+p+` AND g.disabled_at IS NOT NULL))`)
	}
	if q := strings.TrimSpace(f.Query); q != "" {
		p := arg("%" + likeEscaper.Replace(q) + "%")
		where = append(where, `(s.recipient ILIKE `+p+` OR s.organisation ILIKE `+p+` OR EXISTS (SELECT FROM share_resources x JOIN resources r ON r.id = x.resource_id
			WHERE x.share_id = s.id AND r.title ILIKE `+p+`))`)
	}
	return strings.Join(where, ` AND `), args
}

var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func (s store) list(ctx context.Context, me auth.User, f Filter) ([]Share, error) {
	where, args := f.where(me)
	if len(f.States) > 0 {
		args = append(args, f.States)
		where += ` AND ` + state + ` = ANY(` + place(len(args)) + `)`
	}
	if f.Before != uuid.Nil {
		args = append(args, f.Before)
		where += ` AND s.id < ` + place(len(args))
	}
	args = append(args, f.Limit)
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT s.id, u.id, u.name, u.side, u.picture_asset_id, c.id, c.name, c.side, c.picture_asset_id, s.title, s.collection_id, CASE WHEN `+seesSet+` THEN c2.title ELSE '' END, s.recipient, s.organisation, s.email, s.note,
		s.passcode_hash <> '', s.email_gate, s.domains, s.downloads, s.once, s.opened_at, s.expires_at, s.revoked_at, s.first_view_at, s.last_view_at, `+state+`, s.rev, s.created_at,
		(SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'title', r.title, 'available', n.id IS NOT NULL, 'replaced_by', CASE WHEN n.id <> r.id THEN n.title ELSE '' END) ORDER BY x.position), '[]')
		 FROM share_resources x JOIN resources r ON r.id = x.resource_id LEFT JOIN resources n ON n.id = resource_outside(r.id) WHERE x.share_id = s.id),
		v.visits, v.devices, v.seconds, (SELECT count(*) FROM share_downloads d WHERE d.share_id = s.id)`+from+`
		JOIN users c ON c.id = s.created_by LEFT JOIN collections c2 ON c2.id = s.collection_id
		CROSS JOIN LATERAL (SELECT count(*) AS visits, count(DISTINCT device) AS devices, coalesce(sum(seconds), 0) AS seconds FROM share_visits v
		  WHERE v.share_id = s.id AND v.class = 'human' AND v.opened) v
		WHERE `+where+` ORDER BY s.id DESC LIMIT `+place(len(args)), args...)
	if err != nil {
		return nil, db.Err(err, "share")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (x Share, err error) {
		var by activity.Person
		var resources []byte
		var set uuid.NullUUID
		var setTitle *string
		if err = r.Scan(&x.ID, &x.Owner.ID, &x.Owner.Name, &x.Owner.Side, &x.Owner.Picture, &by.ID, &by.Name, &by.Side, &by.Picture, &x.Title, &set, &setTitle, &x.Recipient, &x.Organisation, &x.Email, &x.Note,
			&x.HasPasscode, &x.EmailGate, &x.Domains, &x.Downloads, &x.Once, &x.OpenedAt, &x.ExpiresAt, &x.RevokedAt, &x.FirstViewAt, &x.LastViewAt, &x.State, &x.Rev, &x.CreatedAt,
			&resources, &x.Visits, &x.Devices, &x.Seconds, &x.Kept); err != nil {
			return x, err
		}
		if set.Valid && setTitle != nil {
			x.Collection = &Set{ID: set.UUID, Title: *setTitle}
		}
		if by.ID != x.Owner.ID {
			x.MadeBy = &by
		}
		return x, json.Unmarshal(resources, &x.Resources)
	})
}

func (s store) counts(ctx context.Context, me auth.User, f Filter) (map[State]int, error) {
	where, args := f.where(me)
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+state+`, count(*)`+from+`WHERE `+where+` GROUP BY 1`, args...)
	if err != nil {
		return nil, db.Err(err, "share")
	}
	counts := map[State]int{}
	var name State
	var n int
	_, err = pgx.ForEachRow(rows, []any{&name, &n}, func() error { counts[name] = n; return nil })
	return counts, db.Err(err, "share")
}

func (s store) add(ctx context.Context, id uuid.UUID, hash []byte, owner uuid.UUID, in Input, passcode string) error {
	if _, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO shares (id, token_hash, owner_id, created_by, recipient, organisation, email, note, passcode_hash, downloads, once, expires_at, email_gate, domains, title, collection_id)
		VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`, id, hash, owner, in.Recipient, in.Organisation, in.Email, in.Note, passcode, in.Downloads, in.Once, in.ExpiresAt,
		in.EmailGate, in.Domains, in.Title, in.Collection); err != nil {
		return db.Err(err, "share")
	}
	return nil
}

func (s store) tokenHash(ctx context.Context, id uuid.UUID) (hash []byte, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT token_hash FROM shares WHERE id = $1`, id).Scan(&hash)
	return hash, db.Err(err, "share")
}

func (s store) passcode(ctx context.Context, id uuid.UUID) (hash string, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT passcode_hash FROM shares WHERE id = $1`, id).Scan(&hash)
	return hash, db.Err(err, "share")
}

func (s store) update(ctx context.Context, id uuid.UUID, rev int64, in Input, passcode string) error {
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE shares SET recipient = $3, organisation = $4, email = $5, note = $6, passcode_hash = $7, downloads = $8, expires_at = $9,
		email_gate = $10, domains = $11, title = $12, rev = rev + 1, updated_at = now() WHERE id = $1 AND rev = $2`, id, rev, in.Recipient, in.Organisation, in.Email, in.Note, passcode, in.Downloads, in.ExpiresAt, in.EmailGate, in.Domains, in.Title)
	if err != nil || tag.RowsAffected() == 1 {
		return db.Err(err, "share")
	}
	var current int64
	if err := s.db.PG(ctx).QueryRow(ctx, `SELECT rev FROM shares WHERE id = $1`, id).Scan(&current); err != nil {
		return db.Err(err, "share")
	}
	return errs.StaleRev(current)
}

func (s store) forgetPasses(ctx context.Context, id uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE share_devices SET passed_at = NULL WHERE share_id = $1`, id)
	return db.Err(err, "share")
}

// setRevoked locks the rows in the order of their ids, so that two at once do not wait for each other in a circle.
func (s store) setRevoked(ctx context.Context, ids []uuid.UUID, by uuid.UUID, revoked bool) ([]uuid.UUID, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `WITH x AS (SELECT id FROM shares WHERE id = ANY($1) ORDER BY id FOR UPDATE)
		UPDATE shares s SET revoked_at = CASE WHEN $3 THEN now() END, revoked_by = CASE WHEN $3 THEN $2::uuid END, rev = rev + 1, updated_at = now()
		FROM x WHERE x.id = s.id AND (s.revoked_at IS NOT NULL) <> $3 RETURNING s.id`, ids, by, revoked)
	if err != nil {
		return nil, db.Err(err, "share")
	}
	changed, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	return changed, db.Err(err, "share")
}

func (s store) transfer(ctx context.Context, id, owner, to uuid.UUID) (bool, error) {
	if err := s.isHere(ctx, to); err != nil {
		return false, err
	}
	if owner == to {
		return false, nil
	}
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE shares SET owner_id = $3, rev = rev + 1, updated_at = now() WHERE id = $1 AND owner_id = $2`, id, owner, to)
	if err == nil && tag.RowsAffected() == 0 {
		return false, errs.New(errs.Conflict, "Somebody else has just given it away.")
	}
	return err == nil, db.Err(err, "share")
}

type inherited struct {
	Share uuid.UUID
	From  string
	To    uuid.UUID
}

func (s store) inherit(ctx context.Context) ([]inherited, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `WITH heirs AS (
		  SELECT s.id, u.name, (SELECT l.id FROM users l WHERE l.team_id = u.team_id AND l.lead AND l.disabled_at IS NULL ORDER BY l.id LIMIT 1) AS heir
		  FROM shares s JOIN users u ON u.id = s.owner_id WHERE u.disabled_at IS NOT NULL AND s.revoked_at IS NULL)
		UPDATE shares s SET owner_id = h.heir, rev = rev + 1, updated_at = now() FROM heirs h WHERE h.id = s.id AND h.heir IS NOT NULL RETURNING s.id, h.name, h.heir`)
	if err != nil {
		return nil, db.Err(err, "share")
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[inherited])
}

// sweep forgets tries that limit nobody any more, codes and the addresses that asked for them after a day, and requests of robots after 90 days.
func (s store) sweep(ctx context.Context) error {
	if _, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM share_attempts WHERE since < now() - interval '2 hours'`); err != nil {
		return db.Err(err, "share")
	}
	if _, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM share_codes WHERE at < now() - interval '1 day'`); err != nil {
		return db.Err(err, "share")
	}
	_, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM share_visits WHERE class <> 'human' AND at < now() - interval '90 days'`)
	return db.Err(err, "share")
}

func place(n int) string { return "$" + strconv.Itoa(n) }
