package comments

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

type store struct{ db *db.DB }

func (s store) add(ctx context.Context, c Comment) error {
	if c.Mentions == nil {
		c.Mentions = []uuid.UUID{}
	}
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO comments (id, object_type, object_id, author_id, reviewer_id, body, mentions, thread_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		c.ID, c.Object.Type, c.Object.ID, some(c.AuthorID), some(c.GuestID), c.Body, c.Mentions, c.ThreadID)
	return db.Err(err, "comment")
}

func some(id uuid.UUID) uuid.NullUUID { return uuid.NullUUID{UUID: id, Valid: id != uuid.Nil} }

const columns = `c.id, c.object_type, c.object_id, c.thread_id, c.author_id, c.reviewer_id, coalesce(u.name, g.name), coalesce(u.side, ''), u.picture_asset_id, coalesce(g.organisation, ''),
	c.body, c.mentions, c.rev, c.created_at, c.edited_at`

// said are comments with who said them: somebody of ours, or a guest.
const said = ` FROM comments c LEFT JOIN users u ON u.id = c.author_id LEFT JOIN reviewers g ON g.id = c.reviewer_id `

func scan(row pgx.CollectableRow) (c Comment, err error) {
	var author, guest uuid.NullUUID
	err = row.Scan(&c.ID, &c.Object.Type, &c.Object.ID, &c.ThreadID, &author, &guest, &c.Author.Name, &c.Author.Side, &c.Author.Picture, &c.Author.Organisation,
		&c.Body, &c.Mentions, &c.Rev, &c.CreatedAt, &c.EditedAt)
	c.AuthorID, c.GuestID = author.UUID, guest.UUID
	if c.Author.ID = c.AuthorID; guest.Valid {
		c.Author.ID, c.Author.Outside = c.GuestID, true
	}
	return c, err
}

func (s store) get(ctx context.Context, id uuid.UUID) (Comment, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+columns+said+`WHERE c.id = $1 AND c.deleted_at IS NULL`, id)
	if err != nil {
		return Comment{}, db.Err(err, "comment")
	}
	c, err := pgx.CollectExactlyOneRow(rows, scan)
	return c, db.Err(err, "comment")
}

func (s store) list(ctx context.Context, o Object, after uuid.UUID, limit int) ([]Comment, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+columns+said+`
		WHERE c.object_type = $1 AND c.object_id = $2 AND c.deleted_at IS NULL AND c.thread_id IS NULL AND c.id > $3 ORDER BY c.id LIMIT $4`, o.Type, o.ID, after, limit)
	if err != nil {
		return nil, db.Err(err, "comment")
	}
	return pgx.CollectRows(rows, scan)
}

func (s store) object(ctx context.Context, id, reader uuid.UUID) (o Object, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT object_type, object_id FROM comments WHERE id = $1 AND (deleted_at IS NULL OR author_id = $2 OR reviewer_id IS NOT NULL)`, id, reader).Scan(&o.Type, &o.ID)
	return o, db.Err(err, "comment")
}

func (s store) author(ctx context.Context, id uuid.UUID) (author uuid.UUID, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT coalesce(author_id, reviewer_id) FROM comments WHERE id = $1`, id).Scan(&author)
	return author, db.Err(err, "comment")
}

// byGuest says whether somebody outside wrote a comment, deleted or not, and what it is about.
func (s store) byGuest(ctx context.Context, id uuid.UUID) (o Object, yes bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT object_type, object_id, reviewer_id IS NOT NULL FROM comments WHERE id = $1`, id).Scan(&o.Type, &o.ID, &yes)
	return o, yes, db.Err(err, "comment")
}

func (s store) edit(ctx context.Context, id uuid.UUID, rev int64, body string) error {
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE comments SET body = $3, rev = rev + 1, edited_at = now() WHERE id = $1 AND rev = $2 AND deleted_at IS NULL`, id, rev, body)
	if err != nil || tag.RowsAffected() == 1 {
		return db.Err(err, "comment")
	}
	c, err := s.get(ctx, id)
	if err != nil {
		return err
	}
	return errs.StaleRev(c.Rev)
}

// setDeleted says whether that changed anything.
func (s store) setDeleted(ctx context.Context, id uuid.UUID, deleted bool) (bool, error) {
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE comments SET deleted_at = CASE WHEN $2 THEN now() END WHERE id = $1 AND (deleted_at IS NOT NULL) <> $2`, id, deleted)
	return err == nil && tag.RowsAffected() == 1, db.Err(err, "comment")
}

// guestName is who outside wrote a comment; empty for one by somebody of ours.
func (s store) guestName(ctx context.Context, id uuid.UUID) (o Object, name string, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT c.object_type, c.object_id, coalesce(r.name, '') FROM comments c LEFT JOIN reviewers r ON r.id = c.reviewer_id WHERE c.id = $1`, id).Scan(&o.Type, &o.ID, &name)
	return o, name, db.Err(err, "comment")
}

func (s store) follow(ctx context.Context, o Object, people []uuid.UUID) error {
	return s.db.Defer(ctx, "follow", `INSERT INTO follows (object_type, object_id, user_id)
		SELECT DISTINCT $1, $2::uuid, id FROM users WHERE id = ANY($3) ON CONFLICT DO NOTHING`, o.Type, o.ID, people)
}

func (s store) setFollow(ctx context.Context, o Object, user uuid.UUID, follow bool) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO follows (object_type, object_id, user_id, muted) VALUES ($1, $2, $3, NOT $4)
		ON CONFLICT (object_type, object_id, user_id) DO UPDATE SET muted = NOT $4`, o.Type, o.ID, user, follow)
	return db.Err(err, "follow")
}

func (s store) follows(ctx context.Context, o Object, user uuid.UUID) (yes bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT EXISTS (SELECT FROM follows WHERE object_type = $1 AND object_id = $2 AND user_id = $3 AND NOT muted)`, o.Type, o.ID, user).Scan(&yes)
	return yes, db.Err(err, "follow")
}

func (s store) moveFollows(ctx context.Context, from, to Object) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO follows (object_type, object_id, user_id, muted)
		SELECT $3, $4::uuid, user_id, muted FROM follows WHERE object_type = $1 AND object_id = $2 ON CONFLICT DO NOTHING`, from.Type, from.ID, to.Type, to.ID)
	return db.Err(err, "follow")
}
