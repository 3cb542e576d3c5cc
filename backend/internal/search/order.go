package search

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/meili"
)

// farthest is how many things a search tells apart: so many are put in an order, and counted by the library.
const farthest = MaxOffset + MaxLimit

// cut leaves the part of a list that a query asks for.
func (f *found) cut(q Query) {
	f.keys, f.said = f.keys[min(q.Offset, len(f.keys)):min(q.Offset+q.Limit, len(f.keys))], max(0, f.said-q.Offset)
}

// inOrder finds things with all the words, or with any where none has all, and puts them in another order than the best.
func (s *Service) inOrder(ctx context.Context, q Query, words asked, r reader) (found, error) {
	f, err := s.whole(ctx, q, words, r, true)
	if err == nil && f.total == 0 && len(words.words) > 1 {
		f, err = s.whole(ctx, q, words, r, false)
	}
	if err != nil {
		return f, err
	}
	f.keys, err = s.store.order(ctx, f.keys, q.Sort)
	f.cut(q)
	return f, err
}

// whole finds things with all the words, or with any, best first and not by page.
func (s *Service) whole(ctx context.Context, q Query, words asked, r reader, all bool) (f found, err error) {
	if len(s.nodes.Nodes()) > 0 {
		f, _, err = s.fromNodes(ctx, q, words, r, farthest, all)
		if !errors.Is(err, meili.ErrAway) {
			return f, err
		}
	}
	list, err := s.byWordsOf(ctx, words, r, q.Filters, farthest, all)
	if err != nil {
		return f, err
	}
	f = found{keys: list.keys, total: len(list.docs), degraded: true}
	f.facets, err = s.countWords(ctx, q, words, r, list.docs, all)
	return f, err
}

// byWordsOf is byWords for when it is all there is; with all, only documents that have all the words.
func (s *Service) byWordsOf(ctx context.Context, words asked, r reader, f Filters, limit int, all bool) (ranked, error) {
	list, err := s.byWords(ctx, words, r, f, db.Now(), limit, true)
	if err != nil || !all || len(list.docs) == 0 {
		return list, err
	}
	stems, err := s.weigh(ctx, words)
	if err != nil {
		return list, err
	}
	groups := make([][]int64, len(words.words))
	for _, w := range stems {
		if w.group < len(groups) { // not the words of a synonym of several
			groups[w.group] = append(groups[w.group], w.term)
		}
	}
	groups = slices.DeleteFunc(groups, func(terms []int64) bool { return len(terms) == 0 }) // words that say nothing
	return s.store.having(ctx, list, groups)
}

// having leaves of documents those that have one of the stems of each group.
func (s store) having(ctx context.Context, list ranked, groups [][]int64) (ranked, error) {
	var q statement
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT d.doc, d.id, d.part FROM search_documents d WHERE d.doc = ANY(`+q.arg(list.docs)+`) AND `+q.has(groups), q.args...)
	if err != nil {
		return list, db.Err(err, "search")
	}
	list.docs = []int32{}
	kept := map[key]bool{}
	var doc int32
	var k key
	_, err = pgx.ForEachRow(rows, []any{&doc, &k.ID, &k.Part}, func() error {
		list.docs, kept[k] = append(list.docs, doc), true
		return nil
	})
	list.keys = slices.DeleteFunc(list.keys, func(k key) bool { return !kept[k] })
	return list, db.Err(err, "search")
}

// countWords counts what was found with the word list alone. For alternatives it looks once more for each filter in which
// something is chosen.
func (s *Service) countWords(ctx context.Context, q Query, words asked, r reader, docs []int32, all bool) (map[string][]Count, error) {
	names := []string{}
	others := map[string]Filters{}
	for _, name := range q.Facets {
		if f, chosen := q.Filters.without(name); q.Alternatives && chosen {
			others[name] = f
		} else {
			names = append(names, name)
		}
	}
	counts, err := s.store.countBy(ctx, names, docs, r, q.Filters, db.Now())
	for name, f := range others {
		if err != nil {
			return nil, err
		}
		if docs != nil { // there are words
			list, err := s.byWordsOf(ctx, words, r, f, fuseDepth, all)
			if err != nil {
				return nil, err
			}
			docs = list.docs
		}
		var one map[string][]Count
		one, err = s.store.countBy(ctx, []string{name}, docs, r, f, db.Now())
		maps.Copy(counts, one)
	}
	return counts, err
}

// withAlternatives asks the nodes once more for each filter in which something is chosen, at the same time: what would
// choosing another value as well show?
func (s *Service) withAlternatives(ctx context.Context, q Query, words asked, r reader, limit int, all bool) (f found, best float64, err error) {
	q.Alternatives = false
	var rest []string
	var wait sync.WaitGroup
	var mu sync.Mutex
	var problems []error
	more := map[string][]Count{}
	for _, name := range q.Facets {
		filters, chosen := q.Filters.without(name)
		if !chosen {
			rest = append(rest, name)
			continue
		}
		other := q
		other.Filters, other.Facets = filters, []string{name}
		wait.Go(func() {
			x, _, err := s.fromNodes(ctx, other, words, r, 1, all)
			mu.Lock()
			defer mu.Unlock()
			problems = append(problems, err)
			maps.Copy(more, x.facets)
		})
	}
	q.Facets = rest
	f, best, err = s.fromNodes(ctx, q, words, r, limit, all)
	wait.Wait()
	if err = errors.Join(append(problems, err)...); err == nil {
		maps.Copy(f.facets, more)
	}
	return f, best, err
}

// IDs gives the things of one kind that the signed-in user may find, best first: the best as Search has them, then what
// else has all the words. It is for lists that narrow and count on their own.
func (s *Service) IDs(ctx context.Context, q Query) ([]uuid.UUID, error) {
	q.Limit, q.Offset, q.Facets, q.Sort = MaxLimit, 0, nil, SortBest
	q.clean()
	u := auth.From(ctx)
	titles, err := s.store.titles(ctx, u)
	if err != nil {
		return nil, err
	}
	words, r := understand(q.Text), readerOf(u, titles)
	f, err := s.find(ctx, q, words, r)
	if err != nil {
		return nil, err
	}
	docs, err := s.store.signalsOf(ctx, f.keys, u)
	if err != nil {
		return nil, err
	}
	f.keys = inRank(f, docs, newReading(words))
	if len(f.keys) == q.Limit && len(words.words) > 0 { // there may be more
		all, err := s.whole(ctx, q, words, r, true)
		if err != nil {
			return nil, err
		}
		f.keys = append(f.keys, all.keys...)
	}
	ids, seen := make([]uuid.UUID, 0, len(f.keys)), map[uuid.UUID]bool{}
	for _, k := range f.keys {
		if !seen[k.ID] {
			ids, seen[k.ID] = append(ids, k.ID), true
		}
	}
	return ids, nil
}

// Hits says where in things, which the signed-in user may find, the words are.
func (s *Service) Hits(ctx context.Context, text string, things []uuid.UUID) ([]Hit, error) {
	keys := make([]key, len(things))
	for i, id := range things {
		keys[i] = key{id, "full"}
	}
	return s.hits(ctx, auth.From(ctx), found{keys: keys}, newReading(understand(text)), false)
}
