package search

import (
	"context"
	"sync"
	"time"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
)

// Service answers searches and keeps what can be found up to date.
type Service struct {
	db      *db.DB
	store   store
	counted struct {
		sync.Mutex
		n  int
		at time.Time
	}
}

// New makes the service.
func New(d *db.DB) *Service { return &Service{db: d, store: store{d}} }

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
	f, err := s.fromPostgres(ctx, q, words, readerOf(u, titles))
	if err != nil {
		return Answer{}, err
	}
	hits, err := s.hits(ctx, u, f.keys, words)
	return Answer{Hits: hits, Facets: f.facets, EstimatedTotal: f.total, Degraded: f.degraded}, err
}

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
