package people

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

type store struct{ db *db.DB }

const userColumns = `u.id, u.email, u.name, u.side, u.lead, u.admin, u.team_id, coalesce(t.name, ''), u.title, u.bio, u.timezone,
	u.linkedin_url, u.picture_asset_id, u.password_hash, u.disabled_at, u.rev, u.created_at, u.updated_at`

func scanUser(row pgx.CollectableRow) (u User, err error) {
	err = row.Scan(&u.ID, &u.Email, &u.Name, &u.Side, &u.Lead, &u.Admin, &u.TeamID, &u.TeamName, &u.Title, &u.Bio, &u.Timezone,
		&u.LinkedInURL, &u.PictureAssetID, &u.PasswordHash, &u.DisabledAt, &u.Rev, &u.CreatedAt, &u.UpdatedAt)
	return u, err
}

func (s store) one(ctx context.Context, where string, args ...any) (User, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+userColumns+` FROM users u LEFT JOIN teams t ON t.id = u.team_id WHERE `+where, args...)
	if err != nil {
		return User{}, db.Err(err, "person")
	}
	u, err := pgx.CollectExactlyOneRow(rows, scanUser)
	return u, db.Err(err, "person")
}

func (s store) get(ctx context.Context, id uuid.UUID) (User, error) {
	return s.one(ctx, `u.id = $1`, id)
}

func (s store) byEmail(ctx context.Context, email string) (User, error) {
	return s.one(ctx, `lower(u.email) = $1`, email)
}

// importer gives the person of an address, or without one the oldest administrator.
func (s store) importer(ctx context.Context, email string) (User, error) {
	if email != "" {
		return s.one(ctx, `lower(u.email) = $1 AND u.disabled_at IS NULL`, email)
	}
	return s.one(ctx, `u.admin AND u.disabled_at IS NULL ORDER BY u.id LIMIT 1`)
}

func (s store) list(ctx context.Context, f Filter) ([]User, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `
		SELECT `+userColumns+` FROM users u LEFT JOIN teams t ON t.id = u.team_id
		WHERE u.disabled_at IS NULL
		  AND ($1 = '' OR u.name ILIKE '%' || $1 || '%')
		  AND ($2 = '' OR u.side = $2)
		  AND ($3::uuid IS NULL OR u.team_id = $3)
		  AND ($4 = '' OR lower(u.name) || ' ' || u.id > lower($4))
		ORDER BY lower(u.name) || ' ' || u.id LIMIT $5`, likeEscaper.Replace(f.Query), string(f.Side), f.TeamID, f.After, f.Limit)
	if err != nil {
		return nil, db.Err(err, "person")
	}
	return pgx.CollectRows(rows, scanUser)
}

var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// After is the place of a person in List, for the cursor. The database alone decides what lower case is.
func (u User) After() string { return u.Name + " " + u.ID.String() }

func (s store) teams(ctx context.Context) ([]Team, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT id, name FROM teams ORDER BY lower(name)`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Team])
}

func (s store) createTeam(ctx context.Context, t *Team) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO teams (id, name) VALUES ($1, $2)`, t.ID, t.Name)
	return db.Err(err, "team")
}

func (s store) create(ctx context.Context, u *User) error {
	return db.Err(s.db.Conn(ctx).Create(u).Error, "person")
}

func (s store) updateProfile(ctx context.Context, id uuid.UUID, rev int64, p Profile) error {
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE users SET name = $3, title = $4, bio = $5, timezone = $6, linkedin_url = $7,
		picture_asset_id = $8, rev = rev + 1, updated_at = now() WHERE id = $1 AND rev = $2`,
		id, rev, p.Name, p.Title, p.Bio, p.Timezone, p.LinkedInURL, p.PictureAssetID)
	if err != nil {
		return db.Err(err, "person")
	}
	if tag.RowsAffected() == 1 {
		return nil
	}
	u, err := s.get(ctx, id)
	if err != nil {
		return err
	}
	return errs.StaleRev(u.Rev)
}

func (s store) setPassword(ctx context.Context, id uuid.UUID, hash string) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE users SET password_hash = $2, updated_at = now() WHERE id = $1`, id, hash)
	return err
}

// authenticate is on the path of every request: one statement, and a write only when the last one is minutes ago.
func (s store) authenticate(ctx context.Context, tokenHash []byte) (u auth.User, ok bool, err error) {
	var stale bool
	err = s.db.PG(ctx).QueryRow(ctx, `
		SELECT s.id, u.id, u.name, u.email, u.side, u.lead, u.admin, u.team_id, s.seen_at < now() - interval '5 minutes'
		FROM sessions s JOIN users u ON u.id = s.user_id
		WHERE s.token_hash = $1 AND s.expires_at > now() AND s.seen_at > now() - make_interval(secs => $2) AND u.disabled_at IS NULL`,
		tokenHash, SessionIdle.Seconds()).
		Scan(&u.SessionID, &u.ID, &u.Name, &u.Email, &u.Side, &u.Lead, &u.Admin, &u.TeamID, &stale)
	if errors.Is(err, pgx.ErrNoRows) {
		return auth.User{}, false, nil
	}
	if err != nil {
		return auth.User{}, false, db.Err(err, "session")
	}
	if stale {
		_, err = s.db.PG(ctx).Exec(ctx, `UPDATE sessions SET seen_at = now() WHERE id = $1`, u.SessionID)
	}
	return u, true, db.Err(err, "session")
}

// bySession gives who a living session belongs to.
func (s store) bySession(ctx context.Context, id uuid.UUID) (u auth.User, ok bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `
		SELECT s.id, u.id, u.name, u.email, u.side, u.lead, u.admin, u.team_id
		FROM sessions s JOIN users u ON u.id = s.user_id
		WHERE s.id = $1 AND s.expires_at > now() AND s.seen_at > now() - make_interval(secs => $2) AND u.disabled_at IS NULL`,
		id, SessionIdle.Seconds()).
		Scan(&u.SessionID, &u.ID, &u.Name, &u.Email, &u.Side, &u.Lead, &u.Admin, &u.TeamID)
	if errors.Is(err, pgx.ErrNoRows) {
		return auth.User{}, false, nil
	}
	return u, err == nil, db.Err(err, "session")
}

func (s store) addSession(ctx context.Context, id uuid.UUID, tokenHash []byte, user uuid.UUID, agent, address string, expires time.Time) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO sessions (id, token_hash, user_id, user_agent, address, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6)`, id, tokenHash, user, agent, address, expires)
	return db.Err(err, "session")
}

func (s store) sessions(ctx context.Context, user uuid.UUID) ([]Session, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT id, user_agent, address, created_at, seen_at FROM sessions
		WHERE user_id = $1 AND expires_at > now() AND seen_at > now() - make_interval(secs => $2)
		ORDER BY seen_at DESC`, user, SessionIdle.Seconds())
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Session])
}

func (s store) endSession(ctx context.Context, id, user uuid.UUID) error {
	tag, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM sessions WHERE id = $1 AND user_id = $2`, id, user)
	if err == nil && tag.RowsAffected() == 0 {
		return errs.New(errs.NotFound, "No such session.")
	}
	return err
}

func (s store) endSessionByToken(ctx context.Context, tokenHash []byte) error {
	_, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM sessions WHERE token_hash = $1`, tokenHash)
	return err
}

func (s store) endSessions(ctx context.Context, user, except uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM sessions WHERE user_id = $1 AND id <> $2`, user, except)
	return err
}

func (s store) deviceKnown(ctx context.Context, tokenHash []byte, user uuid.UUID) (known bool) {
	err := s.db.PG(ctx).QueryRow(ctx, `SELECT true FROM known_devices WHERE token_hash = $1 AND user_id = $2`, tokenHash, user).Scan(&known)
	return err == nil && known
}

func (s store) addDevice(ctx context.Context, tokenHash []byte, user uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO known_devices (token_hash, user_id) VALUES ($1, $2)
		ON CONFLICT (token_hash) DO UPDATE SET user_id = excluded.user_id, created_at = now()`, tokenHash, user)
	return err
}

// countAttempt notes a try and gives how many there were in the present hour, this one included. One statement, so that
// parallel tries cannot pass each other.
func (s store) countAttempt(ctx context.Context, bucket string) (n int, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `
		INSERT INTO sign_in_attempts AS a (bucket, n) VALUES ($1, 1)
		ON CONFLICT (bucket) DO UPDATE SET
		  n = CASE WHEN a.since < now() - interval '1 hour' THEN 1 ELSE a.n + 1 END,
		  since = CASE WHEN a.since < now() - interval '1 hour' THEN now() ELSE a.since END
		RETURNING n`, bucket).Scan(&n)
	return n, db.Err(err, "sign-in")
}

// returnAttempt takes back one try that was no guess.
func (s store) returnAttempt(ctx context.Context, bucket string) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE sign_in_attempts SET n = n - 1 WHERE bucket = $1 AND n > 0`, bucket)
	return db.Err(err, "sign-in")
}

// sweep forgets what nobody can use any more.
func (s store) sweep(ctx context.Context) error {
	_, err := s.db.PG(ctx).Exec(ctx, `WITH sessions_over AS (DELETE FROM sessions WHERE expires_at < now() OR seen_at < now() - make_interval(secs => $1)),
		devices_over AS (DELETE FROM known_devices WHERE created_at < now() - interval '400 days')
		DELETE FROM sign_in_attempts WHERE since < now() - interval '2 hours'`, SessionIdle.Seconds())
	return db.Err(err, "session")
}

func (s store) forgetAttempts(ctx context.Context, bucket string) error {
	_, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM sign_in_attempts WHERE bucket = $1`, bucket)
	return err
}

func (s store) addInvitation(ctx context.Context, in Invitation, tokenHash []byte, by uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO invitations (id, token_hash, email, side, lead, admin, team_id, created_by, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		in.ID, tokenHash, in.Email, in.Side, in.Lead, in.Admin, in.TeamID, uuid.NullUUID{UUID: by, Valid: by != uuid.Nil}, in.ExpiresAt)
	return db.Err(err, "invitation")
}

func (s store) invitation(ctx context.Context, tokenHash []byte, lock bool) (in Invitation, err error) {
	q := `SELECT id, email, side, lead, admin, team_id, expires_at FROM invitations
		WHERE token_hash = $1 AND used_at IS NULL AND expires_at > now()`
	if lock {
		q += ` FOR UPDATE`
	}
	err = s.db.PG(ctx).QueryRow(ctx, q, tokenHash).Scan(&in.ID, &in.Email, &in.Side, &in.Lead, &in.Admin, &in.TeamID, &in.ExpiresAt)
	if errors.Is(err, pgx.ErrNoRows) {
		return in, errs.New(errs.NotFound, "This link was used already or has expired. Ask for a new one.")
	}
	return in, db.Err(err, "invitation")
}

func (s store) useInvitation(ctx context.Context, id, user uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE invitations SET used_at = now(), used_by = $2 WHERE id = $1`, id, user)
	return err
}

// lockIfEmpty says whether nobody has an account yet, and keeps that true to the end of the transaction.
func (s store) lockIfEmpty(ctx context.Context) (empty bool, err error) {
	if _, err := s.db.PG(ctx).Exec(ctx, `LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE`); err != nil {
		return false, db.Err(err, "person")
	}
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT NOT EXISTS (SELECT FROM users)`).Scan(&empty)
	return empty, err
}

func (s store) dropOpenSetup(ctx context.Context) error {
	_, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM invitations WHERE email = '' AND used_at IS NULL`)
	return err
}
