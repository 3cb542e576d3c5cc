package demand

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/views"
)

// saved is a saved view of the library as it is asked of new resources.
type saved struct {
	filter library.ResourceFilter
	words  string
}

// lists are the filters of the library by their names in the page's address.
var lists = map[string]func(*library.ResourceFilter) *[]string{
	"type":       func(f *library.ResourceFilter) *[]string { return &f.Types },
	"stage":      func(f *library.ResourceFilter) *[]string { return &f.Stages },
	"persona":    func(f *library.ResourceFilter) *[]string { return &f.Personas },
	"industry":   func(f *library.ResourceFilter) *[]string { return &f.Industries },
	"product":    func(f *library.ResourceFilter) *[]string { return &f.Products },
	"region":     func(f *library.ResourceFilter) *[]string { return &f.Regions },
	"lang":       func(f *library.ResourceFilter) *[]string { return &f.Languages },
	"sharing":    func(f *library.ResourceFilter) *[]string { return &f.Sharing },
	"freshness":  func(f *library.ResourceFilter) *[]string { return &f.Freshness },
	"collection": func(f *library.ResourceFilter) *[]string { return &f.Collections },
}

// readSaved reads the filters of an address. It gives false when there is one that it does not know, or that nothing new can
// pass (favourites): saying nothing is better than news that is none.
func readSaved(query string) (v saved, ok bool) {
	values, err := url.ParseQuery(query)
	if err != nil {
		return v, false
	}
	for name, all := range values {
		texts := textsOf(all)
		switch list := lists[name]; {
		case list != nil:
			*list(&v.filter) = texts
		case name == "q" && len(texts) == 1:
			v.words = texts[0]
		case name == "tab" && len(texts) == 1 && slices.Contains([]string{string(library.TabAll), string(library.TabNew)}, texts[0]):
		case name == "sort", name == "view":
		default:
			return v, false
		}
	}
	return v, true
}

// textsOf reads what the application's router writes: lists, and texts that look like something else, are JSON.
func textsOf(values []string) (texts []string) {
	for _, v := range values {
		var many []any
		var one string
		switch {
		case json.Unmarshal([]byte(v), &many) == nil:
			for _, x := range many {
				if s, ok := x.(string); ok {
					texts = append(texts, s)
				}
			}
		case json.Unmarshal([]byte(v), &one) == nil:
			texts = append(texts, one)
		default:
			texts = append(texts, v)
		}
	}
	return texts
}

// news tells those who have a view that asks for it of resources that are new since they asked, once of each.
func (s *Service) news(ctx context.Context, fresh map[uuid.UUID]time.Time, now time.Time) error {
	listeners, err := s.views.Listeners(ctx)
	if err != nil || len(listeners) == 0 {
		return err
	}
	ids := make([]uuid.UUID, 0, len(fresh))
	for id := range fresh {
		ids = append(ids, id)
	}
	var view uuid.UUID
	var v saved
	var fit []uuid.UUID
	for _, l := range listeners {
		if l.View != view { // they come by view
			ok := false
			view, fit = l.View, nil
			if v, ok = readSaved(l.Query); ok {
				if fit, err = s.withWords(ctx, ids, v.words); err != nil {
					return err
				}
			}
		}
		since := slices.DeleteFunc(slices.Clone(fit), func(id uuid.UUID) bool { return !fresh[id].After(l.Since) })
		if len(since) == 0 {
			continue
		}
		if err := s.tellOfNew(ctx, l, v.filter, since, now); err != nil {
			return err
		}
	}
	return nil
}

// withWords gives those of some resources that answer the words of a view.
func (s *Service) withWords(ctx context.Context, ids []uuid.UUID, words string) (fit []uuid.UUID, err error) {
	if words == "" {
		return ids, nil
	}
	fits, err := s.search.Fits(ctx, ids, []string{words})
	for _, f := range fits {
		fit = append(fit, f.Resource)
	}
	return fit, err
}

// tellOfNew tells somebody of those resources that they may see and that pass the filter of a view.
func (s *Service) tellOfNew(ctx context.Context, l views.Listener, filter library.ResourceFilter, ids []uuid.UUID, now time.Time) error {
	filter.Found, filter.Limit = ids, len(ids)
	theirs := auth.With(ctx, l.User)
	if len(filter.Collections) > 0 {
		if s.sets == nil {
			return nil
		}
		var err error
		if filter.Sets, err = s.sets(theirs); err != nil {
			return err
		}
	}
	found, err := s.library.Resources(theirs, filter)
	if err != nil || len(found) == 0 {
		return err
	}
	return s.db.InTx(ctx, func(ctx context.Context) error {
		for _, r := range found {
			isNews, err := s.store.viewTold(ctx, l, r.ID, now)
			if err != nil {
				return err
			}
			if !isNews {
				continue
			}
			if err := s.log.Record(ctx, activity.Entry{Verb: "view.fits", ObjectType: "view", ObjectID: l.View,
				Data: map[string]any{"resource_id": r.ID, "view_id": l.View, "name": l.Name, "notify": []uuid.UUID{l.User.ID}}}); err != nil {
				return err
			}
		}
		return nil
	})
}
