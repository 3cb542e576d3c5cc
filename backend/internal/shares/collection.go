package shares

import (
	"context"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// maxOfCollection is how many resources a share of a collection shows.
const maxOfCollection = 50

// Set is the collection that a share was made of.
type Set struct {
	ID    uuid.UUID `json:"id"`
	Title string    `json:"title"` // "" where whoever asks does not see the collection
}

// placed is a resource of a share, and the heading below which it stands.
type placed struct {
	ID      uuid.UUID
	Title   string
	Section string
}

// within gives what of a collection may leave now, in its order, as far as the signed-in user sees it.
func (s *Service) within(ctx context.Context, collection uuid.UUID) ([]placed, error) {
	c, sections, err := s.cfg.Collections.Get(ctx, collection)
	if err != nil {
		return nil, err
	}
	now, found := time.Now(), []placed{}
	for i, section := range sections {
		heading := ""
		if i < len(c.Sections) {
			heading = c.Sections[i]
		}
		for _, r := range section {
			if leaves(r, now) {
				found = append(found, placed{r.ID, r.Title, heading})
			}
		}
	}
	return found, nil
}

// leaves says whether people outside may see a resource at a moment: resource_outside in the database says the same.
func leaves(r library.Resource, now time.Time) bool {
	return r.Shareable && (r.State == library.Live || r.State == library.ReviewDue) &&
		(r.ReleaseAt == nil || !r.ReleaseAt.After(now)) && (r.ExpiresAt == nil || r.ExpiresAt.After(now))
}

// ofCollection chooses what a new share of a collection shows: all of it that may leave.
func (s *Service) ofCollection(ctx context.Context, collection uuid.UUID) ([]placed, error) {
	found, err := s.within(ctx, collection)
	switch {
	case errs.CodeOf(err) == errs.NotFound:
		return nil, errs.Field(errs.Invalid, "body.collection_id", "There is no such collection, or none for you.")
	case err != nil:
		return nil, err
	case len(found) == 0:
		return nil, errs.Field(errs.Conflict, "body.collection_id", "Nothing in this collection may be shared. Marketing can mark resources as shareable.")
	case len(found) > maxOfCollection:
		return nil, errs.Newf(errs.Conflict, "This collection has %d resources that may be shared, and a share shows %d at most. Share some of them, or a smaller collection.", len(found), maxOfCollection)
	}
	return found, nil
}

// Additions gives what the collection of a share has by now that the share does not show, as far as the signed-in user sees it.
func (s *Service) Additions(ctx context.Context, id uuid.UUID) ([]Shared, error) {
	x, err := s.Get(ctx, id)
	if err != nil || x.Collection == nil {
		return nil, err
	}
	found, err := s.within(ctx, x.Collection.ID)
	if errs.CodeOf(err) == errs.NotFound { // deleted, or not theirs to see any more
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	has := map[uuid.UUID]bool{}
	for _, r := range x.Resources {
		has[r.ID] = true
	}
	more := []Shared{}
	for _, p := range found {
		if !has[p.ID] {
			more = append(more, Shared{ID: p.ID, Title: p.Title, Available: true})
		}
	}
	return more, nil
}

// Add shows more resources in a share, at its end; those of its collection stand below their heading there. What it shows
// already stays where it is.
func (s *Service) Add(ctx context.Context, id uuid.UUID, resources []uuid.UUID) (Share, error) {
	x, err := s.Get(ctx, id)
	if err != nil {
		return x, err
	}
	if err := s.mayShare(ctx, resources); err != nil {
		return x, err
	}
	headings := map[uuid.UUID]string{}
	if x.Collection != nil {
		found, err := s.within(ctx, x.Collection.ID)
		if err != nil && errs.CodeOf(err) != errs.NotFound {
			return x, err
		}
		for _, p := range found {
			headings[p.ID] = p.Section
		}
	}
	add := make([]placed, 0, len(resources))
	for _, r := range resources {
		add = append(add, placed{ID: r, Section: headings[r]})
	}
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		n, err := s.store.addResources(ctx, id, add)
		switch {
		case err != nil:
			return err
		case n > maxOfCollection:
			return errs.Newf(errs.Conflict, "A share shows %d resources at most.", maxOfCollection)
		}
		return s.log.Record(ctx, activity.Entry{Verb: "share.updated", ObjectType: "share", ObjectID: id})
	})
	if err != nil {
		return x, err
	}
	return s.Get(ctx, id)
}

// seesSet is whether me may see collection c2.
const seesSet = `(c2.deleted_at IS NULL AND (c2.owner_id = me.id OR c2.shared = 'everybody' OR c2.shared = 'side' AND c2.side = me.side))`

// addResources gives how many there are then.
func (s store) addResources(ctx context.Context, id uuid.UUID, add []placed) (n int, err error) {
	ids, sections := make([]uuid.UUID, len(add)), make([]string, len(add))
	for i, p := range add {
		ids[i], sections[i] = p.ID, p.Section
	}
	if _, err := s.db.PG(ctx).Exec(ctx, `SELECT 1 FROM shares WHERE id = $1 FOR UPDATE`, id); err != nil {
		return 0, db.Err(err, "share")
	}
	if _, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO share_resources (share_id, resource_id, section, position)
		SELECT $1, x.id, x.section, x.n + (SELECT coalesce(max(position), 0) FROM share_resources WHERE share_id = $1)
		FROM unnest($2::uuid[], $3::text[]) WITH ORDINALITY AS x(id, section, n) ON CONFLICT DO NOTHING`, id, ids, sections); err != nil {
		return 0, db.Err(err, "share")
	}
	if _, err := s.db.PG(ctx).Exec(ctx, `UPDATE shares SET rev = rev + 1, updated_at = now() WHERE id = $1`, id); err != nil {
		return 0, db.Err(err, "share")
	}
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT count(*) FROM share_resources WHERE share_id = $1`, id).Scan(&n)
	return n, db.Err(err, "share")
}

// mayShare refuses resources that the signed-in user does not see, that are internal, or out of use.
func (s *Service) mayShare(ctx context.Context, resources []uuid.UUID) error {
	for _, id := range resources {
		r, err := s.library.Resource(ctx, id)
		switch {
		case errs.CodeOf(err) == errs.NotFound:
			return errs.Field(errs.Invalid, "body.resources", "One of these resources does not exist, or not for you.")
		case err != nil:
			return err
		case !r.Shareable:
			return errs.New(errs.Forbidden, "“"+r.Title+"” is internal. Marketing can mark it as shareable.")
		case r.State == library.Archived || r.State == library.Expired:
			return errs.New(errs.Conflict, "“"+r.Title+"” is out of use.")
		}
	}
	return nil
}

// make stores a new share with what it shows.
func (s *Service) make(ctx context.Context, in Input, show []placed, hash string) (uuid.UUID, error) {
	id := db.NewID()
	return id, s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.add(ctx, id, digest(s.token(id)), auth.From(ctx).ID, in, hash); err != nil {
			return err
		}
		if _, err := s.store.addResources(ctx, id, show); err != nil {
			return err
		}
		return s.log.Record(ctx, activity.Entry{Verb: "share.created", ObjectType: "share", ObjectID: id})
	})
}
