package bulkedit

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/google/uuid"

	"byline/backend/internal/collections"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Service does everything with changes of many resources.
type Service struct {
	db          *db.DB
	library     *library.Service
	collections *collections.Service
	store       store
}

// New makes the service.
func New(d *db.DB, l *library.Service, c *collections.Service) *Service {
	return &Service{db: d, library: l, collections: c, store: store{d}}
}

// plan is what a change will do.
type plan struct {
	Report
	before, after []library.Edited
	collect       []uuid.UUID // those that come into the collection
}

// Preview says what a change would do. It changes nothing.
func (s *Service) Preview(ctx context.Context, refs []library.Ref, c Change) (Report, error) {
	p, err := s.plan(ctx, refs, c, s.library.ReadEditable)
	return p.Report, err
}

func (s *Service) plan(ctx context.Context, refs []library.Ref, c Change, read func(context.Context, []uuid.UUID) (map[uuid.UUID]library.Edited, error)) (p plan, err error) {
	if !mayEdit(auth.From(ctx)) {
		return p, errs.New(errs.Forbidden, "Marketing changes resources.")
	}
	if err := c.check(); err != nil {
		return p, err
	}
	if len(refs) == 0 || len(refs) > Most {
		return p, errs.Field(errs.Invalid, "body.items", "Choose 1 to 1000 resources.")
	}
	if c.SetOwner && c.OwnerID.Valid {
		here, err := s.library.WorksHere(ctx, c.OwnerID.UUID)
		if err != nil {
			return p, err
		}
		if !here {
			return p, errs.Field(errs.Invalid, "body.change.owner_id", "Name somebody who works here.")
		}
	}
	if c.Add, err = s.library.CalledNow(ctx, c.Add); err != nil {
		return p, err
	}
	asked, err := s.library.Asked(ctx)
	if err != nil {
		return p, err
	}
	ids := make([]uuid.UUID, len(refs))
	for i, r := range refs {
		ids[i] = r.ID
	}
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	if len(slices.Compact(slices.Clone(ids))) < len(ids) {
		return p, errs.Field(errs.Invalid, "body.items", "Name a resource once.")
	}
	have, err := read(ctx, ids)
	if err != nil {
		return p, err
	}
	var has []uuid.UUID
	room := 0
	if c.Collection.Valid {
		if has, room, err = s.collections.Room(ctx, c.Collection.UUID); err != nil {
			return p, atCollection(err)
		}
	}
	p.Fields = map[string]int{}
	for _, r := range refs {
		e, ok := have[r.ID]
		switch {
		case !ok:
			p.Refused = append(p.Refused, Outcome{ID: r.ID, Reason: "It is not there any more."})
			continue
		case e.Rev != r.Rev:
			p.Stale = append(p.Stale, Outcome{ID: e.ID, Title: e.Title})
			continue
		}
		after, err := c.apply(e, asked[e.ContentType])
		if err != nil {
			p.Refused = append(p.Refused, Outcome{ID: e.ID, Title: e.Title, Reason: sentence(err)})
			continue
		}
		names := changed(&e.Editable, &after.Editable)
		o := Outcome{ID: e.ID, Title: e.Title}
		for _, f := range names {
			p.Fields[f]++
			o.Lines = append(o.Lines, Line{f, of(&e.Editable, f), of(&after.Editable, f)})
		}
		if c.Collection.Valid && !slices.Contains(has, e.ID) {
			if room == 0 {
				p.Refused = append(p.Refused, Outcome{ID: e.ID, Title: e.Title, Reason: "The collection is full: it has 300 resources."})
				for _, f := range names {
					p.Fields[f]--
				}
				continue
			}
			room--
			p.collect = append(p.collect, e.ID)
			p.Fields["collection"]++
			o.Lines = append(o.Lines, Line{"collection", false, true})
		}
		if len(o.Lines) == 0 {
			p.Unchanged++
			continue
		}
		p.Changing++
		if len(names) > 0 {
			p.before, p.after = append(p.before, e), append(p.after, after)
		}
		if len(p.Samples) < samples {
			p.Samples = append(p.Samples, o)
		}
	}
	return p, nil
}

// atCollection names the field of a refusal that is about the collection.
func atCollection(err error) error {
	var e *errs.Error
	if errors.As(err, &e) && e.Code != errs.Internal {
		return errs.Field(errs.Invalid, "body.change.collection_id", e.Message)
	}
	return err
}

func sentence(err error) string {
	var e *errs.Error
	if errors.As(err, &e) {
		return e.Message
	}
	return err.Error()
}

// Apply makes a change, in one transaction. Those that somebody has changed since they were seen are left as they are and
// named, and so are those that are refused.
func (s *Service) Apply(ctx context.Context, refs []library.Ref, c Change) (r Report, err error) {
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		p, err := s.plan(ctx, refs, c, s.library.LockEditable)
		if err != nil || p.Changing == 0 {
			r = p.Report
			return err
		}
		p.EditID = db.NewID()
		r = p.Report
		if err := s.store.add(ctx, p.EditID, auth.From(ctx).ID, c); err != nil {
			return err
		}
		if len(p.collect) > 0 {
			if p.collect, err = s.collections.PutMany(ctx, c.Collection.UUID, p.collect, true); err != nil {
				return atCollection(err)
			}
		}
		if err := s.store.addItems(ctx, p); err != nil {
			return err
		}
		if err := s.library.SetEditable(ctx, p.before, p.after, map[string]any{"fields": strings.Join(named(r.Fields), ", "), "edit_id": p.EditID}); err != nil {
			return err
		}
		var given []uuid.UUID
		for i, a := range p.after {
			if a.OwnerID != p.before[i].OwnerID {
				given = append(given, a.ID)
			}
		}
		if c.OwnerID.Valid {
			return s.library.Assigned(ctx, c.OwnerID.UUID, given)
		}
		return nil
	})
	return r, err
}

func named(counts map[string]int) (names []string) {
	for _, f := range fields {
		if counts[f] > 0 {
			names = append(names, f)
		}
	}
	return names
}

// Undo takes a change back: who made it may, leads of marketing and administrators. Of a resource that somebody has
// changed since, it restores what is still as the change left it, and names those of which something stays.
func (s *Service) Undo(ctx context.Context, id uuid.UUID) (u Undone, err error) {
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		e, err := s.store.lock(ctx, id)
		me := auth.From(ctx)
		switch {
		case err != nil:
			return err
		case !mayEdit(me):
			return errs.New(errs.NotFound, "No such change.")
		case e.by != me.ID && !me.Admin && !me.LeadOf(auth.Marketing):
			return errs.New(errs.Forbidden, "Who made the change takes it back, or a lead of marketing.")
		case e.undone:
			return errs.New(errs.Conflict, "This was taken back already.")
		}
		items, err := s.store.items(ctx, id)
		if err != nil {
			return err
		}
		ids := make([]uuid.UUID, len(items))
		var collected []uuid.UUID
		for i, x := range items {
			if ids[i] = x.id; x.collected {
				collected = append(collected, x.id)
			}
		}
		have, err := s.library.LockEditable(ctx, ids)
		if err != nil {
			return err
		}
		var before, after []library.Edited
		for _, x := range items {
			now, ok := have[x.id]
			if !ok {
				continue
			}
			next, left := now, false
			for _, f := range changed(&x.before, &x.after) {
				if same(&now.Editable, &x.after, f) {
					take(&next.Editable, x.before, f)
				} else if !same(&now.Editable, &x.before, f) {
					left = true
				}
			}
			if left {
				u.Left = append(u.Left, Outcome{ID: now.ID, Title: now.Title})
			} else {
				u.Restored++
			}
			if len(changed(&now.Editable, &next.Editable)) > 0 {
				before, after = append(before, now), append(after, next)
			}
		}
		if e.collection.Valid && len(collected) > 0 {
			// a collection that is gone by now, or not theirs any more, needs nothing taken out
			if _, err := s.collections.PutMany(ctx, e.collection.UUID, collected, false); err != nil && errs.CodeOf(err) != errs.NotFound && errs.CodeOf(err) != errs.Forbidden {
				return err
			}
		}
		if err := s.library.SetEditable(ctx, before, after, map[string]any{"edit_id": id, "undo": true}); err != nil {
			return err
		}
		return s.store.setUndone(ctx, id)
	})
	return u, err
}
