package library

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Editable are the details of a resource that many can get at once.
type Editable struct {
	Taxonomy    Taxonomy      `json:"taxonomy"`
	OwnerID     uuid.NullUUID `json:"owner_id"`
	ReviewDueOn string        `json:"review_due_on"` // YYYY-MM-DD, "" for none
	ExpiresAt   *time.Time    `json:"expires_at"`
	DatesZone   string        `json:"dates_zone"`
	Shareable   bool          `json:"shareable"`
	Downloads   Downloads     `json:"downloads"`
	Archived    bool          `json:"archived"`
}

// Edited is a resource with what can be changed of it.
type Edited struct {
	ID          uuid.UUID
	Title       string
	ContentType string
	ReleaseAt   *time.Time
	Rev         int64
	Editable
}

// LockEditable gives resources, by id, and keeps others from changing them until the transaction is over. It is for those
// who see and change everything: marketing.
func (s *Service) LockEditable(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]Edited, error) {
	return s.store.editable(ctx, ids, ` FOR UPDATE`)
}

// ReadEditable is LockEditable for looking only.
func (s *Service) ReadEditable(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]Edited, error) {
	return s.store.editable(ctx, ids, ``)
}

// SetEditable writes what many resources get, in the transaction of the change, and what has to follow: who holds what is
// archived is told. before is what they had.
func (s *Service) SetEditable(ctx context.Context, before, after []Edited, data map[string]any) error {
	if err := s.store.setEditable(ctx, after); err != nil {
		return err
	}
	entries := make([]activity.Entry, 0, len(after))
	for i, a := range after {
		verb := "resource.bulk_edited"
		switch {
		case a.Archived && !before[i].Archived:
			verb = "resource.archived"
			if err := s.tellRecall(ctx, Recall{ID: a.ID}); err != nil {
				return err
			}
		case !a.Archived && before[i].Archived:
			verb = "resource.restored"
		}
		entries = append(entries, activity.Entry{Verb: verb, ObjectType: "resource", ObjectID: a.ID, Data: data})
	}
	return s.log.Record(ctx, entries...)
}

// Asked gives what types ask for, by type.
func (s *Service) Asked(ctx context.Context) (map[string][]string, error) { return s.store.asked(ctx) }

// CalledNow gives a taxonomy with what its values are called now.
func (s *Service) CalledNow(ctx context.Context, t Taxonomy) (Taxonomy, error) {
	named, err := s.store.aliases(ctx)
	named.apply(&t)
	return t, err
}

// Check says what is wrong with a taxonomy.
func (t Taxonomy) Check() error { return t.check() }

// MissingOf gives those of the facets in which there is nothing.
func (t Taxonomy) MissingOf(facets []string) []string { return t.missing(facets) }

// WorksHere says whether somebody has an account that is in use.
func (s *Service) WorksHere(ctx context.Context, id uuid.UUID) (here bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT EXISTS (SELECT FROM users WHERE id = $1 AND disabled_at IS NULL)`, id).Scan(&here)
	return here, db.Err(err, "person")
}

// Ref is a resource with the revision at which somebody saw it.
type Ref struct {
	ID  uuid.UUID
	Rev int64
}

// Refs gives the first resources, newest first, that the signed-in user would see with a filter.
func (s *Service) Refs(ctx context.Context, f ResourceFilter) ([]Ref, error) {
	f.now = s.now()
	return s.store.refs(ctx, auth.From(ctx), f)
}

// Assigned notes that somebody was made the owner of several resources, and tells them once.
func (s *Service) Assigned(ctx context.Context, owner uuid.UUID, resources []uuid.UUID) error {
	if len(resources) == 0 || owner == auth.From(ctx).ID {
		return nil
	}
	return s.log.Record(ctx, activity.Entry{Verb: "resource.assigned", ObjectType: "resource", ObjectID: slices.MinFunc(resources, func(a, b uuid.UUID) int {
		return slices.Compare(a[:], b[:])
	}), Data: map[string]any{"count": len(resources), "notify": []uuid.UUID{owner}}})
}

func (s store) editable(ctx context.Context, ids []uuid.UUID, lock string) (map[uuid.UUID]Edited, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT r.id, r.title, r.content_type, r.release_at, r.rev, r.personas, r.stages, r.industries, r.products, r.regions, r.tags, r.owner_id,
		coalesce(to_char(r.review_due_on, 'YYYY-MM-DD'), ''), r.expires_at, r.dates_zone, r.shareable, r.download_inside, r.download_outside, r.state = 'archived'
		FROM resources r WHERE r.id = ANY($1) ORDER BY r.id`+lock, ids)
	if err != nil {
		return nil, db.Err(err, "resource")
	}
	all := map[uuid.UUID]Edited{}
	for rows.Next() {
		var e Edited
		t := &e.Taxonomy
		if err := rows.Scan(&e.ID, &e.Title, &e.ContentType, &e.ReleaseAt, &e.Rev, &t.Personas, &t.Stages, &t.Industries, &t.Products, &t.Regions, &t.Tags, &e.OwnerID,
			&e.ReviewDueOn, &e.ExpiresAt, &e.DatesZone, &e.Shareable, &e.Downloads.Inside, &e.Downloads.Outside, &e.Archived); err != nil {
			rows.Close()
			return nil, db.Err(err, "resource")
		}
		all[e.ID] = e
	}
	return all, db.Err(rows.Err(), "resource")
}

func (s store) setEditable(ctx context.Context, all []Edited) error {
	var b pgx.Batch
	for _, e := range all {
		t := e.Taxonomy.filled()
		b.Queue(`UPDATE resources SET personas = $2, stages = $3, industries = $4, products = $5, regions = $6, tags = $7, owner_id = $8, review_due_on = nullif($9, '')::date,
			expires_at = $10, dates_zone = $11, shareable = $12, download_inside = $13, download_outside = $14,
			successor_id = CASE WHEN (state = 'archived') = $15 THEN successor_id END,
			state = CASE WHEN $15 THEN 'archived' WHEN state = 'archived' THEN 'live' WHEN state = 'review_due' AND nullif($9, '')::date > current_date THEN 'live' ELSE state END,
			rev = rev + 1, updated_at = now() WHERE id = $1`,
			e.ID, t.Personas, t.Stages, t.Industries, t.Products, t.Regions, t.Tags, e.OwnerID, e.ReviewDueOn, e.ExpiresAt, e.DatesZone, e.Shareable, e.Downloads.Inside, e.Downloads.Outside, e.Archived)
	}
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "resource")
}

func (s store) asked(ctx context.Context) (map[string][]string, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT content_type, facet FROM taxonomy_required ORDER BY 1, 2`)
	if err != nil {
		return nil, db.Err(err, "value")
	}
	all := map[string][]string{}
	var key, facet string
	_, err = pgx.ForEachRow(rows, []any{&key, &facet}, func() error { all[key] = append(all[key], facet); return nil })
	return all, db.Err(err, "value")
}

func (s store) refs(ctx context.Context, u auth.User, f ResourceFilter) ([]Ref, error) {
	q := &query{args: []any{u.ID}}
	where := f.visible(u, q) + ` AND ` + f.in(f.Tab) + ` AND ` + f.collected(q)
	for _, c := range facets {
		where += ` AND ` + c.holds(f, q)
	}
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT r.id, r.rev`+resourceFilterFrom+`WHERE `+where+` ORDER BY r.id DESC LIMIT `+q.arg(f.Limit), q.args...)
	if err != nil {
		return nil, db.Err(err, "resource")
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Ref])
}

// errFull is why a resource gets no more values of a facet.
var errFull = errs.New(errs.Invalid, "It would have more than 40 values of one kind.")

// Add gives values to a taxonomy that it has not, and takes others out.
func (t Taxonomy) Add(add, remove Taxonomy) (Taxonomy, error) {
	for _, facet := range RequirableFacets {
		list := t.List(facet)
		now := slices.DeleteFunc(slices.Clone(*list), func(v string) bool { return slices.Contains(*remove.List(facet), v) })
		for _, v := range *add.List(facet) {
			if !slices.Contains(now, v) {
				now = append(now, v)
			}
		}
		if len(now) > 40 && len(now) > len(*list) {
			return t, errFull
		}
		*list = now
	}
	return t, nil
}
