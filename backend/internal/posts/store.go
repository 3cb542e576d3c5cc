package posts

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
)

type store struct{ db *db.DB }

const selectPosts = `SELECT p.id, o.id, o.name, o.side, o.picture_asset_id, w.id, w.name, w.side, w.picture_asset_id, p.resource_id, coalesce(r.title, ''), coalesce(r.state, ''), r.release_at, r.expires_at,
	p.network, p.text, p.offered_text, p.suggestions, p.disclosure, p.media_asset_id, p.media_sha256, p.link_id, coalesce(l.code, ''), coalesce(l.target, ''), coalesce(l.active, false),
	p.state, p.reason, p.content_hash, p.expires_at, p.shared_url, p.shared_at,
	(SELECT max(at) FROM post_seals s WHERE s.post_id = p.id AND s.hash = p.content_hash AND s.voided_at IS NULL), p.rev, p.created_at, p.updated_at
	FROM posts p JOIN users o ON o.id = p.owner_id JOIN users w ON w.id = p.writer_id LEFT JOIN resources r ON r.id = p.resource_id LEFT JOIN links l ON l.id = p.link_id `

func scan(row pgx.CollectableRow) (p Post, err error) {
	err = row.Scan(&p.ID, &p.Owner.ID, &p.Owner.Name, &p.Owner.Side, &p.Owner.Picture, &p.Writer.ID, &p.Writer.Name, &p.Writer.Side, &p.Writer.Picture,
		&p.ResourceID, &p.ResourceTitle, &p.resource.State, &p.resource.ReleaseAt, &p.resource.ExpiresAt, &p.Network, &p.Text, &p.OfferedText, &p.Suggestions, &p.Disclosure, &p.MediaAssetID, &p.MediaSHA256, &p.LinkID, &p.LinkCode, &p.LinkTarget,
		&p.LinkActive, &p.State, &p.Reason, &p.Hash, &p.ExpiresAt, &p.SharedURL, &p.SharedAt, &p.SealedAt, &p.Rev, &p.CreatedAt, &p.UpdatedAt)
	return p, err
}

func (s store) query(ctx context.Context, where string, args ...any) ([]Post, error) {
	rows, err := s.db.PG(ctx).Query(ctx, selectPosts+where, args...)
	if err != nil {
		return nil, db.Err(err, "post")
	}
	posts, err := pgx.CollectRows(rows, scan)
	return posts, db.Err(err, "post")
}

func (s store) get(ctx context.Context, id uuid.UUID) (Post, error) {
	rows, err := s.db.PG(ctx).Query(ctx, selectPosts+`WHERE p.id = $1`, id)
	if err != nil {
		return Post{}, db.Err(err, "post")
	}
	p, err := pgx.CollectExactlyOneRow(rows, scan)
	return p, db.Err(err, "post")
}

func (s store) lock(ctx context.Context, id uuid.UUID) error {
	var one int
	return db.Err(s.db.PG(ctx).QueryRow(ctx, `SELECT 1 FROM posts WHERE id = $1 FOR UPDATE`, id).Scan(&one), "post")
}

func (s store) create(ctx context.Context, p Post) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO posts (id, owner_id, writer_id, resource_id, network, text, suggestions, disclosure, media_asset_id, media_sha256, link_id, content_hash, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		p.ID, p.Owner.ID, p.Writer.ID, p.ResourceID, p.Network, p.Text, p.Suggestions, p.Disclosure, p.MediaAssetID, p.MediaSHA256, p.LinkID, p.Hash, p.ExpiresAt)
	return db.Err(err, "post")
}

func (s store) update(ctx context.Context, p Post) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE posts SET network = $2, text = $3, suggestions = $4, disclosure = $5, media_asset_id = $6, media_sha256 = $7, link_id = $8,
		content_hash = $9, expires_at = $10, state = $11, offered_text = $12, rev = rev + 1, updated_at = now() WHERE id = $1`,
		p.ID, p.Network, p.Text, p.Suggestions, p.Disclosure, p.MediaAssetID, p.MediaSHA256, p.LinkID, p.Hash, p.ExpiresAt, p.State, p.OfferedText)
	return db.Err(err, "post")
}

// offer also keeps the words that are offered.
func (s store) offer(ctx context.Context, id uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE posts SET state = 'offered', reason = '', offered_text = text, rev = rev + 1, updated_at = now() WHERE id = $1`, id)
	return db.Err(err, "post")
}

func (s store) setState(ctx context.Context, id uuid.UUID, to State, reason string) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE posts SET state = $2, reason = $3, rev = rev + 1, updated_at = now() WHERE id = $1`, id, to, reason)
	return db.Err(err, "post")
}

func (s store) addSeal(ctx context.Context, id, post uuid.UUID, hash, content []byte, by uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO post_seals (id, post_id, hash, content, sealed_by) VALUES ($1, $2, $3, $4, $5)`, id, post, hash, content, by)
	return db.Err(err, "seal")
}

func (s store) voidSeals(ctx context.Context, post uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE post_seals SET voided_at = now() WHERE post_id = $1 AND voided_at IS NULL`, post)
	return db.Err(err, "seal")
}

func (s store) share(ctx context.Context, id uuid.UUID, address string) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE posts SET state = 'shared', shared_url = $2, shared_at = now(), rev = rev + 1, updated_at = now() WHERE id = $1`, id, address)
	return db.Err(err, "post")
}

func (s store) due(ctx context.Context) ([]Post, error) {
	return s.query(ctx, `WHERE p.state IN ('offered', 'sealed') AND p.expires_at <= now() ORDER BY p.id LIMIT 500 FOR UPDATE OF p SKIP LOCKED`)
}

func (s store) list(ctx context.Context, u auth.User, f Filter) ([]Post, error) {
	args := []any{u.ID}
	arg := func(v any) string { args = append(args, v); return fmt.Sprintf("$%d", len(args)) }
	where := []string{`(p.writer_id = $1 OR (p.owner_id = $1 AND p.state <> 'writing') OR ` + arg(u.IsMarketer()) + `)`}
	if len(f.States) > 0 {
		where = append(where, `p.state = ANY(`+arg(f.States)+`)`)
	}
	if f.Mine {
		where = append(where, `p.owner_id = $1`)
	}
	if f.WrittenBy != uuid.Nil {
		where = append(where, `p.writer_id = `+arg(f.WrittenBy))
	}
	if f.OwnerID != uuid.Nil {
		where = append(where, `p.owner_id = `+arg(f.OwnerID))
	}
	if f.ResourceID != uuid.Nil {
		where = append(where, `p.resource_id = `+arg(f.ResourceID))
	}
	if f.After != uuid.Nil {
		where = append(where, `p.id < `+arg(f.After))
	}
	return s.query(ctx, `WHERE `+strings.Join(where, ` AND `)+` ORDER BY p.id DESC LIMIT `+arg(f.Limit), args...)
}

func (s store) siblings(ctx context.Context, p Post) ([]Post, error) {
	return s.query(ctx, `WHERE p.resource_id = $1 AND p.id <> $2 AND p.owner_id <> $3 AND p.state NOT IN ('declined', 'recalled') ORDER BY p.id DESC LIMIT 50`,
		p.ResourceID, p.ID, p.Owner.ID)
}
