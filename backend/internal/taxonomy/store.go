package taxonomy

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/activity"
	"byline/backend/internal/collections"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/views"
)

type store struct{ db *db.DB }

// idOf names what a type must have, where an id is asked for: the name-based UUID of its key.
func idOf(key string) uuid.UUID { return uuid.NewSHA1(uuid.NameSpaceOID, []byte("taxonomy "+key)) }

// name is a value with its facet.
type name struct{ facet, value string }

type said struct {
	retired bool
	into    string
}

// lock lets one change of the taxonomy go on at a time.
func (s store) lock(ctx context.Context) error {
	_, err := s.db.PG(ctx).Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('taxonomy', 0))`)
	return db.Err(err, "value")
}

// said is what is known of values beside that they are used.
func (s store) said(ctx context.Context) (map[name]said, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT facet, value, retired, coalesce(merged_into, '') FROM taxonomy_values`)
	if err != nil {
		return nil, db.Err(err, "value")
	}
	all := map[name]said{}
	var n name
	var x said
	_, err = pgx.ForEachRow(rows, []any{&n.facet, &n.value, &x.retired, &x.into}, func() error { all[n] = x; return nil })
	return all, db.Err(err, "value")
}

func (s store) count(ctx context.Context, facet string) (n int, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT count(*) FROM taxonomy_values WHERE facet = $1 AND merged_into IS NULL`, facet).Scan(&n)
	return n, db.Err(err, "value")
}

func (s store) say(ctx context.Context, facet, value string, retired bool, by uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO taxonomy_values (facet, value, retired, by_id) VALUES ($1, $2, $3, nullif($4::uuid, '00000000-0000-0000-0000-000000000000'))
		ON CONFLICT (facet, value) DO UPDATE SET retired = excluded.retired, merged_into = NULL, by_id = excluded.by_id, at = now()`, facet, value, retired, by)
	return db.Err(err, "value")
}

func (s store) mergeInto(ctx context.Context, facet, value, into string, by uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO taxonomy_values (facet, value, merged_into, by_id) VALUES ($1, $2, $3, nullif($4::uuid, '00000000-0000-0000-0000-000000000000'))
		ON CONFLICT (facet, value) DO UPDATE SET merged_into = excluded.merged_into, by_id = excluded.by_id, at = now()`, facet, value, into, by)
	return db.Err(err, "value")
}

// unmerge lets values be values again, and begins the undo of resources; a name that was made for the merge and that
// nothing has goes away.
func (s store) unmerge(ctx context.Context, c Change, restored, left int) error {
	var b pgx.Batch
	b.Queue(`UPDATE taxonomy_values SET merged_into = NULL, at = now() WHERE facet = $1 AND value = ANY($2) AND merged_into = $3`, c.Facet, c.Sources, c.Target)
	if c.WasNew {
		b.Queue(`DELETE FROM taxonomy_values WHERE facet = $1 AND value = $2`, c.Facet, c.Target)
	}
	b.Queue(`UPDATE taxonomy_changes SET state = 'undoing', handled = 0, undone_to = NULL, restored = $2, left_alone = $3, touched_at = now() WHERE id = $1`, c.ID, restored, left)
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "change")
}

// changedThing is what one thing had and got.
type changedThing struct {
	kind          string
	id            uuid.UUID
	before, after any
}

func (s store) addChange(ctx context.Context, c Change, by uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO taxonomy_changes (id, facet, sources, target, was_new, resources, collections, views, by_id, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		c.ID, c.Facet, c.Sources, c.Target, c.WasNew, c.Resources, c.Collections, c.Views, by, c.State)
	return db.Err(err, "change")
}

// addChanged notes what things had and got. One that got the old value again meanwhile is given back what it had first.
func (s store) addChanged(ctx context.Context, change uuid.UUID, things []changedThing) error {
	kinds, ids, before, after := make([]string, len(things)), make([]uuid.UUID, len(things)), make([]string, len(things)), make([]string, len(things))
	for i, t := range things {
		x, err := json.Marshal(t.before)
		if err != nil {
			return err
		}
		y, err := json.Marshal(t.after)
		if err != nil {
			return err
		}
		kinds[i], ids[i], before[i], after[i] = t.kind, t.id, string(x), string(y)
	}
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO taxonomy_changed (change_id, kind, thing_id, before, after)
		SELECT $1, k, id, b::jsonb, a::jsonb FROM unnest($2::text[], $3::uuid[], $4::text[], $5::text[]) x(k, id, b, a)
		ON CONFLICT (change_id, kind, thing_id) DO UPDATE SET after = excluded.after`, change, kinds, ids, before, after)
	return db.Err(err, "change")
}

type things struct {
	rules []collections.Followed
	views []views.Followed
}

// changed gives the rules and views of a change; resources come by changedResources.
func (s store) changed(ctx context.Context, id uuid.UUID) (t things, err error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT kind, thing_id, before, after FROM taxonomy_changed WHERE change_id = $1 AND kind <> 'resource' ORDER BY kind, thing_id`, id)
	if err != nil {
		return t, db.Err(err, "change")
	}
	var kind string
	var thing uuid.UUID
	var before, after json.RawMessage
	_, err = pgx.ForEachRow(rows, []any{&kind, &thing, &before, &after}, func() error {
		switch kind {
		case "collection":
			t.rules = append(t.rules, collections.Followed{ID: thing, Before: append(json.RawMessage{}, before...), After: append(json.RawMessage{}, after...)})
		case "view":
			v := views.Followed{ID: thing}
			if err := json.Unmarshal(before, &v.Before); err != nil {
				return err
			}
			t.views = append(t.views, v)
			return json.Unmarshal(after, &t.views[len(t.views)-1].After)
		}
		return nil
	})
	return t, db.Err(err, "change")
}

const changeColumns = `SELECT c.id, c.facet, c.sources, c.target, c.was_new, c.resources, c.collections, c.views, c.state, c.handled, c.restored, c.left_alone, c.undone_to, c.at, c.undone_at, u.id, coalesce(u.name, ''), coalesce(u.side, ''), u.picture_asset_id
	FROM taxonomy_changes c LEFT JOIN users u ON u.id = c.by_id `

func scanChange(row pgx.CollectableRow) (c Change, err error) {
	var p activity.Person
	var by uuid.NullUUID
	err = row.Scan(&c.ID, &c.Facet, &c.Sources, &c.Target, &c.WasNew, &c.Resources, &c.Collections, &c.Views, &c.State, &c.Handled, &c.Restored, &c.Left, &c.undoneTo, &c.At, &c.UndoneAt, &by, &p.Name, &p.Side, &p.Picture)
	if by.Valid {
		p.ID = by.UUID
		c.By = &p
	}
	return c, err
}

func (s store) change(ctx context.Context, id uuid.UUID) (Change, error) {
	rows, err := s.db.PG(ctx).Query(ctx, changeColumns+`WHERE c.id = $1`, id)
	if err != nil {
		return Change{}, db.Err(err, "change")
	}
	c, err := pgx.CollectExactlyOneRow(rows, scanChange)
	return c, db.Err(err, "change")
}

func (s store) changes(ctx context.Context, limit int) ([]Change, error) {
	rows, err := s.db.PG(ctx).Query(ctx, changeColumns+`ORDER BY c.at DESC, c.id DESC LIMIT $1`, limit)
	if err != nil {
		return nil, db.Err(err, "change")
	}
	return pgx.CollectRows(rows, scanChange)
}

func (s store) required(ctx context.Context) (map[string][]string, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT content_type, array_agg(facet ORDER BY facet) FROM taxonomy_required GROUP BY 1`)
	if err != nil {
		return nil, db.Err(err, "value")
	}
	all := map[string][]string{}
	var key string
	var facets []string
	_, err = pgx.ForEachRow(rows, []any{&key, &facets}, func() error { all[key], facets = facets, nil; return nil })
	return all, db.Err(err, "value")
}

func (s store) knownType(ctx context.Context, key string) (known bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT EXISTS (SELECT FROM content_types WHERE key = $1)`, key).Scan(&known)
	return known, db.Err(err, "type of content")
}

func (s store) require(ctx context.Context, contentType string, facets []string, by uuid.UUID) error {
	var b pgx.Batch
	b.Queue(`DELETE FROM taxonomy_required WHERE content_type = $1 AND facet <> ALL(coalesce($2::text[], '{}'))`, contentType, facets)
	b.Queue(`INSERT INTO taxonomy_required (content_type, facet, by_id) SELECT $1, f, nullif($3::uuid, '00000000-0000-0000-0000-000000000000') FROM unnest($2::text[]) f ON CONFLICT DO NOTHING`, contentType, facets, by)
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "value")
}
