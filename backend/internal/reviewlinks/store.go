package reviewlinks

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

type store struct{ db *db.DB }

const columns = `l.id, l.draft_id, l.made_by, u.name, u.side, u.picture_asset_id, l.label, l.note, l.may_comment, l.created_at, l.expires_at, l.revoked_at, l.opened_at, l.seen_at`

func (l *Link) fields() []any {
	return []any{&l.ID, &l.DraftID, &l.MadeBy.ID, &l.MadeBy.Name, &l.MadeBy.Side, &l.MadeBy.Picture, &l.Label, &l.Note, &l.MayComment,
		&l.CreatedAt, &l.ExpiresAt, &l.RevokedAt, &l.OpenedAt, &l.SeenAt}
}

func (s store) add(ctx context.Context, l Link) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO review_links (id, draft_id, made_by, label, note, may_comment, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		l.ID, l.DraftID, l.MadeBy.ID, l.Label, l.Note, l.MayComment, l.CreatedAt, l.ExpiresAt)
	return db.Err(err, "link")
}

// lockOpen counts the links of a draft that are open, and lets nobody else make one until the end of the transaction.
func (s store) lockOpen(ctx context.Context, draft uuid.UUID) (n int, err error) {
	if _, err := s.db.PG(ctx).Exec(ctx, `SELECT FROM drafts WHERE id = $1 FOR NO KEY UPDATE`, draft); err != nil {
		return 0, db.Err(err, "draft")
	}
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT count(*) FROM review_links WHERE draft_id = $1 AND revoked_at IS NULL AND expires_at > now()`, draft).Scan(&n)
	return n, db.Err(err, "link")
}

func (s store) get(ctx context.Context, draft, id uuid.UUID) (l Link, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT `+columns+` FROM review_links l JOIN users u ON u.id = l.made_by WHERE l.draft_id = $1 AND l.id = $2`, draft, id).Scan(l.fields()...)
	return l, db.Err(err, "link")
}

func (s store) list(ctx context.Context, draft uuid.UUID) ([]Link, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+columns+` FROM review_links l JOIN users u ON u.id = l.made_by WHERE l.draft_id = $1 ORDER BY l.id DESC LIMIT 200`, draft)
	if err != nil {
		return nil, db.Err(err, "link")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (l Link, err error) { return l, r.Scan(l.fields()...) })
}

// fill puts those who came into their links.
func (s store) fill(ctx context.Context, draft uuid.UUID, links []Link) error {
	at := map[uuid.UUID]*Link{}
	for i := range links {
		at[links[i].ID] = &links[i]
	}
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+reviewerColumns+` FROM reviewers r JOIN review_links l ON l.id = r.link_id WHERE l.draft_id = $1 ORDER BY r.id`, draft)
	if err != nil {
		return db.Err(err, "reviewer")
	}
	people, err := pgx.CollectRows(rows, scanReviewer)
	for _, r := range people {
		if l := at[r.LinkID]; l != nil {
			l.Reviewers = append(l.Reviewers, r)
		}
	}
	return db.Err(err, "reviewer")
}

func (s store) revoke(ctx context.Context, id uuid.UUID, revoked bool) (changed bool, err error) {
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE review_links SET revoked_at = CASE WHEN $2 THEN now() END WHERE id = $1 AND (revoked_at IS NOT NULL) <> $2`, id, revoked)
	return err == nil && tag.RowsAffected() == 1, db.Err(err, "link")
}

// open gives a link with its maker; here says whether they still work here.
func (s store) open(ctx context.Context, id uuid.UUID) (v Visit, here bool, err error) {
	u := &v.maker
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT `+columns+`, u.id, u.name, u.email, u.side, u.lead, u.admin, u.team_id, u.disabled_at IS NULL
		FROM review_links l JOIN users u ON u.id = l.made_by WHERE l.id = $1`, id).
		Scan(append(v.Link.fields(), &u.ID, &u.Name, &u.Email, &u.Side, &u.Lead, &u.Admin, &u.TeamID, &here)...)
	return v, here, db.Err(err, "link")
}

// seen notes a visit, at most once a minute.
func (s store) seen(ctx context.Context, v Visit) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE review_links SET opened_at = coalesce(opened_at, now()), seen_at = now()
		WHERE id = $1 AND (seen_at IS NULL OR seen_at < now() - interval '1 minute')`, v.Link.ID)
	if err != nil || v.Reviewer == nil {
		return db.Err(err, "link")
	}
	_, err = s.db.PG(ctx).Exec(ctx, `UPDATE reviewers SET seen_at = now() WHERE id = $1 AND seen_at < now() - interval '1 minute'`, v.Reviewer.ID)
	return db.Err(err, "reviewer")
}

const reviewerColumns = `r.id, r.link_id, r.name, r.organisation, r.created_at, r.seen_at`

func scanReviewer(row pgx.CollectableRow) (r Reviewer, err error) {
	err = row.Scan(&r.ID, &r.LinkID, &r.Name, &r.Organisation, &r.CreatedAt, &r.SeenAt)
	return r, err
}

func (s store) reviewerOf(ctx context.Context, sql string, args ...any) (Reviewer, error) {
	rows, err := s.db.PG(ctx).Query(ctx, sql, args...)
	if err != nil {
		return Reviewer{}, db.Err(err, "reviewer")
	}
	r, err := pgx.CollectExactlyOneRow(rows, scanReviewer)
	return r, db.Err(err, "reviewer")
}

// reviewer knows a browser again: by the secret of its cookie, and on the link for which it got it. Nil for a stranger.
func (s store) reviewer(ctx context.Context, link uuid.UUID, hash []byte) (*Reviewer, error) {
	r, err := s.reviewerOf(ctx, `SELECT `+reviewerColumns+` FROM reviewers r WHERE r.link_id = $1 AND r.secret_hash = $2`, link, hash)
	if errs.CodeOf(err) == errs.NotFound {
		return nil, nil
	}
	return &r, err
}

// lockPeople counts who came by a link, and lets nobody else introduce themselves until the end of the transaction.
func (s store) lockPeople(ctx context.Context, link uuid.UUID) (n int, err error) {
	if _, err := s.db.PG(ctx).Exec(ctx, `SELECT FROM review_links WHERE id = $1 FOR NO KEY UPDATE`, link); err != nil {
		return 0, db.Err(err, "link")
	}
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT count(*) FROM reviewers WHERE link_id = $1`, link).Scan(&n)
	return n, db.Err(err, "reviewer")
}

func (s store) addReviewer(ctx context.Context, r Reviewer, hash []byte) (Reviewer, error) {
	return s.reviewerOf(ctx, `INSERT INTO reviewers AS r (id, link_id, secret_hash, name, organisation) VALUES ($1, $2, $3, $4, $5) RETURNING `+reviewerColumns,
		r.ID, r.LinkID, hash, r.Name, r.Organisation)
}

func (s store) rename(ctx context.Context, r Reviewer) (Reviewer, error) {
	return s.reviewerOf(ctx, `UPDATE reviewers AS r SET name = $2, organisation = $3 WHERE id = $1 RETURNING `+reviewerColumns, r.ID, r.Name, r.Organisation)
}
