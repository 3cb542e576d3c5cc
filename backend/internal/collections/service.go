package collections

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Service does everything with collections.
type Service struct {
	db      *db.DB
	log     *activity.Log
	library *library.Service
	store   store
}

// New makes the service.
func New(d *db.DB, log *activity.Log, l *library.Service) *Service {
	return &Service{db: d, log: log, library: l, store: store{d}}
}

var (
	errNone   = errs.New(errs.NotFound, "No such collection.")
	errMayNot = errs.New(errs.Forbidden, "Marketing and leads make and change collections.")
	errIsRule = errs.New(errs.Conflict, "This collection is filled by its rule. Change the rule, or make one by hand.")
)

// List gives the collections that the user may see, by title, with what they see in them. contains may be uuid.Nil.
func (s *Service) List(ctx context.Context, contains uuid.UUID) ([]Collection, error) {
	all, err := s.store.list(ctx, auth.From(ctx))
	if err != nil {
		return nil, err
	}
	return all, s.fill(ctx, all, contains)
}

// Sets gives the collections that the user may see as filters of the library, by title.
func (s *Service) Sets(ctx context.Context) ([]library.Set, error) {
	all, err := s.store.list(ctx, auth.From(ctx))
	if err != nil || len(all) == 0 {
		return nil, err
	}
	ids := make([]uuid.UUID, len(all))
	for i, c := range all {
		ids[i] = c.ID
	}
	items, err := s.store.items(ctx, ids)
	if err != nil {
		return nil, err
	}
	sets := make([]library.Set, len(all))
	for i, c := range all {
		sets[i] = library.Set{ID: c.ID, Title: c.Title}
		if c.Kind == ByRule {
			rule := c.Rule.filter()
			sets[i].Rule = &rule
		}
		for _, item := range items[c.ID] {
			sets[i].IDs = append(sets[i].IDs, item.Resource)
		}
	}
	return sets, nil
}

// fill counts what the user sees in collections and finds their pictures.
func (s *Service) fill(ctx context.Context, all []Collection, contains uuid.UUID) error {
	ids := make([]uuid.UUID, len(all))
	var rules []int
	var filters []library.ResourceFilter
	for i, c := range all {
		if ids[i] = c.ID; c.Kind == ByRule {
			rules, filters = append(rules, i), append(filters, c.Rule.filter())
		}
	}
	items, err := s.store.items(ctx, ids)
	if err != nil {
		return err
	}
	var named []uuid.UUID
	for _, c := range all {
		for _, item := range items[c.ID] {
			named = append(named, item.Resource)
		}
		if c.CoverID.Valid {
			named = append(named, c.CoverID.UUID)
		}
	}
	shown, err := s.library.Shown(ctx, named)
	if err != nil {
		return err
	}
	counts, err := s.library.CountEach(ctx, filters)
	if err != nil {
		return err
	}
	for n, i := range rules {
		all[i].Count = counts[n]
	}
	first, err := s.library.FirstPictures(ctx, filters, mostPictures)
	if err != nil {
		return err
	}
	for n, i := range rules {
		for _, p := range first[n] {
			all[i].Pictures = append(all[i].Pictures, Picture{p.Asset.UUID, p.Page})
		}
	}
	for i := range all {
		c := &all[i]
		for _, item := range items[c.ID] {
			picture, ok := shown[item.Resource]
			if !ok {
				continue
			}
			c.Count++
			c.Contains = c.Contains || item.Resource == contains
			if p := (Picture{picture.Asset.UUID, picture.Page}); picture.Asset.Valid && len(c.Pictures) < mostPictures && !slices.Contains(c.Pictures, p) {
				c.Pictures = append(c.Pictures, p)
			}
		}
		switch chosen := shown[c.CoverID.UUID]; {
		case !c.CoverID.Valid:
		case c.CoverPage > 0 && chosen.File.Valid:
			c.Pictures = []Picture{{chosen.File.UUID, c.CoverPage}}
		case c.CoverPage == 0 && chosen.Asset.Valid:
			c.Pictures = []Picture{{chosen.Asset.UUID, chosen.Page}}
		}
	}
	return nil
}

// mostPictures is how many pictures a cover has that nobody chose.
const mostPictures = 3

// ruleShows is how many resources of a rule are shown; the library has the rest.
const ruleShows = 100

// Get gives a collection, and the resources that the user sees in it, by section.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (c Collection, sections [][]library.Resource, err error) {
	if c, err = s.visible(ctx, id); err != nil {
		return c, nil, err
	}
	one := []Collection{c}
	if err := s.fill(ctx, one, uuid.Nil); err != nil {
		return c, nil, err
	}
	c = one[0]
	if c.Kind == ByRule {
		f := c.Rule.filter()
		f.Sort, f.Limit = c.Sort, ruleShows
		list, err := s.library.Resources(ctx, f)
		return c, [][]library.Resource{list}, err
	}
	items, err := s.store.items(ctx, []uuid.UUID{id})
	if err != nil {
		return c, nil, err
	}
	ids := []uuid.UUID{}
	for _, item := range items[id] {
		ids = append(ids, item.Resource)
	}
	list, err := s.library.Resources(ctx, library.ResourceFilter{Found: ids, Sort: "best", Limit: mostItems})
	if err != nil {
		return c, nil, err
	}
	sections = make([][]library.Resource, len(c.Sections))
	for _, item := range items[id] {
		if i := slices.IndexFunc(list, func(r library.Resource) bool { return r.ID == item.Resource }); i >= 0 {
			sections[item.Section] = append(sections[item.Section], list[i])
		}
	}
	return c, sections, nil
}

func (s *Service) visible(ctx context.Context, id uuid.UUID) (Collection, error) {
	c, err := s.store.get(ctx, id)
	if err == nil && (c.Deleted || !c.maySee(auth.From(ctx))) {
		err = errNone
	}
	return c, err
}

// Create makes a collection. By hand, it may begin with resources that the user sees.
func (s *Service) Create(ctx context.Context, in Input, first []uuid.UUID) (Collection, error) {
	me := auth.From(ctx)
	if !MayMake(me) {
		return Collection{}, errMayNot
	}
	if err := in.clean(); err != nil {
		return Collection{}, err
	}
	if in.Kind == ByRule {
		first = nil
	}
	for _, r := range first {
		if _, err := s.library.Resource(ctx, r); err != nil {
			return Collection{}, errs.Field(errs.NotFound, "body.resource_ids", "No such resource.")
		}
	}
	id, _ := db.NextID(ctx)
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		n, err := s.store.lockAll(ctx)
		if err != nil {
			return err
		}
		if n >= mostCollections {
			return errs.Newf(errs.Conflict, "There are %d collections already. Delete one first.", n)
		}
		if err := s.cover(ctx, in); err != nil {
			return err
		}
		if err := s.store.create(ctx, id, me, in); err != nil {
			return err
		}
		for _, r := range first {
			if _, err := s.store.add(ctx, id, r, 0); err != nil {
				return err
			}
		}
		return s.record(ctx, "created", id, in.Title)
	})
	if err != nil {
		return Collection{}, err
	}
	c, _, err := s.Get(ctx, id)
	return c, err
}

// cover refuses a cover that the user does not see: its picture would show them that there is something.
func (s *Service) cover(ctx context.Context, in Input) error {
	if !in.CoverID.Valid {
		return nil
	}
	if _, err := s.library.Resource(ctx, in.CoverID.UUID); err != nil {
		return errs.Field(errs.Invalid, "body.cover_id", "No such resource.")
	}
	if in.CoverPage == 0 {
		return nil
	}
	shown, err := s.library.Shown(ctx, []uuid.UUID{in.CoverID.UUID})
	if err != nil {
		return err
	}
	if _, err := s.library.PageLines(ctx, shown[in.CoverID.UUID].File.UUID, in.CoverPage); errs.CodeOf(err) == errs.NotFound {
		return errs.Field(errs.Invalid, "body.cover_page", "There is no picture of this page.")
	} else if err != nil {
		return err
	}
	return nil
}

// Update changes what is said about a collection. Its kind stays. Only its maker takes it back for themselves.
func (s *Service) Update(ctx context.Context, id uuid.UUID, rev int64, in Input) (Collection, error) {
	return s.change(ctx, id, rev, "updated", func(ctx context.Context, c Collection) error {
		in.Kind = c.Kind
		if err := in.clean(); err != nil {
			return err
		}
		if in.Shared != c.Shared && in.Shared != "everybody" && c.Owner.ID != auth.From(ctx).ID {
			return errs.Field(errs.Forbidden, "body.shared", "Only its maker takes a collection back.")
		}
		if in.CoverID != c.CoverID || in.CoverPage != c.CoverPage {
			if err := s.cover(ctx, in); err != nil {
				return err
			}
		}
		return s.store.update(ctx, id, in)
	})
}

// Delete takes a collection away from everybody; Restore brings it back. Its resources stay where they are.
func (s *Service) Delete(ctx context.Context, id uuid.UUID) error {
	_, err := s.change(ctx, id, 0, "deleted", func(ctx context.Context, _ Collection) error { return s.store.setDeleted(ctx, id, true) })
	return err
}

// Restore brings back a collection that the user may edit.
func (s *Service) Restore(ctx context.Context, id uuid.UUID) (Collection, error) {
	return s.change(ctx, id, 0, "restored", func(ctx context.Context, _ Collection) error { return s.store.setDeleted(ctx, id, false) })
}

// Put puts a resource at the end of the last section, or takes it out. Doing it again changes nothing.
func (s *Service) Put(ctx context.Context, id, resource uuid.UUID, in bool) (Collection, error) {
	if _, err := s.library.Resource(ctx, resource); err != nil {
		return Collection{}, err
	}
	return s.change(ctx, id, 0, "", func(ctx context.Context, c Collection) error {
		if c.Kind == ByRule {
			return errIsRule
		}
		if !in {
			return s.store.remove(ctx, id, resource)
		}
		n, err := s.store.add(ctx, id, resource, len(c.Sections)-1)
		if err == nil && n > mostItems {
			err = errs.Newf(errs.Conflict, "A collection has at most %d resources.", mostItems)
		}
		return err
	})
}

// Arrange sets sections and order, and takes out what is not named. What the user does not see stays in its section, at
// the end, so that nobody takes out what they know nothing of.
func (s *Service) Arrange(ctx context.Context, id uuid.UUID, rev int64, sections []Section) (Collection, error) {
	if err := cleanSections(sections); err != nil {
		return Collection{}, err
	}
	return s.change(ctx, id, rev, "updated", func(ctx context.Context, c Collection) error {
		if c.Kind == ByRule {
			return errIsRule
		}
		have, err := s.store.items(ctx, []uuid.UUID{id})
		if err != nil {
			return err
		}
		var ids []uuid.UUID
		for _, item := range have[id] {
			ids = append(ids, item.Resource)
		}
		seen, err := s.library.Resources(ctx, library.ResourceFilter{Found: ids, Limit: mostItems + 1})
		if err != nil {
			return err
		}
		isSeen := func(id uuid.UUID) bool {
			return slices.ContainsFunc(seen, func(r library.Resource) bool { return r.ID == id })
		}
		var items []item
		var titles []string
		for i, sec := range sections {
			titles = append(titles, sec.Title)
			for _, r := range sec.IDs {
				if !slices.Contains(ids, r) || !isSeen(r) {
					return errs.Field(errs.Conflict, "body.sections", "Somebody took a resource out meanwhile. Look at it again.")
				}
				items = append(items, item{Resource: r, Section: i})
			}
		}
		for _, old := range have[id] {
			if !isSeen(old.Resource) {
				items = append(items, item{Resource: old.Resource, Section: min(old.Section, len(sections)-1)})
			}
		}
		return s.store.arrange(ctx, id, titles, items)
	})
}

// change runs a change of a collection that the user may edit. rev 0 is whatever it is now.
func (s *Service) change(ctx context.Context, id uuid.UUID, rev int64, verb string, change func(context.Context, Collection) error) (Collection, error) {
	me := auth.From(ctx)
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lock(ctx, id); err != nil {
			return err
		}
		c, err := s.store.get(ctx, id)
		switch {
		case err != nil:
			return err
		case c.Deleted && (verb != "restored" && verb != "deleted" || !restorable(c, me)), !c.Deleted && !c.maySee(me):
			return errNone
		case !MayMake(me):
			return errMayNot
		case rev != 0 && c.Rev != rev:
			return errs.StaleRev(c.Rev)
		}
		if err := change(ctx, c); err != nil || verb == "" {
			return err
		}
		return s.record(ctx, verb, id, c.Title)
	})
	if err != nil {
		return Collection{}, err
	}
	if verb == "deleted" {
		return Collection{}, nil
	}
	c, _, err := s.Get(ctx, id)
	return c, err
}

// restorable says whether somebody would see a deleted collection if it were there.
func restorable(c Collection, u auth.User) bool {
	c.Deleted = false
	return c.maySee(u)
}

func (s *Service) record(ctx context.Context, verb string, id uuid.UUID, title string) error {
	return s.log.Record(ctx, activity.Entry{Verb: "collection." + verb, ObjectType: "collection", ObjectID: id, Data: map[string]any{"title": title}})
}
