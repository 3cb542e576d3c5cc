package drafts

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
)

// approvalColumns are those of ApprovalRule. Who is away matters while a draft waits for somebody.
const approvalColumns = `d.approval_mode, d.approvals_needed, d.approval_asked, d.approval_people,
	ARRAY(SELECT coalesce(a.on_behalf_of, a.user_id) FROM approvals a WHERE a.draft_id = d.id AND a.voided_at IS NULL AND a.version_id = d.current_version_id ORDER BY a.at, a.id),
	ARRAY(SELECT a.user_id FROM approvals a WHERE a.draft_id = d.id AND a.voided_at IS NULL AND a.version_id = d.current_version_id ORDER BY a.at, a.id),
	(SELECT coalesce(jsonb_agg(jsonb_build_object('ID', p.id, 'Side', p.side, 'Lead', p.lead, 'Left', p.disabled_at IS NOT NULL, 'Delegate', x.deputy) ORDER BY p.id, x.deputy), '[]') ` + deputies + `
		WHERE d.state = 'in_review' AND p.id <> d.writer_id
		AND (p.lead OR p.id = ANY(d.approval_people) OR EXISTS (SELECT FROM draft_people dp WHERE dp.draft_id = d.id AND dp.user_id = p.id AND dp.role = 'approver')))`

// deputies are people p who are away or have no account any more, and who (x) may approve the draft d for them.
const deputies = `FROM approval_deputies(d) x JOIN users p ON p.id = x.principal`

func (r *ApprovalRule) fields() []any {
	return []any{&r.Mode, &r.Count, &r.Asked, &r.People, &r.Given, &r.By, &r.Away}
}

// waitsFor is the condition under which the draft d, in review, waits for the yes of a person given by SQL: their id, side,
// and whether they are a lead.
func waitsFor(id, side, lead string) string {
	return `CASE WHEN d.approval_mode = 'both_sides' THEN
		((` + lead + ` AND NOT d.confidential) OR EXISTS (SELECT FROM draft_people p WHERE p.draft_id = d.id AND p.user_id = ` + id + ` AND p.role = 'approver')
		 OR (` + lead + ` AND EXISTS (SELECT FROM draft_people p WHERE p.draft_id = d.id AND p.user_id = ` + id + `)))
		AND NOT EXISTS (SELECT FROM approvals a WHERE a.draft_id = d.id AND a.voided_at IS NULL AND a.side = ` + side + `)
	  ELSE ` + id + ` = ANY(d.approval_people)
		AND NOT EXISTS (SELECT FROM approvals a WHERE a.draft_id = d.id AND a.voided_at IS NULL AND
		 (coalesce(a.on_behalf_of, a.user_id) = ` + id + ` OR (d.approval_mode = 'n_of_m' AND a.user_id = ` + id + `))) END`
}

// waitsForReader is waitsFor of the reader ($1) or of somebody for whom they stand in.
func waitsForReader(side, lead string) string {
	return `d.state = 'in_review' AND d.writer_id <> $1 AND ((` + waitsFor(`$1::uuid`, side, lead+`::boolean`) + `) OR EXISTS (SELECT ` + deputies + ` WHERE x.deputy = $1 AND p.id <> d.writer_id AND (` +
		waitsFor(`x.principal`, `p.side`, `p.lead`) + `)))`
}

// standsIn is the condition under which the reader ($1) sees the draft d because they approve for somebody who is away or gone.
const standsIn = `draft_is_left_to(d, $1)`

// rule gives how pieces of a type are approved; of an unknown type by both sides.
func (s store) rule(ctx context.Context, contentType string) (r ApprovalRule, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT coalesce(t.approval_mode, 'both_sides'), coalesce(t.approvals_needed, 2), coalesce(t.approver_ids, '{}')
		FROM (SELECT 1) one LEFT JOIN content_types t ON t.key = $1`, contentType).Scan(&r.Mode, &r.Count, &r.Asked)
	return r, db.Err(err, "content type")
}

// enabled gives those of some people who are still here, each once, without one.
func (s store) enabled(ctx context.Context, ids []uuid.UUID, without uuid.UUID) ([]uuid.UUID, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT id FROM users WHERE id = ANY($1) AND id <> $2 AND disabled_at IS NULL ORDER BY id`, ids, without)
	if err != nil {
		return nil, db.Err(err, "person")
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

func (s store) setRule(ctx context.Context, draft uuid.UUID, r ApprovalRule) error {
	var b pgx.Batch
	b.Queue(`UPDATE drafts SET approval_mode = $2, approvals_needed = $3, approval_asked = $4, approval_people = $5 WHERE id = $1`, draft, r.Mode, r.Count, filled(r.Asked), filled(r.People))
	b.Queue(`INSERT INTO draft_people (draft_id, user_id, role) SELECT $1, unnest($2::uuid[]), 'approver' ON CONFLICT DO NOTHING`, draft, r.Asked)
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "draft")
}

func filled(ids []uuid.UUID) []uuid.UUID {
	if ids == nil {
		return []uuid.UUID{}
	}
	return ids
}

// approversToAsk gives whose yes a draft needs: those whom its mode names; for both sides the named approvers, and the
// leads of a side that has none named.
func (s store) approversToAsk(ctx context.Context, d Draft) ([]uuid.UUID, error) {
	if d.Approval.Mode == Named || d.Approval.Mode == NOfM {
		return d.Approval.People, nil
	}
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT u.id FROM users u WHERE u.disabled_at IS NULL AND u.id <> $2 AND (u.id = ANY($1) OR
		(u.lead AND NOT $3 AND NOT EXISTS (SELECT FROM users n WHERE n.id = ANY($1) AND n.id <> $2 AND n.side = u.side AND n.disabled_at IS NULL))) ORDER BY u.id`, d.Approvers, d.WriterID, d.Confidential)
	if err != nil {
		return nil, db.Err(err, "person")
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

func (s store) addApproval(ctx context.Context, id, draft uuid.UUID, v Version, mode ApprovalMode, u, principal auth.User) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO approvals (id, draft_id, version_id, hash, side, user_id, mode, on_behalf_of) VALUES ($1, $2, $3, $4, $5, $6, $7, nullif($8::uuid, $6))`,
		id, draft, v.ID, v.Hash, principal.Side, u.ID, mode, principal.ID)
	return db.Err(err, "approval")
}

func (s store) addMilestone(ctx context.Context, version uuid.UUID, kind string, by uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO draft_milestones (version_id, kind, user_id) VALUES ($1, $2, $3)
		ON CONFLICT (version_id, kind) DO UPDATE SET user_id = $3, at = now()`, version, kind, by)
	return db.Err(err, "version")
}

// askedPeople gives how it stands with some people's yes to a version.
func (s store) askedPeople(ctx context.Context, version uuid.NullUUID, ids []uuid.UUID) ([]AskedPerson, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT u.id, u.name, u.side, u.picture_asset_id, u.lead, u.disabled_at IS NOT NULL, a.at,
		(SELECT jsonb_build_object('ID', b.id, 'Name', b.name, 'Side', b.side, 'Picture', b.picture_asset_id) FROM users b WHERE b.id = a.user_id AND a.user_id <> u.id),
		r.at, e.at, (SELECT coalesce(jsonb_agg(jsonb_build_object('ID', t.id, 'Name', t.name, 'Side', t.side, 'Picture', t.picture_asset_id) ORDER BY t.name), '[]') FROM users t WHERE t.id = ANY(e.told)),
		x.ends_on, (SELECT jsonb_build_object('ID', s.id, 'Name', s.name, 'Side', s.side, 'Picture', s.picture_asset_id) FROM users s WHERE s.id = x.delegate_id AND s.side = u.side AND s.disabled_at IS NULL)
		FROM users u
		LEFT JOIN approvals a ON a.version_id = $1 AND a.voided_at IS NULL AND coalesce(a.on_behalf_of, a.user_id) = u.id
		LEFT JOIN approval_nudges r ON r.version_id = $1 AND r.user_id = u.id AND r.kind = 'reminded'
		LEFT JOIN approval_nudges e ON e.version_id = $1 AND e.user_id = u.id AND e.kind = 'escalated'
		LEFT JOIN LATERAL (SELECT * FROM absences y WHERE y.user_id = u.id AND now() >= y.starts_at AND now() < y.ends_at ORDER BY y.ends_at DESC LIMIT 1) x ON true
		WHERE u.id = ANY($2) ORDER BY u.side DESC, u.name, u.id`, version, ids)
	if err != nil {
		return nil, db.Err(err, "person")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (p AskedPerson, err error) {
		return p, r.Scan(&p.Person.ID, &p.Person.Name, &p.Person.Side, &p.Person.Picture, &p.Lead, &p.Left, &p.ApprovedAt, &p.ApprovedBy, &p.RemindedAt, &p.EscalatedAt, &p.EscalatedTo, &p.AwayUntil, &p.Delegate)
	})
}

// waiting is a version that waits for approval.
type waiting struct {
	Draft, Version   uuid.UUID
	Since            time.Time
	Remind, Escalate time.Duration
}

func (s store) inReview(ctx context.Context) ([]waiting, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT d.id, v.id, v.created_at, coalesce(t.remind_hours, 48), coalesce(t.escalate_hours, 96)
		FROM drafts d JOIN draft_versions v ON v.id = d.current_version_id LEFT JOIN content_types t ON t.key = d.content_type WHERE d.state = 'in_review' ORDER BY v.created_at`)
	if err != nil {
		return nil, db.Err(err, "draft")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (w waiting, err error) {
		var remind, escalate int
		err = r.Scan(&w.Draft, &w.Version, &w.Since, &remind, &escalate)
		w.Remind, w.Escalate = time.Duration(remind)*time.Hour, time.Duration(escalate)*time.Hour
		return w, err
	})
}

// leadsOf gives the leads of a side, beside some people.
func (s store) leadsOf(ctx context.Context, side auth.Side, beside ...uuid.UUID) ([]activity.Person, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT id, name, side, picture_asset_id FROM users WHERE lead AND side = $1 AND disabled_at IS NULL AND NOT id = ANY($2) ORDER BY name`, side, beside)
	if err != nil {
		return nil, db.Err(err, "person")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (p activity.Person, err error) {
		return p, r.Scan(&p.ID, &p.Name, &p.Side, &p.Picture)
	})
}

// nudge remembers that somebody was told; false when they were before.
func (s store) nudge(ctx context.Context, version, person uuid.UUID, kind string, told []uuid.UUID, at time.Time) (bool, error) {
	tag, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO approval_nudges (version_id, user_id, kind, told, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`, version, person, kind, filled(told), at)
	return tag.RowsAffected() == 1, db.Err(err, "reminder")
}
