package drafts

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
)

type store struct{ db *db.DB }

const columns = `d.id, d.title, d.content_type, d.state, d.writer_id, u.name, u.side, u.picture_asset_id, d.confidential, d.summary, d.audience, d.stage, d.key_message,
	d.proof, d.call_to_action, d.channel, d.expert_id, d.due_on, d.publish_on, d.tags, d.public_url, d.shareable, d.resource_id, d.current_version_id, coalesce(d.archived_from, ''), d.rev,
	d.created_at, d.updated_at, d.state_changed_at,
	(SELECT count(*) FROM comments c WHERE c.object_type = 'draft' AND c.object_id = d.id AND c.thread_id IS NULL AND c.deleted_at IS NULL),
	ARRAY(SELECT DISTINCT a.side FROM approvals a WHERE a.draft_id = d.id AND a.voided_at IS NULL AND a.version_id = d.current_version_id ORDER BY a.side),
	ARRAY(SELECT p.user_id FROM draft_people p WHERE p.draft_id = d.id AND p.role = 'contributor'),
	ARRAY(SELECT p.user_id FROM draft_people p JOIN users x ON x.id = p.user_id WHERE p.draft_id = d.id AND p.role = 'contributor' AND NOT p.edits AND x.side = 'sales' AND x.id <> d.writer_id),
	ARRAY(SELECT p.user_id FROM draft_people p WHERE p.draft_id = d.id AND p.role = 'approver'),
	ARRAY(SELECT i.idea_id FROM draft_ideas i WHERE i.draft_id = d.id),
	(SELECT coalesce(jsonb_agg(jsonb_build_object('ID', x.id, 'Name', x.name, 'Side', x.side, 'Picture', x.picture_asset_id) ORDER BY x.name, x.id), '[]')
		FROM users x WHERE x.id = d.expert_id OR x.id IN (SELECT p.user_id FROM draft_people p WHERE p.draft_id = d.id)), ` + approvalColumns

const from = ` FROM drafts d JOIN users u ON u.id = d.writer_id `

func scan(row pgx.CollectableRow) (d Draft, err error) {
	p := &d.Plan
	err = row.Scan(append([]any{&d.ID, &d.Title, &d.ContentType, &d.State, &d.WriterID, &d.Writer.Name, &d.Writer.Side, &d.Writer.Picture, &d.Confidential, &p.Summary, &p.Audience,
		&p.Stage, &p.KeyMessage, &p.Proof, &p.CallToAction, &p.Channel, &p.ExpertID, &p.DueOn, &p.PublishOn, &p.Tags, &p.PublicURL, &p.Shareable, &d.ResourceID,
		&d.CurrentVersionID, &d.ArchivedFrom, &d.Rev, &d.CreatedAt, &d.UpdatedAt, &d.StateChangedAt, &d.Comments, &d.ApprovedBy, &d.Contributors, &d.Suggesters, &d.Approvers, &d.Ideas, &d.People}, d.Approval.fields()...)...)
	d.Writer.ID = d.WriterID
	return d, err
}

func (s store) get(ctx context.Context, id uuid.UUID) (Draft, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+columns+from+`WHERE d.id = $1`, id)
	if err != nil {
		return Draft{}, db.Err(err, "draft")
	}
	d, err := pgx.CollectExactlyOneRow(rows, scan)
	return d, db.Err(err, "draft")
}

func (s store) lock(ctx context.Context, id uuid.UUID) error {
	var one int
	return db.Err(s.db.PG(ctx).QueryRow(ctx, `SELECT 1 FROM drafts WHERE id = $1 FOR UPDATE`, id).Scan(&one), "draft")
}

// cares says whether somebody filed or voted for one of the draft's ideas.
func (s store) cares(ctx context.Context, draft, user uuid.UUID) (yes bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT EXISTS (SELECT FROM draft_ideas di JOIN ideas i ON i.id = di.idea_id
		WHERE di.draft_id = $1 AND (i.author_id = $2 OR EXISTS (SELECT FROM idea_votes v WHERE v.idea_id = i.id AND v.user_id = $2)))`, draft, user).Scan(&yes)
	return yes, db.Err(err, "draft")
}

func (s store) create(ctx context.Context, id, by uuid.UUID, in Input) error {
	p := in.Plan
	if _, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO drafts (id, title, content_type, writer_id, confidential, summary, audience, stage, key_message, proof, call_to_action, channel,
		expert_id, due_on, publish_on, tags, public_url, shareable, created_by, resource_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
		id, in.Title, in.ContentType, in.WriterID, in.Confidential, p.Summary, p.Audience, p.Stage, p.KeyMessage, p.Proof, p.CallToAction, p.Channel,
		p.ExpertID, p.DueOn, p.PublishOn, p.Tags, p.PublicURL, p.Shareable, by, in.ResourceID); err != nil {
		return db.Err(err, "draft")
	}
	return s.setPeople(ctx, id, in)
}

func (s store) update(ctx context.Context, id uuid.UUID, in Input) error {
	p := in.Plan
	if _, err := s.db.PG(ctx).Exec(ctx, `UPDATE drafts SET title = $2, content_type = $3, writer_id = $4, confidential = $5, summary = $6, audience = $7, stage = $8, key_message = $9,
		proof = $10, call_to_action = $11, channel = $12, expert_id = $13, due_on = $14, publish_on = $15, tags = $16, public_url = $17, shareable = $18,
		rev = rev + 1, updated_at = now() WHERE id = $1`, id, in.Title, in.ContentType, in.WriterID, in.Confidential, p.Summary, p.Audience, p.Stage, p.KeyMessage,
		p.Proof, p.CallToAction, p.Channel, p.ExpertID, p.DueOn, p.PublishOn, p.Tags, p.PublicURL, p.Shareable); err != nil {
		return db.Err(err, "draft")
	}
	return s.setPeople(ctx, id, in)
}

func (s store) setPeople(ctx context.Context, id uuid.UUID, in Input) error {
	var b pgx.Batch
	b.Queue(`DELETE FROM draft_people WHERE draft_id = $1 AND NOT (role = 'contributor' AND user_id = ANY($2::uuid[]))`, id, in.Contributors) // who stays keeps how they write
	b.Queue(`DELETE FROM draft_ideas WHERE draft_id = $1`, id)
	b.Queue(`INSERT INTO draft_people (draft_id, user_id, role) SELECT DISTINCT $1::uuid, unnest($2::uuid[]), 'contributor' ON CONFLICT DO NOTHING`, id, in.Contributors)
	b.Queue(`INSERT INTO draft_people (draft_id, user_id, role) SELECT DISTINCT $1::uuid, unnest($2::uuid[]), 'approver'`, id, in.Approvers)
	b.Queue(`INSERT INTO draft_ideas (draft_id, idea_id) SELECT DISTINCT $1::uuid, unnest($2::uuid[])`, id, in.Ideas)
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "draft")
}

func (s store) touch(ctx context.Context, id uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE drafts SET rev = rev + 1, updated_at = now() WHERE id = $1`, id)
	return db.Err(err, "draft")
}

func (s store) setState(ctx context.Context, id uuid.UUID, to State) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE drafts SET state = $2, archived_from = CASE WHEN $2 = 'archived' THEN state END, rev = rev + 1, updated_at = now(),
		state_changed_at = CASE WHEN state = $2 THEN state_changed_at ELSE now() END WHERE id = $1`, id, to)
	return db.Err(err, "draft")
}

func (s store) setResource(ctx context.Context, id, resource uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE drafts SET resource_id = $2 WHERE id = $1`, id, resource)
	return db.Err(err, "draft")
}

// nextOf says whether a draft is on its way to replace a resource, and its title when somebody may know it, or "".
func (s store) nextOf(ctx context.Context, u auth.User, resource uuid.UUID) (exists bool, title string, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT count(*) > 0, coalesce(max(d.title) FILTER (WHERE `+titled+`), '') FROM drafts d
		WHERE d.resource_id = $1 AND d.state NOT IN ('published', 'archived')`, resource, u.ID, u.IsMarketer() || u.Lead || u.Admin).Scan(&exists, &title)
	return exists, title, db.Err(err, "draft")
}

// publishedOf gives the drafts that a resource was published from, beside one.
func (s store) publishedOf(ctx context.Context, resource, beside uuid.UUID) ([]uuid.UUID, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT id FROM drafts WHERE resource_id = $1 AND id <> $2 AND state = 'published' FOR UPDATE`, resource, beside)
	if err != nil {
		return nil, db.Err(err, "draft")
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

// readersToday is the day that it is where the reader ($1) is.
const readersToday = `(SELECT day_in(me.timezone, now()) FROM users me WHERE me.id = $1)`

// conditions are those of a filter, of which the first is what the user may read; the arguments of a statement begin
// with theirs, and arg adds one.
func conditions(u auth.User, f Filter) (where []string, args *[]any, arg func(any) string) {
	args = &[]any{u.ID, u.IsMarketer() || u.Lead || u.Admin}
	arg = func(v any) string { *args = append(*args, v); return fmt.Sprintf("$%d", len(*args)) }
	named := `(d.writer_id = $1 OR EXISTS (SELECT FROM draft_people p WHERE p.draft_id = d.id AND p.user_id = $1))`
	where = []string{`(` + named + ` OR ($2 AND NOT d.confidential) OR ` + standsIn + `)`}
	if len(f.States) == 0 {
		where = append(where, `d.state <> 'archived'`)
	} else {
		where = append(where, `d.state = ANY(`+arg(f.States)+`)`)
	}
	if f.Mine {
		where = append(where, named)
	}
	if f.Waiting {
		where = append(where, waitsForReader(arg(u.Side), arg(u.Lead)))
	}
	if f.ResourceID != uuid.Nil {
		where = append(where, `d.resource_id = `+arg(f.ResourceID))
	}
	if f.PersonID != uuid.Nil {
		person := arg(f.PersonID)
		where = append(where, `(d.writer_id = `+person+` OR EXISTS (SELECT FROM draft_people p WHERE p.draft_id = d.id AND p.user_id = `+person+`))`)
	}
	if f.ContentType != "" {
		where = append(where, `d.content_type = `+arg(f.ContentType))
	}
	if f.Overdue {
		where = append(where, `d.due_on < `+readersToday+` AND d.state NOT IN ('approved', 'published', 'archived')`)
	}
	if f.MyStep {
		where = append(where, `d.state NOT IN ('published', 'archived') AND EXISTS (SELECT FROM draft_steps st WHERE st.draft_id = d.id AND st.assignee_id = $1
			AND st.finished_at IS NULL AND st.due_on <= `+readersToday+` + 3)`)
	}
	if f.Returned {
		where = append(where, `d.state = 'writing' AND EXISTS (SELECT FROM draft_versions v WHERE v.draft_id = d.id AND v.reason = 'submitted')`)
	}
	if f.IdeaID != uuid.Nil {
		where = append(where, `EXISTS (SELECT FROM draft_ideas i WHERE i.draft_id = d.id AND i.idea_id = `+arg(f.IdeaID)+`)`)
	}
	if f.Side != "" {
		side := arg(f.Side)
		where = append(where, `EXISTS (SELECT FROM users x WHERE x.side = `+side+` AND (x.id = d.writer_id OR x.id IN (SELECT p.user_id FROM draft_people p WHERE p.draft_id = d.id)))`)
	}
	return where, args, arg
}

// titled is the condition under which somebody ($2 user, $3 whether they read all that is not confidential) may know
// title and state of the draft d.
const titled = `(($3 AND NOT d.confidential) OR d.writer_id = $2 OR EXISTS (SELECT FROM draft_people p WHERE p.draft_id = d.id AND p.user_id = $2)
	OR EXISTS (SELECT FROM draft_ideas x JOIN ideas o ON o.id = x.idea_id WHERE x.draft_id = d.id AND
	  (o.author_id = $2 OR EXISTS (SELECT FROM idea_votes v WHERE v.idea_id = o.id AND v.user_id = $2))))`

// titledColumns are what such a reader gets. When a confidential draft is due is for those alone who are named on it.
const titledColumns = `SELECT d.id, d.title, d.content_type, d.state, d.resource_id, d.state_changed_at,
	CASE WHEN NOT d.confidential OR d.writer_id = $2 OR EXISTS (SELECT FROM draft_people p WHERE p.draft_id = d.id AND p.user_id = $2) THEN ` + dueOn + ` END,
	u.id, u.name, u.side, u.picture_asset_id`

func (s store) ofIdea(ctx context.Context, u auth.User, idea uuid.UUID) ([]Draft, error) {
	rows, err := s.db.PG(ctx).Query(ctx, titledColumns+`
		FROM draft_ideas i JOIN drafts d ON d.id = i.draft_id JOIN users u ON u.id = d.writer_id WHERE i.idea_id = $1
		AND `+titled+` ORDER BY d.id`, idea, u.ID, u.IsMarketer() || u.Lead || u.Admin)
	if err != nil {
		return nil, db.Err(err, "draft")
	}
	return pgx.CollectRows(rows, scanTitled)
}

func scanTitled(r pgx.CollectableRow) (d Draft, err error) {
	err = r.Scan(&d.ID, &d.Title, &d.ContentType, &d.State, &d.ResourceID, &d.StateChangedAt, &d.StepDue, &d.Writer.ID, &d.Writer.Name, &d.Writer.Side, &d.Writer.Picture)
	d.WriterID = d.Writer.ID
	return d, err
}

func (s store) ofResource(ctx context.Context, u auth.User, resource uuid.UUID) ([]Draft, error) {
	rows, err := s.db.PG(ctx).Query(ctx, titledColumns+`
		FROM drafts d JOIN users u ON u.id = d.writer_id WHERE d.resource_id = $1 AND `+titled+` ORDER BY d.id DESC`, resource, u.ID, u.IsMarketer() || u.Lead || u.Admin)
	if err != nil {
		return nil, db.Err(err, "draft")
	}
	return pgx.CollectRows(rows, scanTitled)
}

func (s store) ideasOfResource(ctx context.Context, resource uuid.UUID) ([]uuid.UUID, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT DISTINCT i.idea_id FROM draft_ideas i JOIN drafts d ON d.id = i.draft_id WHERE d.resource_id = $1`, resource)
	if err != nil {
		return nil, db.Err(err, "idea")
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

func (s store) versionParts(ctx context.Context, id uuid.UUID, plan *Plan, assets *[]library.AttachedAsset) error {
	var p, a []byte
	if err := s.db.PG(ctx).QueryRow(ctx, `SELECT brief, assets FROM draft_versions WHERE id = $1`, id).Scan(&p, &a); err != nil {
		return db.Err(err, "version")
	}
	if err := json.Unmarshal(p, plan); err != nil {
		return err
	}
	return json.Unmarshal(a, assets)
}

func (s store) voidApprovals(ctx context.Context, draft uuid.UUID, reason string) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE approvals SET voided_at = now(), void_reason = $2 WHERE draft_id = $1 AND voided_at IS NULL`, draft, reason)
	return db.Err(err, "approval")
}
