package search

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/meili"
)

// Service answers searches and keeps what can be found up to date.
type Service struct {
	db      *db.DB
	store   store
	nodes   *meili.Cluster
	counted struct {
		sync.Mutex
		n  int
		at time.Time
	}
	state struct {
		sync.Mutex
		ready map[string]bool
		at    time.Time
	}
}

// New makes the service.
func New(d *db.DB, nodes *meili.Cluster) *Service {
	return &Service{db: d, store: store{d}, nodes: nodes}
}

// found is what an engine gives.
type found struct {
	keys     []key
	total    int
	facets   map[string][]Count
	degraded bool
}

// Search finds what the signed-in user may see.
func (s *Service) Search(ctx context.Context, q Query) (Answer, error) {
	q.clean()
	u := auth.From(ctx)
	titles, err := s.store.titles(ctx, u)
	if err != nil {
		return Answer{}, err
	}
	words := wordsOf(q.Text)
	f, err := s.find(ctx, q, words, readerOf(u, titles))
	if err != nil {
		return Answer{}, err
	}
	hits, err := s.hits(ctx, u, f.keys, words)
	return Answer{Hits: hits, Facets: f.facets, EstimatedTotal: f.total, Degraded: f.degraded}, err
}

// find asks the nodes, and for questions PostgreSQL too.
func (s *Service) find(ctx context.Context, q Query, words []string, r reader) (found, error) {
	if len(s.nodes.Nodes()) == 0 {
		return s.fromPostgres(ctx, q, words, r)
	}
	if !isQuestion(words) {
		f, _, err := s.fromNodes(ctx, q, q.Text, r, q.Offset, q.Limit)
		if errors.Is(err, meili.ErrAway) {
			return s.fromPostgres(ctx, q, words, r)
		}
		return f, err
	}
	depth := max(fuseDepth, q.Offset+q.Limit)
	var keys []key
	var pgErr error
	var wait sync.WaitGroup
	wait.Go(func() { keys, _, _, pgErr = s.byWords(ctx, words, r, q.Filters, db.Now(), depth) })
	f, _, err := s.fromNodes(ctx, q, q.Text, r, 0, depth)
	wait.Wait()
	if errors.Is(err, meili.ErrAway) {
		return s.fromPostgres(ctx, q, words, r)
	}
	if err != nil || pgErr != nil {
		return f, errors.Join(err, pgErr)
	}
	f.keys = fuse(f.keys, keys)
	f.total = max(f.total, len(f.keys))
	f.keys = f.keys[min(q.Offset, len(f.keys)):min(q.Offset+q.Limit, len(f.keys))]
	return f, nil
}

// fuseDepth is how far down both lists are looked at, and fuseCalm how little the first places count more than the next.
const (
	fuseDepth = 60
	fuseCalm  = 20.0
)

// fuse makes one list of two by the places of a document in both.
func fuse(a, b []key) []key {
	score := map[key]float64{}
	for _, list := range [][]key{a, b} {
		for i, k := range list {
			score[k] += 1 / (fuseCalm + float64(i))
		}
	}
	all := slices.SortedStableFunc(maps.Keys(score), func(x, y key) int {
		if c := cmp.Compare(score[y], score[x]); c != 0 {
			return c
		}
		return bytes.Compare(x.ID[:], y.ID[:])
	})
	return all
}

// isQuestion says whether a query has so many words that no document will have all of them.
func isQuestion(words []string) bool { return len(words) > 3 }

// fromPostgres answers from PostgreSQL alone.
func (s *Service) fromPostgres(ctx context.Context, q Query, words []string, r reader) (f found, err error) {
	now := db.Now()
	f.degraded = true
	var terms []int64
	if len(words) == 0 {
		f.keys, f.total, err = s.store.newest(ctx, r, q.Filters, now, q.Offset, q.Limit)
	} else {
		f.keys, terms, f.total, err = s.byWords(ctx, words, r, q.Filters, now, q.Offset+q.Limit)
		f.keys = f.keys[min(q.Offset, len(f.keys)):]
	}
	if err != nil {
		return f, err
	}
	f.facets = map[string][]Count{}
	for _, name := range q.Facets {
		if f.facets[name], err = s.store.countBy(ctx, name, terms, r, q.Filters, now); err != nil {
			return f, err
		}
	}
	return f, nil
}

// hits makes what is shown of the documents, in the order of the keys.
func (s *Service) hits(ctx context.Context, u auth.User, keys []key, words []string) ([]Hit, error) {
	docs, err := s.store.load(ctx, keys, u)
	if err != nil {
		return nil, err
	}
	var synonyms []string
	for _, m := range meanings(words) {
		synonyms = append(synonyms, m.synonyms...)
	}
	m := newMatcher(words, synonyms)
	hits := make([]Hit, 0, len(keys))
	for _, k := range keys {
		d, ok := docs[k]
		if !ok { // gone, or not theirs any more
			continue
		}
		h := Hit{Kind: d.Kind, ID: d.ID, Title: d.Title, TitleMarked: m.mark(d.Title), Type: d.Type, State: d.State, Lang: d.Lang, SourceID: d.SourceID, At: d.At}
		h.Snippet, h.Page, h.AssetID = m.snippet(d)
		hits = append(hits, h)
	}
	return hits, nil
}
