package search

import (
	"context"
	"math"
	"time"
	"unicode/utf8"
)

// What a match counts that is not the word itself.
const (
	synonymWeight = 0.45
	begunWeight   = 0.6 // the last word, when it may not be finished
	slipWeight    = 0.55
)

// byWords ranks with the word list in PostgreSQL: documents that have any of the words, each word weighted by how rare it
// is; words that nobody wrote stand for those that look alike, the last word also for those that begin with it, and every
// phrase that the thesaurus knows also for its synonyms.
func (s *Service) byWords(ctx context.Context, words []string, r reader, f Filters, now time.Time, limit int) (keys []key, terms []int64, total int, err error) {
	stems, err := s.weigh(ctx, words)
	if err != nil || len(stems) == 0 {
		return nil, []int64{}, 0, err
	}
	for _, w := range stems {
		terms = append(terms, w.term)
	}
	keys, total, err = s.store.rank(ctx, stems, r, f, now, limit)
	return keys, terms, total, err
}

// weigh turns the words of a query into stems with weights.
func (s *Service) weigh(ctx context.Context, words []string) ([]weighed, error) {
	n, err := s.size(ctx)
	if err != nil {
		return nil, err
	}
	rarity := func(count int) float64 { return math.Log(1 + (float64(n-count)+0.5)/(float64(count)+0.5)) }
	asked := append([]string{}, words...)
	known := meanings(words)
	type origin struct {
		group  int
		weight float64
	}
	var origins []origin
	for i := range words {
		origins = append(origins, origin{i, 1})
	}
	group := len(words)
	for _, m := range known {
		for _, synonym := range m.synonyms {
			parts := wordsOf(synonym)
			for j, w := range parts {
				g := m.from // a word for a word: the better match counts
				if len(parts) > 1 || m.to-m.from > 1 {
					g = group + j
				}
				asked = append(asked, w)
				origins = append(origins, origin{g, synonymWeight / math.Sqrt(float64(len(parts)))})
			}
		}
		group += longestPhrase * 2
	}
	stems, err := s.store.stems(ctx, asked)
	if err != nil {
		return nil, err
	}
	var all []weighed
	found := map[int]int{} // word of the query → in how many documents it is
	for _, x := range stems {
		if x.word < len(words) {
			found[x.word] = max(found[x.word], x.count)
		}
		if x.count > 0 {
			o := origins[x.word]
			all = append(all, weighed{x.term, o.group, o.weight * rarity(x.count)})
		}
	}
	for _, x := range stems {
		last := x.word == len(words)-1
		if x.word >= len(words) || utf8.RuneCountInString(x.letters) < 2 {
			continue
		}
		if last && len(words) <= 6 {
			more, err := s.store.beginning(ctx, x.word, fold(words[x.word]), 12)
			if err != nil {
				return nil, err
			}
			for _, y := range more {
				if y.term != x.term && y.count > 0 {
					all = append(all, weighed{y.term, x.word, begunWeight * rarity(y.count)})
					found[x.word] = max(found[x.word], y.count)
				}
			}
		}
		written := fold(words[x.word])
		if found[x.word] > 0 || utf8.RuneCountInString(written) < 4 {
			continue
		}
		more, err := s.store.alike(ctx, x.word, written, 20)
		if err != nil {
			return nil, err
		}
		most := 1
		if utf8.RuneCountInString(written) >= 7 {
			most = 2
		}
		for _, y := range more {
			if d := distance([]rune(written), []rune(y.letters), most); d <= most && y.count > 0 {
				all = append(all, weighed{y.term, x.word, slipWeight / float64(max(1, d)) * rarity(y.count)})
			}
		}
	}
	return all, nil
}

// size is how many documents there are, counted now and then.
func (s *Service) size(ctx context.Context) (int, error) {
	s.counted.Lock()
	defer s.counted.Unlock()
	if time.Since(s.counted.at) < 20*time.Second {
		return s.counted.n, nil
	}
	n, err := s.store.documents(ctx)
	if err != nil {
		return 0, err
	}
	s.counted.n, s.counted.at = max(1, n), time.Now()
	return s.counted.n, nil
}
