package taxonomy

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/collections"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/views"
)

// Service does everything with the taxonomy.
type Service struct {
	db          *db.DB
	log         *activity.Log
	library     *library.Service
	collections *collections.Service
	views       *views.Service
	store       store
	afterStep   func() // for tests
}

// New makes the service.
func New(d *db.DB, log *activity.Log, l *library.Service, c *collections.Service, v *views.Service) *Service {
	return &Service{db: d, log: log, library: l, collections: c, views: v, store: store{d}}
}

// List gives the values of a facet, or of all ("") , with how many resources have them: the most used first, at most 500
// of each. Values that were merged into others are not among them.
func (s *Service) List(ctx context.Context, facet string) ([]Value, error) {
	counts, err := s.library.TagCounts(ctx)
	if err != nil {
		return nil, err
	}
	said, err := s.store.said(ctx)
	if err != nil {
		return nil, err
	}
	all := []Value{}
	for _, c := range counts {
		x := said[name{c.Facet, c.Value}]
		delete(said, name{c.Facet, c.Value})
		all = append(all, Value{Facet: c.Facet, Value: c.Value, Count: c.Count, Retired: x.retired})
	}
	for n, x := range said {
		if x.into == "" {
			all = append(all, Value{Facet: n.facet, Value: n.value, Retired: x.retired})
		}
	}
	all = slices.DeleteFunc(all, func(v Value) bool { return v.Value == "" || facet != "" && v.Facet != facet })
	slices.SortFunc(all, func(a, b Value) int {
		return cmp.Or(cmp.Compare(slices.Index(library.TagFacets, a.Facet), slices.Index(library.TagFacets, b.Facet)), cmp.Compare(b.Count, a.Count),
			strings.Compare(strings.ToLower(a.Value), strings.ToLower(b.Value)), strings.Compare(a.Value, b.Value))
	})
	n, last := 0, ""
	return slices.DeleteFunc(all, func(v Value) bool {
		if v.Facet != last {
			n, last = 0, v.Facet
		}
		n++
		return n > mostListed
	}), nil
}

// Add offers a value. Conflict when there is one, however its letters are written.
func (s *Service) Add(ctx context.Context, facet, value string) (v Value, err error) {
	if !MayEdit(auth.From(ctx)) {
		return v, errMayNot
	}
	if err := checkFacet(facet); err != nil {
		return v, err
	}
	if value, err = clean(facet, value, "body.value"); err != nil {
		return v, err
	}
	v = Value{Facet: facet, Value: value}
	return v, s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lock(ctx); err != nil {
			return err
		}
		have, err := s.List(ctx, facet)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(have, func(h Value) bool { return strings.EqualFold(h.Value, value) }); i >= 0 {
			return errs.Field(errs.Conflict, "body.value", "There is “"+have[i].Value+"” already.")
		}
		n, err := s.store.count(ctx, facet)
		if err != nil {
			return err
		}
		if n >= mostValues {
			return errs.Newf(errs.Conflict, "There are %d values already. Merge some first.", n)
		}
		if err := s.store.say(ctx, facet, value, false, auth.From(ctx).ID); err != nil {
			return err
		}
		return s.record(ctx, "added", db.NewID(), map[string]any{"facet": facet, "value": value})
	})
}

// Retire takes a value out of what is offered, or offers it again. Resources that have it keep it and are found by it.
func (s *Service) Retire(ctx context.Context, facet, value string, retired bool) (Value, error) {
	if !MayEdit(auth.From(ctx)) {
		return Value{}, errMayNot
	}
	if err := checkFacet(facet); err != nil {
		return Value{}, err
	}
	verb := "offered"
	if retired {
		verb = "retired"
	}
	var v Value
	return v, s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lock(ctx); err != nil {
			return err
		}
		var err error
		if v, err = s.one(ctx, facet, value, "body.value"); err != nil || v.Retired == retired {
			return err
		}
		v.Retired = retired
		if err := s.store.say(ctx, facet, value, retired, auth.From(ctx).ID); err != nil {
			return err
		}
		return s.record(ctx, verb, db.NewID(), map[string]any{"facet": facet, "value": value})
	})
}

// one finds a value that is used or offered; Invalid at the given field when there is none.
func (s *Service) one(ctx context.Context, facet, value, at string) (v Value, err error) {
	n, err := s.library.CountTagged(ctx, facet, []string{value})
	if err != nil {
		return v, err
	}
	said, err := s.store.said(ctx)
	if err != nil {
		return v, err
	}
	x, ok := said[name{facet, value}]
	if n == 0 && (!ok || x.into != "") {
		return v, errs.Field(errs.Invalid, at, "There is no value “"+value+"”. It may have been merged or renamed just now.")
	}
	return Value{Facet: facet, Value: value, Count: n, Retired: x.retired}, nil
}

// Merge is what a merge is asked for.
type Merge struct {
	Facet   string
	Sources []string
	Target  string
}

func (s *Service) checkMerge(ctx context.Context, m *Merge) error {
	if !MayEdit(auth.From(ctx)) {
		return errMayNot
	}
	if err := checkFacet(m.Facet); err != nil {
		return err
	}
	var err error
	if n, missing := 0, error(nil); m.Target != "" { // what is there may be longer than what somebody gives
		if n, missing = s.library.CountTagged(ctx, m.Facet, []string{m.Target}); missing != nil {
			return missing
		}
		if n == 0 {
			m.Target, err = clean(m.Facet, m.Target, "body.target")
		}
	} else {
		_, err = clean(m.Facet, "", "body.target")
	}
	if err != nil {
		return err
	}
	m.Sources = slices.Compact(slices.Sorted(slices.Values(m.Sources)))
	m.Sources = slices.DeleteFunc(m.Sources, func(v string) bool { return v == m.Target })
	if len(m.Sources) == 0 || len(m.Sources) > mostSources {
		return errs.Field(errs.Invalid, "body.sources", "Choose 1 to 50 values that are to be called otherwise.")
	}
	for _, v := range m.Sources {
		if _, err := s.one(ctx, m.Facet, v, "body.sources"); err != nil {
			return err
		}
	}
	return nil
}

// Preview says how much a merge would change.
func (s *Service) Preview(ctx context.Context, m Merge) (e Effect, err error) {
	if err := s.checkMerge(ctx, &m); err != nil {
		return e, err
	}
	if e.Resources, err = s.library.CountTagged(ctx, m.Facet, m.Sources); err != nil {
		return e, err
	}
	target, err := s.library.CountTagged(ctx, m.Facet, []string{m.Target})
	if err != nil {
		return e, err
	}
	either, err := s.library.CountTagged(ctx, m.Facet, append(slices.Clone(m.Sources), m.Target))
	if err != nil {
		return e, err
	}
	e.Both = e.Resources + target - either
	if e.Collections, err = s.collections.CountNaming(ctx, m.Facet, m.Sources); err != nil {
		return e, err
	}
	e.Views, err = s.views.CountNaming(ctx, m.Facet, m.Sources)
	return e, err
}

// Merge calls values of a facet otherwise, in all resources, and in the collections and views that name them. Whoever
// gives an old one later, an import say, gives the new one. Many resources are done by a job: the change says how far it is.
func (s *Service) Merge(ctx context.Context, m Merge) (c Change, err error) {
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lock(ctx); err != nil {
			return err
		}
		if err := s.checkMerge(ctx, &m); err != nil {
			return err
		}
		if err := s.free(ctx, m.Facet, append(slices.Clone(m.Sources), m.Target)); err != nil {
			return err
		}
		said, err := s.store.said(ctx)
		if err != nil {
			return err
		}
		target, err := s.library.CountTagged(ctx, m.Facet, []string{m.Target})
		if err != nil {
			return err
		}
		x, ok := said[name{m.Facet, m.Target}]
		c = Change{ID: db.NewID(), Facet: m.Facet, Sources: m.Sources, Target: m.Target, WasNew: target == 0 && (!ok || x.into != ""), State: Running}
		if err := s.apply(ctx, &c); err != nil {
			return err
		}
		for _, v := range m.Sources {
			if err := s.store.mergeInto(ctx, m.Facet, v, m.Target, auth.From(ctx).ID); err != nil {
				return err
			}
		}
		if err := s.store.say(ctx, m.Facet, m.Target, false, auth.From(ctx).ID); err != nil {
			return err
		}
		return s.begin(ctx, c)
	})
	if err != nil {
		return Change{}, err
	}
	return s.store.change(ctx, c.ID)
}

// apply changes the few things that name values, and notes what is to be done.
func (s *Service) apply(ctx context.Context, c *Change) (err error) {
	var changed []changedThing
	rules, err := s.collections.Follow(ctx, c.Facet, c.Sources, c.Target)
	if err != nil {
		return err
	}
	for _, r := range rules {
		changed = append(changed, changedThing{"collection", r.ID, r.Before, r.After})
	}
	saved, err := s.views.Follow(ctx, c.Facet, c.Sources, c.Target)
	if err != nil {
		return err
	}
	for _, v := range saved {
		changed = append(changed, changedThing{"view", v.ID, v.Before, v.After})
	}
	c.Collections, c.Views = len(rules), len(saved)
	if c.Resources, err = s.library.CountTagged(ctx, c.Facet, c.Sources); err != nil {
		return err
	}
	if err := s.store.addChange(ctx, *c, auth.From(ctx).ID); err != nil {
		return err
	}
	return s.store.addChanged(ctx, c.ID, changed)
}

// Undo takes a merge back. What somebody has changed since stays as they left it.
func (s *Service) Undo(ctx context.Context, id uuid.UUID) (c Change, err error) {
	if !MayEdit(auth.From(ctx)) {
		return c, errMayNot
	}
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lock(ctx); err != nil {
			return err
		}
		if c, err = s.store.change(ctx, id); err != nil {
			return err
		}
		switch c.State {
		case Running:
			return errs.New(errs.Conflict, "This is still being done. Take it back when it is ready.")
		case Undoing, Undone:
			return errs.New(errs.Conflict, "This was taken back already.")
		}
		if err := s.free(ctx, c.Facet, append(slices.Clone(c.Sources), c.Target)); err != nil {
			return err
		}
		things, err := s.store.changed(ctx, id)
		if err != nil {
			return err
		}
		rules, err := s.collections.Unfollow(ctx, things.rules)
		if err != nil {
			return err
		}
		saved, err := s.views.Unfollow(ctx, things.views)
		if err != nil {
			return err
		}
		if err := s.store.unmerge(ctx, c, rules+saved, len(things.rules)+len(things.views)-rules-saved); err != nil {
			return err
		}
		if c, err = s.store.change(ctx, id); err != nil {
			return err
		}
		return s.begin(ctx, c)
	})
	if err != nil {
		return Change{}, err
	}
	return s.store.change(ctx, id)
}

// Changes lists the last merges, newest first.
func (s *Service) Changes(ctx context.Context) ([]Change, error) {
	return s.store.changes(ctx, mostOfferLog)
}

func (s *Service) record(ctx context.Context, verb string, id uuid.UUID, data map[string]any) error {
	return s.log.Record(ctx, activity.Entry{Verb: "taxonomy." + verb, ObjectType: "taxonomy", ObjectID: id, Data: data})
}
