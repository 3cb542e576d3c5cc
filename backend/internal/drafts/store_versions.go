package drafts

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/activity"
	"byline/backend/internal/coedit"
	"byline/backend/internal/platform/db"
)

// addVersion writes a version, with those who changed the text since the one before: the log forgets them some day.
func (s store) addVersion(ctx context.Context, d Draft, snap snapshot, doc coedit.Document, hash []byte, k kept) error {
	brief, err := json.Marshal(struct {
		Plan
		Evidence []evidencePart `json:"evidence,omitempty"`
	}{snap.Plan, snap.Evidence})
	if err != nil {
		return err
	}
	assets, err := json.Marshal(snap.Assets)
	if err != nil {
		return err
	}
	id := db.NewID()
	if _, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO draft_versions (id, draft_id, number, reason, label, title, doc, text, brief, assets, hash, doc_version, draft_rev, created_by, from_number, writers)
		SELECT $1, $2, (SELECT coalesce(max(number), 0) + 1 FROM draft_versions WHERE draft_id = $2), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, nullif($14, 0),
		ARRAY(SELECT DISTINCT c.user_id FROM draft_commits c WHERE c.draft_id = $2 AND c.v_from >= d.versioned_to AND c.v_from < $11) FROM drafts d WHERE d.id = $2`,
		id, d.ID, k.Reason, k.Label, d.Title, snap.Doc, doc.Text, brief, assets, hash, doc.Version, d.Rev, k.By, k.From); err != nil {
		return db.Err(err, "version")
	}
	_, err = s.db.PG(ctx).Exec(ctx, `UPDATE drafts SET versioned_to = greatest(versioned_to, $3), current_version_id = CASE WHEN $4 THEN $2 ELSE current_version_id END WHERE id = $1`,
		d.ID, id, doc.Version, k.Current)
	return db.Err(err, "draft")
}

const versionColumns = `v.id, v.number, v.reason, v.label, coalesce(v.from_number, 0), v.title, v.hash, v.doc_version, v.created_at, u.id, u.name, u.side, u.picture_asset_id,
	(SELECT coalesce(jsonb_agg(jsonb_build_object('ID', w.id, 'Name', w.name, 'Side', w.side, 'Picture', w.picture_asset_id) ORDER BY w.name), '[]') FROM users w WHERE w.id = ANY(v.writers)),
	(SELECT m.at FROM draft_milestones m WHERE m.version_id = v.id AND m.kind = 'approved'), (SELECT m.at FROM draft_milestones m WHERE m.version_id = v.id AND m.kind = 'published')`

func versionFields(v *Version) []any {
	return []any{&v.ID, &v.Number, &v.Reason, &v.Label, &v.FromNumber, &v.Title, &v.Hash, &v.DocVersion, &v.CreatedAt, &v.By.ID, &v.By.Name, &v.By.Side, &v.By.Picture,
		&v.Writers, &v.ApprovedAt, &v.PublishedAt}
}

func (s store) versions(ctx context.Context, draft uuid.UUID) ([]Version, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+versionColumns+` FROM draft_versions v JOIN users u ON u.id = v.created_by WHERE v.draft_id = $1 ORDER BY v.number DESC LIMIT 500`, draft)
	if err != nil {
		return nil, db.Err(err, "version")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (v Version, err error) { return v, r.Scan(versionFields(&v)...) })
}

func (s store) version(ctx context.Context, draft, id uuid.UUID) (v Version, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT `+versionColumns+`, v.doc, v.text FROM draft_versions v JOIN users u ON u.id = v.created_by WHERE v.draft_id = $1 AND v.id = $2`, draft, id).
		Scan(append(versionFields(&v), &v.Doc, &v.Text)...)
	return v, db.Err(err, "version")
}

// lastText gives the text of the newest version, or nothing.
func (s store) lastText(ctx context.Context, draft uuid.UUID) (doc []byte, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT (SELECT doc::text FROM draft_versions WHERE draft_id = $1 ORDER BY number DESC LIMIT 1)`, draft).Scan(&doc)
	return doc, db.Err(err, "version")
}

func (s store) setLabel(ctx context.Context, id uuid.UUID, label string) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE draft_versions SET label = $2 WHERE id = $1`, id, label)
	return db.Err(err, "version")
}

func (s store) setVersionedTo(ctx context.Context, draft uuid.UUID, version int64) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE drafts SET versioned_to = $2 WHERE id = $1`, draft, version)
	return db.Err(err, "draft")
}

// unversioned gives drafts whose text has changes that are in no version and older than some seconds, or one such draft.
func (s store) unversioned(ctx context.Context, one uuid.NullUUID, seconds float64) ([]uuid.UUID, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT d.id FROM drafts d JOIN draft_docs x ON x.draft_id = d.id WHERE ($1::uuid IS NULL OR d.id = $1) AND x.head > d.versioned_to AND NOT x.frozen
		AND (SELECT min(c.at) FROM draft_commits c WHERE c.draft_id = d.id AND c.v_from >= d.versioned_to) <= clock_timestamp() - make_interval(secs => $2)`, one, seconds)
	if err != nil {
		return nil, db.Err(err, "draft")
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

// lastWriter gives who changed the text last.
func (s store) lastWriter(ctx context.Context, d Draft) (id uuid.UUID, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT coalesce((SELECT user_id FROM draft_commits WHERE draft_id = $1 ORDER BY v_from DESC LIMIT 1), $2)`, d.ID, d.WriterID).Scan(&id)
	return id, db.Err(err, "draft")
}

// thin removes the automatic versions that are not needed any more, and says how many.
func (s store) thin(ctx context.Context) (int64, error) {
	tag, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM draft_versions v WHERE v.reason = 'automatic' AND v.label = '' AND v.created_at < now() - interval '1 day' AND draft_version_is_spare(v, now())`)
	return tag.RowsAffected(), db.Err(err, "version")
}

func (s store) approvals(ctx context.Context, draft uuid.UUID) ([]Approval, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT a.id, a.version_id, a.side, a.at, a.voided_at, a.void_reason, u.id, u.name, u.side, u.picture_asset_id,
		(SELECT jsonb_build_object('ID', p.id, 'Name', p.name, 'Side', p.side, 'Picture', p.picture_asset_id) FROM users p WHERE p.id = a.on_behalf_of)
		FROM approvals a JOIN users u ON u.id = a.user_id WHERE a.draft_id = $1 ORDER BY a.at DESC LIMIT 200`, draft)
	if err != nil {
		return nil, db.Err(err, "approval")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (a Approval, err error) {
		return a, r.Scan(&a.ID, &a.VersionID, &a.Side, &a.At, &a.VoidedAt, &a.VoidReason, &a.By.ID, &a.By.Name, &a.By.Side, &a.By.Picture, &a.OnBehalfOf)
	})
}

// look remembers how far somebody has seen the text: never less than before, never more than there is, and only up to
// the end of a commit.
func (s store) look(ctx context.Context, draft, user uuid.UUID, version int64) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO draft_looks (draft_id, user_id, doc_version)
		SELECT x.draft_id, $2, CASE WHEN $3 >= x.head THEN x.head ELSE coalesce((SELECT max(c.v_from + c.n) FROM draft_commits c WHERE c.draft_id = x.draft_id AND c.v_from + c.n <= $3),
		  (SELECT max(v.doc_version) FROM draft_versions v WHERE v.draft_id = x.draft_id AND v.doc_version <= $3), 1) END FROM draft_docs x WHERE x.draft_id = $1
		ON CONFLICT (draft_id, user_id) DO UPDATE SET doc_version = greatest(draft_looks.doc_version, excluded.doc_version), at = now()`, draft, user, version)
	return db.Err(err, "draft")
}

// changes gives how far the log goes, how far somebody has seen it, and who else has written since.
func (s store) changes(ctx context.Context, draft, user uuid.UUID) (c Changes, err error) {
	var looked Mark
	var at *int64
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT x.head, l.doc_version, coalesce(l.at, now()),
		coalesce(l.doc_version < x.head AND NOT EXISTS (SELECT FROM draft_commits c WHERE c.draft_id = $1 AND c.v_from = l.doc_version), false)
		  OR EXISTS (SELECT FROM draft_commits c WHERE c.draft_id = $1 AND c.v_from >= l.doc_version AND c.user_id <> $2),
		(SELECT coalesce(jsonb_agg(jsonb_build_object('ID', u.id, 'Name', u.name, 'Side', u.side, 'Picture', u.picture_asset_id) ORDER BY u.name), '[]')
		  FROM users u WHERE u.id <> $2 AND u.id IN (SELECT c.user_id FROM draft_commits c WHERE c.draft_id = $1 AND c.v_from >= l.doc_version))
		FROM draft_docs x LEFT JOIN draft_looks l ON l.draft_id = x.draft_id AND l.user_id = $2 WHERE x.draft_id = $1`, draft, user).
		Scan(&c.DocVersion, &at, &looked.At, &looked.Changed, &looked.By)
	if at != nil {
		looked.DocVersion = *at
		c.Looked = &looked
	}
	return c, db.Err(err, "draft")
}

// mark gives the newest version that was submitted ("submitted") or approved ("approved"), or nil.
func (s store) mark(ctx context.Context, draft uuid.UUID, kind string) (*Mark, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT v.id, v.number, v.doc_version, coalesce(m.at, v.created_at) FROM draft_versions v LEFT JOIN draft_milestones m ON m.version_id = v.id AND m.kind = 'approved'
		WHERE v.draft_id = $1 AND CASE WHEN $2 = 'approved' THEN m.at IS NOT NULL ELSE v.reason = 'submitted' END ORDER BY v.number DESC LIMIT 1`, draft, kind)
	if err != nil {
		return nil, db.Err(err, "version")
	}
	found, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (m Mark, err error) {
		return m, r.Scan(&m.VersionID, &m.Number, &m.DocVersion, &m.At)
	})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// people gives some people with their names.
func (s store) people(ctx context.Context, ids []uuid.UUID) ([]activity.Person, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT id, name, side, picture_asset_id FROM users WHERE id = ANY($1) ORDER BY name`, ids)
	if err != nil {
		return nil, db.Err(err, "person")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (p activity.Person, err error) {
		return p, r.Scan(&p.ID, &p.Name, &p.Side, &p.Picture)
	})
}
