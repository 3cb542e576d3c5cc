package demand

import (
	"context"
	"sync"
	"time"
)

const (
	// popularFor is how long a search counts as one of the company's; popularFrom by how many people it must have been made, so
	// that it tells of nobody.
	popularFor  = 60 * 24 * time.Hour
	popularFrom = 3
	mostPopular = 8
	popularRest = 15 * time.Second
)

// popular are the popular searches as they were a moment ago.
type popular struct {
	sync.Mutex
	words []string
	at    time.Time
}

// Popular gives what many people search for, the most first: what at least three of them did, in words that all stand in some
// one thing that everybody may read. So nobody learns from it what is private, neither of a person nor of a thing.
func (s *Service) Popular(ctx context.Context) ([]string, error) {
	s.popular.Lock()
	defer s.popular.Unlock()
	now := s.now()
	if age := now.Sub(s.popular.at); age >= 0 && age < popularRest {
		return s.popular.words, nil
	}
	all, err := s.store.often(ctx, now.Add(-popularFor), popularFrom)
	if err != nil {
		return nil, err
	}
	shown, err := s.search.Public(ctx, all)
	if err != nil {
		return nil, err
	}
	words := []string{}
	for i, w := range all {
		if shown[i] && len(words) < mostPopular {
			words = append(words, w)
		}
	}
	s.popular.words, s.popular.at = words, now
	return words, nil
}
