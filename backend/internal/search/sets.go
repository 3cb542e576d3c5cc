package search

import (
	"context"
	"errors"
	"sync"

	"byline/backend/internal/platform/auth"
)

// MostSets is how many sets are counted at once: each is a search of its own.
const MostSets = 50

// atATime is how many of them are on their way at the same moment, so that one page does not hold up the searches of others.
const atATime = 4

// CountSets says how many things the first page of a search would speak of, were it narrowed to one of some sets and to no other;
// what the query itself has in Sets does not count. It asks as a search asks, so that choosing a set shows as many as it said.
func (s *Service) CountSets(ctx context.Context, q Query, sets []Set) ([]int, error) {
	q.Limit, q.Offset, q.Facets, q.Alternatives = 0, 0, nil, false
	q.clean()
	u := auth.From(ctx)
	titles, err := s.store.titles(ctx, u)
	if err != nil {
		return nil, err
	}
	words, r := understand(q.Text), readerOf(u, titles)
	words.known, _ = s.lexicon(ctx)
	sets = sets[:min(len(sets), MostSets)]
	counts, problems := make([]int, len(sets)), make([]error, len(sets))
	places := make(chan struct{}, atATime)
	var wait sync.WaitGroup
	for i, set := range sets {
		if set.Rule == nil && len(set.Things) == 0 {
			continue
		}
		one := q
		one.Filters.Sets = []Set{set}
		places <- struct{}{}
		wait.Go(func() {
			defer func() { <-places }()
			var f found
			f, problems[i] = s.find(ctx, one, words, r)
			counts[i] = f.total
		})
	}
	wait.Wait()
	return counts, errors.Join(problems...)
}
