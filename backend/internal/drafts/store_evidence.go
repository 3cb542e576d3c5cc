package drafts

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/ideas"
	"byline/backend/internal/platform/db"
)

// picks gives the evidence of a brief in order. IdeaID is that of a merged idea's survivor.
func (s store) picks(ctx context.Context, draft uuid.UUID) ([]Pick, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT p.id, p.evidence_id, coalesce(i.merged_into, i.id), p.kind, p.text, p.source, p.picked_at, a.id, a.name, a.side, a.picture_asset_id,
		b.id, b.name, b.side, b.picture_asset_id, NOT EXISTS (SELECT FROM idea_evidence e WHERE e.id = p.evidence_id)
		FROM draft_evidence p JOIN ideas i ON i.id = p.idea_id JOIN users a ON a.id = p.author_id JOIN users b ON b.id = p.picked_by
		WHERE p.draft_id = $1 AND p.removed_at IS NULL ORDER BY p.position, p.id`, draft)
	if err != nil {
		return nil, db.Err(err, "evidence")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (p Pick, err error) {
		return p, r.Scan(&p.ID, &p.EvidenceID, &p.IdeaID, &p.Kind, &p.Text, &p.Source, &p.At, &p.Author.ID, &p.Author.Name, &p.Author.Side, &p.Author.Picture,
			&p.By.ID, &p.By.Name, &p.By.Side, &p.By.Picture, &p.Withdrawn)
	})
}

// evidenceParts is what a version copies of them: not where an idea was merged later, and not who picked it.
func (s store) evidenceParts(ctx context.Context, draft uuid.UUID) ([]evidencePart, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT evidence_id, idea_id, kind, text, source, author_id FROM draft_evidence WHERE draft_id = $1 AND removed_at IS NULL ORDER BY position, id`, draft)
	if err != nil {
		return nil, db.Err(err, "evidence")
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[evidencePart])
}

// pick adds a copy at the end, and forgets what can no longer be taken back.
func (s store) pick(ctx context.Context, draft uuid.UUID, e ideas.Evidence, by uuid.UUID) error {
	if err := s.forgetRemoved(ctx, draft); err != nil {
		return err
	}
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO draft_evidence (id, draft_id, evidence_id, idea_id, position, kind, text, source, author_id, picked_by)
		SELECT $1, $2, $3, $4, coalesce((SELECT max(position) FROM draft_evidence WHERE draft_id = $2), 0) + 1, $5, $6, $7, $8, $9`,
		db.NewID(), draft, e.ID, e.IdeaID, e.Kind, e.Text, e.Source, e.Author.ID, by)
	return db.Err(err, "evidence")
}

func (s store) forgetRemoved(ctx context.Context, draft uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM draft_evidence WHERE draft_id = $1 AND removed_at < now() - interval '1 hour'`, draft)
	return db.Err(err, "evidence")
}

// setRemoved takes a pick out or back in, and says whether that changed anything.
func (s store) setRemoved(ctx context.Context, draft, pick uuid.UUID, removed bool) (changed bool, err error) {
	if err := s.forgetRemoved(ctx, draft); err != nil {
		return false, err
	}
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE draft_evidence p SET removed_at = CASE WHEN $3 THEN now() END WHERE draft_id = $1 AND id = $2 AND (removed_at IS NULL) = $3
		AND ($3 OR NOT EXISTS (SELECT FROM draft_evidence o WHERE o.draft_id = $1 AND o.evidence_id = p.evidence_id AND o.removed_at IS NULL))`, draft, pick, removed)
	if err == nil && tag.RowsAffected() == 0 {
		return false, errNoPick
	}
	return true, db.Err(err, "evidence")
}

func (s store) orderPicks(ctx context.Context, draft uuid.UUID, order []uuid.UUID) error {
	numbers := make([]int, len(order))
	for i := range order {
		numbers[i] = i + 1
	}
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE draft_evidence p SET position = o.n FROM unnest($2::uuid[], $3::int[]) o(id, n) WHERE p.draft_id = $1 AND p.id = o.id`, draft, order, numbers)
	return db.Err(err, "evidence")
}
