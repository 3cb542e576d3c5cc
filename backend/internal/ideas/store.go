package ideas

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

type store struct{ db *db.DB }

// visible is the condition under which somebody ($1 user, $2 team) sees the idea i.
const visible = `(i.visibility = 'everyone' OR i.author_id = $1 OR (i.visibility = 'team' AND i.team_id = $2)
	OR (i.visibility = 'private' AND EXISTS (SELECT FROM idea_people p WHERE p.idea_id = i.id AND p.user_id = $1)))`

const columns = `i.id, i.kind, i.title, i.body, i.tags, i.state, i.reason, i.visibility, i.author_id, u.name, u.side, u.picture_asset_id,
	i.team_id, i.needed_by, i.merged_into, i.votes, v.user_id IS NOT NULL, i.rev, i.created_at, i.updated_at,
	(SELECT count(*) FROM comments c WHERE c.object_type = 'idea' AND c.object_id = i.id AND c.deleted_at IS NULL),
	(SELECT count(*) FROM idea_evidence e WHERE e.idea_id = i.id)`

const from = ` FROM ideas i JOIN users u ON u.id = i.author_id LEFT JOIN idea_votes v ON v.idea_id = i.id AND v.user_id = $1 `

func scan(row pgx.CollectableRow) (i Idea, err error) {
	err = row.Scan(&i.ID, &i.Kind, &i.Title, &i.Body, &i.Tags, &i.State, &i.Reason, &i.Visibility, &i.AuthorID, &i.Author.Name, &i.Author.Side,
		&i.Author.Picture, &i.TeamID, &i.NeededBy, &i.MergedInto, &i.Votes, &i.Voted, &i.Rev, &i.CreatedAt, &i.UpdatedAt, &i.Comments, &i.EvidenceCount)
	i.Author.ID = i.AuthorID
	return i, err
}

func (s store) get(ctx context.Context, id uuid.UUID, u auth.User) (Idea, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+columns+from+`WHERE i.id = $3 AND `+visible, u.ID, u.TeamID, id)
	if err != nil {
		return Idea{}, db.Err(err, "idea")
	}
	i, err := pgx.CollectExactlyOneRow(rows, scan)
	return i, db.Err(err, "idea")
}

func (s store) among(ctx context.Context, u auth.User, ids []uuid.UUID) ([]Idea, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+columns+from+`WHERE i.id = ANY($3) AND `+visible+` ORDER BY i.id`, u.ID, u.TeamID, ids)
	if err != nil {
		return nil, db.Err(err, "idea")
	}
	return pgx.CollectRows(rows, scan)
}

// people gives those who may see a private idea, beside its author.
func (s store) people(ctx context.Context, id uuid.UUID) ([]activity.Person, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT u.id, u.name, u.side, u.picture_asset_id FROM idea_people p JOIN users u ON u.id = p.user_id
		WHERE p.idea_id = $1 ORDER BY u.name, u.id`, id)
	if err != nil {
		return nil, db.Err(err, "idea")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (p activity.Person, err error) {
		err = r.Scan(&p.ID, &p.Name, &p.Side, &p.Picture)
		return p, err
	})
}

// bare gives an idea whoever asks; for transitions that follow from elsewhere.
func (s store) bare(ctx context.Context, id uuid.UUID) (i Idea, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT id, title, state, author_id FROM ideas WHERE id = $1`, id).Scan(&i.ID, &i.Title, &i.State, &i.AuthorID)
	return i, db.Err(err, "idea")
}

// survivors gives ideas, each merged one replaced by the one that it went into, in one order, so that two transactions
// that lock them one by one cannot wait for each other.
func (s store) survivors(ctx context.Context, ids []uuid.UUID) ([]uuid.UUID, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT DISTINCT coalesce(merged_into, id) AS id FROM ideas WHERE id = ANY($1) ORDER BY 1`, ids)
	if err != nil {
		return nil, db.Err(err, "idea")
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

func (s store) list(ctx context.Context, u auth.User, f Filter) ([]Idea, error) {
	args := []any{u.ID, u.TeamID}
	arg := func(v any) string { args = append(args, v); return fmt.Sprintf("$%d", len(args)) }
	where := []string{visible}
	if f.Query != "" {
		for _, word := range strings.Fields(f.Query) {
			where = append(where, `i.title ILIKE '%' || `+arg(escape.Replace(word))+` || '%'`)
		}
	}
	switch {
	case len(f.States) == 1: // an equality lets the index give the order
		where = append(where, `i.state = `+arg(f.States[0]))
	case len(f.States) > 1:
		where = append(where, `i.state = ANY(`+arg(f.States)+`)`)
	default:
		where = append(where, `i.state <> 'merged'`)
	}
	if f.Kind != "" {
		where = append(where, `i.kind = `+arg(f.Kind))
	}
	if f.Tag != "" {
		where = append(where, `i.tags @> ARRAY[`+arg(f.Tag)+`]`)
	}
	if f.AuthorID != uuid.Nil {
		where = append(where, `i.author_id = `+arg(f.AuthorID))
	}
	if f.Mine {
		where = append(where, `(i.author_id = $1 OR v.user_id IS NOT NULL)`)
	}
	if f.Voted {
		where = append(where, `v.user_id IS NOT NULL`)
	}
	order := map[string]string{"new": `i.id DESC`, "old": `i.id`}[f.Sort]
	if order == "" {
		order = `i.votes DESC, i.id DESC`
	}
	if f.After != nil {
		switch f.Sort {
		case "new":
			where = append(where, `i.id < `+arg(f.After.ID))
		case "old":
			where = append(where, `i.id > `+arg(f.After.ID))
		default:
			where = append(where, `(i.votes, i.id) < (`+arg(f.After.Votes)+`, `+arg(f.After.ID)+`)`)
		}
	}
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+columns+from+`WHERE `+strings.Join(where, ` AND `)+` ORDER BY `+order+` LIMIT `+arg(f.Limit), args...)
	if err != nil {
		return nil, db.Err(err, "idea")
	}
	ideas, err := pgx.CollectRows(rows, scan)
	return ideas, db.Err(err, "idea")
}

var escape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func (s store) similar(ctx context.Context, u auth.User, title string, limit int) ([]Idea, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+columns+from+`
		WHERE i.state NOT IN ('merged', 'declined') AND `+visible+` AND ($3 <% i.title OR i.title % $3)
		ORDER BY greatest(word_similarity($3, i.title), similarity(i.title, $3)) DESC, i.votes DESC LIMIT $4`, u.ID, u.TeamID, title, limit)
	if err != nil {
		return nil, db.Err(err, "idea")
	}
	return pgx.CollectRows(rows, scan)
}

// create writes the idea, its author's vote and the people who may see it. Nothing here can be at fault that input could
// cause, so it goes along with what follows.
func (s store) create(ctx context.Context, i Idea, people []uuid.UUID) error {
	if err := s.db.Defer(ctx, "idea", `INSERT INTO ideas (id, kind, title, body, tags, state, visibility, author_id, team_id, needed_by, votes, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $11)`,
		i.ID, i.Kind, i.Title, i.Body, i.Tags, i.State, i.Visibility, i.AuthorID, i.TeamID, i.NeededBy, i.CreatedAt); err != nil {
		return err
	}
	if i.Visibility == Private && len(people) > 0 {
		if err := s.db.Defer(ctx, "idea", `INSERT INTO idea_people (idea_id, user_id) SELECT DISTINCT $1::uuid, unnest($2::uuid[])`, i.ID, people); err != nil {
			return err
		}
	}
	return s.db.Defer(ctx, "idea", `INSERT INTO idea_votes (idea_id, user_id) VALUES ($1, $2)`, i.ID, i.AuthorID)
}

func (s store) update(ctx context.Context, id uuid.UUID, in Input) error {
	var b pgx.Batch
	b.Queue(`UPDATE ideas SET kind = $2, title = $3, body = $4, tags = $5, visibility = $6, needed_by = $7, rev = rev + 1, updated_at = now() WHERE id = $1`,
		id, in.Kind, in.Title, in.Body, in.Tags, in.Visibility, in.NeededBy)
	if in.People != nil {
		b.Queue(`DELETE FROM idea_people WHERE idea_id = $1`, id)
		b.Queue(`INSERT INTO idea_people (idea_id, user_id) SELECT DISTINCT $1::uuid, unnest($2::uuid[])`, id, in.People)
	}
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "idea")
}

// lock holds the row to the end of the transaction, so that nothing slips in between check and change.
func (s store) lock(ctx context.Context, id uuid.UUID) error {
	var one int
	return db.Err(s.db.PG(ctx).QueryRow(ctx, `SELECT 1 FROM ideas WHERE id = $1 FOR UPDATE`, id).Scan(&one), "idea")
}

func (s store) lockForVote(ctx context.Context, id uuid.UUID, u auth.User) (state State, votes int, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT i.state, i.votes FROM ideas i WHERE i.id = $3 AND `+visible+` FOR UPDATE`, u.ID, u.TeamID, id).Scan(&state, &votes)
	return state, votes, db.Err(err, "idea")
}

// vote gives by how much the number of votes changed.
func (s store) vote(ctx context.Context, id, user uuid.UUID, yes bool) (changed int, err error) {
	q := `WITH gone AS (DELETE FROM idea_votes WHERE idea_id = $1 AND user_id = $2 RETURNING 1)
		UPDATE ideas SET votes = votes - 1 WHERE id = $1 AND EXISTS (SELECT FROM gone)`
	delta := -1
	if yes {
		q = `WITH new AS (INSERT INTO idea_votes (idea_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1)
			UPDATE ideas SET votes = votes + 1 WHERE id = $1 AND EXISTS (SELECT FROM new)`
		delta = 1
	}
	tag, err := s.db.PG(ctx).Exec(ctx, q, id, user)
	if err != nil || tag.RowsAffected() == 0 {
		return 0, db.Err(err, "vote")
	}
	return delta, nil
}

func (s store) setState(ctx context.Context, id uuid.UUID, to State, reason string) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE ideas SET state = $2, reason = $3, rev = rev + 1, updated_at = now(), first_answer_at = coalesce(first_answer_at, now()) WHERE id = $1`, id, to, reason)
	return db.Err(err, "idea")
}

func (s store) merge(ctx context.Context, id, into uuid.UUID) error {
	var b pgx.Batch
	b.Queue(`INSERT INTO idea_votes (idea_id, user_id, at) SELECT $2, user_id, at FROM idea_votes WHERE idea_id = $1 ON CONFLICT DO NOTHING`, id, into)
	b.Queue(`UPDATE idea_evidence SET idea_id = $2 WHERE idea_id = $1`, id, into)
	b.Queue(`UPDATE ideas SET votes = (SELECT count(*) FROM idea_votes WHERE idea_id = $1), rev = rev + 1, updated_at = now() WHERE id = $1`, into)
	b.Queue(`UPDATE ideas SET state = 'merged', merged_into = $2, rev = rev + 1, updated_at = now() WHERE id = $1`, id, into)
	b.Queue(`UPDATE ideas SET merged_into = $2 WHERE merged_into = $1`, id, into) // what was merged into it before
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "idea")
}

func (s store) addEvidence(ctx context.Context, e Evidence) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO idea_evidence (id, idea_id, kind, text, source, deal_value, author_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		e.ID, e.IdeaID, e.Kind, e.Text, e.Source, e.DealValue, e.Author.ID, e.CreatedAt)
	return db.Err(err, "evidence")
}

func (s store) removeEvidence(ctx context.Context, idea, id, author uuid.UUID) error {
	tag, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM idea_evidence WHERE id = $1 AND idea_id = $2 AND author_id = $3`, id, idea, author)
	if err == nil && tag.RowsAffected() == 0 {
		return errs.New(errs.NotFound, "No such evidence of yours.")
	}
	return db.Err(err, "evidence")
}

func (s store) evidence(ctx context.Context, idea uuid.UUID) ([]Evidence, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT e.id, e.idea_id, e.kind, e.text, e.source, e.deal_value::float8, e.created_at, u.id, u.name, u.side, u.picture_asset_id
		FROM idea_evidence e JOIN users u ON u.id = e.author_id WHERE e.idea_id = $1 ORDER BY e.id LIMIT 500`, idea)
	if err != nil {
		return nil, db.Err(err, "evidence")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (e Evidence, err error) {
		err = r.Scan(&e.ID, &e.IdeaID, &e.Kind, &e.Text, &e.Source, &e.DealValue, &e.CreatedAt, &e.Author.ID, &e.Author.Name, &e.Author.Side, &e.Author.Picture)
		return e, err
	})
}
