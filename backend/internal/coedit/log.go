package coedit

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Commit is one push as it was taken: steps that follow version V, in one go.
type Commit struct {
	V      int64             `json:"v"`
	Client string            `json:"c"`
	User   uuid.UUID         `json:"u"`
	Batch  int64             `json:"b"`
	Steps  []json.RawMessage `json:"s"`
	Kept   []int32           `json:"i"` // the place of each step in the batch as it was sent
	At     time.Time         `json:"at,omitzero"`
}

// End is the version that the commit leads to.
func (c Commit) End() int64 { return c.V + int64(len(c.Steps)) }

// What draft_commit answers instead of a head.
const (
	raced    = -1 // another replica was first
	taken    = -2 // this batch was taken before
	frozen   = -3
	reviewed = -4 // there are approvals to void
	foreign  = -5 // the client id is somebody else's
)

// base is a document of which the commits after its version are known.
type base struct {
	doc     []byte
	version int64
	copied  int64 // version of the newest snapshot
}

// stepLog is the ordered log of documents. The property test has one without a database.
type stepLog interface {
	base(ctx context.Context, draft uuid.UUID) (base, error)
	// commits gives those from a version on; until 0 is all of them.
	commits(ctx context.Context, draft uuid.UUID, from, until int64) ([]Commit, error)
	// commit takes a batch on top of c.V; none of c's steps record that it was void.
	commit(ctx context.Context, draft uuid.UUID, c Commit, note string, voids bool) (int64, error)
	project(ctx context.Context, draft uuid.UUID, version int64, doc []byte, text string) error
	snapshot(ctx context.Context, draft uuid.UUID, version int64, doc []byte) error
}

func (s store) base(ctx context.Context, draft uuid.UUID) (b base, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT doc::text, version, snapshot_version FROM draft_docs WHERE draft_id = $1`, draft).Scan(&b.doc, &b.version, &b.copied)
	return b, db.Err(err, "document")
}

func (s store) commits(ctx context.Context, draft uuid.UUID, from, until int64) ([]Commit, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT v_from, client_id, user_id, batch, kept, steps::text, at FROM draft_commits
		WHERE draft_id = $1 AND v_from >= $2 AND ($3 = 0 OR v_from < $3) ORDER BY v_from`, draft, from, until)
	if err != nil {
		return nil, db.Err(err, "document")
	}
	found, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (c Commit, err error) {
		var steps []byte
		if err := r.Scan(&c.V, &c.Client, &c.User, &c.Batch, &c.Kept, &steps, &c.At); err != nil {
			return c, err
		}
		return c, json.Unmarshal(steps, &c.Steps)
	})
	return found, db.Err(err, "document")
}

func (s store) commit(ctx context.Context, draft uuid.UUID, c Commit, note string, voids bool) (head int64, err error) {
	var steps *string
	if len(c.Steps) > 0 {
		text := list(c.Steps)
		steps = &text
	}
	if c.Kept == nil {
		c.Kept = []int32{}
	}
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT draft_commit($1, $2, $3, $4, $5, $6, $7, $8::json, $9, $10)`,
		draft, c.V, len(c.Steps), c.Client, c.User, c.Batch, c.Kept, steps, note, voids).Scan(&head)
	return head, err
}

// project brings the copy that others read up to a version. A newer one, and a frozen one, stay.
func (s store) project(ctx context.Context, draft uuid.UUID, version int64, doc []byte, text string) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE draft_docs d SET version = $2, doc = $3, text = $4, schema_hash = $5,
		updated_by = coalesce(c.user_id, d.updated_by), updated_at = coalesce(c.at, now())
		FROM (SELECT 1) one LEFT JOIN LATERAL (SELECT user_id, at FROM draft_commits WHERE draft_id = $1 AND v_from < $2 ORDER BY v_from DESC LIMIT 1) c ON true
		WHERE d.draft_id = $1 AND d.version < $2 AND d.head >= $2 AND NOT d.frozen`, draft, version, doc, text, SchemaHash)
	return db.Err(err, "document")
}

func (s store) snapshot(ctx context.Context, draft uuid.UUID, version int64, doc []byte) error {
	_, err := s.db.PG(ctx).Exec(ctx, `WITH made AS (INSERT INTO draft_snapshots (draft_id, version, doc) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING)
		UPDATE draft_docs SET snapshot_version = greatest(snapshot_version, $2) WHERE draft_id = $1`, draft, version, doc)
	return db.Err(err, "document")
}

// passing says whether trying again may help: the database is away or busy, rather than of another opinion.
func passing(err error) bool {
	if errors.Is(err, pgx.ErrNoRows) || errs.CodeOf(err) == errs.NotFound {
		return false
	}
	var pe *pgconn.PgError
	if !errors.As(err, &pe) {
		return errs.CodeOf(err) == errs.Unavailable || errs.CodeOf(err) == errs.Internal
	}
	for _, class := range []string{"08", "40", "53", "55", "57", "58"} {
		if strings.HasPrefix(pe.Code, class) {
			return true
		}
	}
	return false
}
