package search

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/meili"
)

// Service answers searches and keeps what can be found up to date.
type Service struct {
	db      *db.DB
	store   store
	nodes   *meili.Cluster
	company kept[company]
	counted kept[counted]
	ready   kept[map[string]bool] // nodes that may be searched
}

// New makes the service.
func New(d *db.DB, nodes *meili.Cluster) *Service {
	return &Service{db: d, store: store{d, &stemmed{}}, nodes: nodes}
}

// found is what an engine gives.
type found struct {
	keys     []key
	total    int
	facets   map[string][]Count
	degraded bool
	docs     map[key]document // that were read already
	said     int              // so many of the first keys say what the query says
}

// Search finds what the signed-in user may see.
func (s *Service) Search(ctx context.Context, q Query) (Answer, error) {
	q.clean()
	u := auth.From(ctx)
	titles, err := s.store.titles(ctx, u)
	if err != nil {
		return Answer{}, err
	}
	words := understand(q.Text)
	words.known, _ = s.lexicon(ctx)
	f, err := s.find(ctx, q, words, readerOf(u, titles))
	if err != nil {
		return Answer{}, err
	}
	hits, err := s.hits(ctx, u, f, newReading(words), q.Sort == SortBest && len(words.words) > 0)
	return Answer{Hits: hits, Facets: f.facets, EstimatedTotal: f.total, Degraded: f.degraded}, err
}

// find asks the nodes and, unless they know a short query well, PostgreSQL too.
func (s *Service) find(ctx context.Context, q Query, words asked, r reader) (found, error) {
	if q.Sort != SortBest && len(words.words) > 0 {
		return s.inOrder(ctx, q, words, r)
	}
	if len(s.nodes.Nodes()) == 0 {
		return s.fromPostgres(ctx, q, words, r)
	}
	question := len(words.words) > shortQuery
	page := q.Offset + q.Limit
	depth := page // of the nodes: scoring deeper is what costs them most
	if question {
		depth = max(fuseDepth, page)
	}
	var keys []key
	var pgErr error
	byWords := func() {
		var found ranked
		found, pgErr = s.byWords(ctx, words, r, q.Filters, db.Now(), max(fuseDepth, page), false)
		keys = found.keys
	}
	var wait sync.WaitGroup
	if question {
		wait.Go(byWords)
	}
	f, best, err := s.fromNodes(ctx, q, words, r, depth, false)
	wait.Wait()
	switch {
	case errors.Is(err, meili.ErrAway):
		return s.fromPostgres(ctx, q, words, r)
	case err != nil:
		return f, err
	case !question && len(words.words) > 0 && best < knownWell:
		byWords()
	}
	if pgErr != nil {
		return f, pgErr
	}
	nodes := f.keys
	f.keys, err = s.titlesFirst(ctx, words.words, fuse(f.keys, keys), slices.Concat(first(f.keys, titleDepth), first(keys, titleDepth)))
	if err == nil && question {
		err = s.saidFirst(ctx, words, &f, slices.Concat(first(f.keys, saidDepth), first(nodes, saidDepth), first(keys, saidDepth)))
	}
	f.total = max(f.total, len(f.keys))
	f.cut(q)
	return f, err
}

const (
	// shortQuery is how many words a query has at most that one engine may answer alone, and knownWell the score from which
	// it may: the best hit has all the words, near each other and spelt so.
	shortQuery = 3
	knownWell  = 0.95
	// fuseDepth is how far down both lists are looked at, and fuseCalm how little the first places count more than the next.
	// The word list counts double: it weighs words by rarity, which questions need.
	fuseDepth = 40
	fuseCalm  = 3.0
	// titleDepth is how far down a thing is looked for that is called as the query says.
	titleDepth = 10
)

// fuse makes one list of those of the nodes and of the word list, by the places of a document in both.
func fuse(nodes, words []key) []key {
	if len(words) == 0 {
		return nodes
	}
	score, order := map[key]float64{}, []key{}
	add := func(list []key, weight float64) {
		for i, k := range list {
			if _, seen := score[k]; !seen {
				order = append(order, k)
			}
			score[k] += weight / (fuseCalm + float64(i))
		}
	}
	add(nodes, 1)
	add(words, 2)
	slices.SortStableFunc(order, func(x, y key) int { return cmp.Compare(score[y], score[x]) })
	return order
}

func first(keys []key, n int) []key { return keys[:min(n, len(keys))] }

// titlesFirst puts those candidates first whose title has every word of the query: who types a title wants that thing.
func (s *Service) titlesFirst(ctx context.Context, words []string, keys, candidates []key) ([]key, error) {
	if len(words) < 2 || len(candidates) == 0 {
		return keys, nil
	}
	titles, err := s.store.titlesOf(ctx, candidates)
	if err != nil {
		return nil, err
	}
	m := newMatcher(words, nil)
	var named []key
	for _, k := range candidates {
		if !slices.Contains(named, k) && m.covers(titles[k]) {
			named = append(named, k)
		}
	}
	return append(named, slices.DeleteFunc(keys, func(k key) bool { return slices.Contains(named, k) })...), nil
}

// fromPostgres answers from PostgreSQL alone.
func (s *Service) fromPostgres(ctx context.Context, q Query, words asked, r reader) (f found, err error) {
	now := db.Now()
	f.degraded = true
	var docs []int32
	if len(words.words) == 0 {
		f.keys, f.total, err = s.store.newest(ctx, r, q.Filters, now, q.Offset, q.Limit)
	} else {
		var found ranked
		found, err = s.byWords(ctx, words, r, q.Filters, now, max(fuseDepth, q.Offset+q.Limit), true)
		if err == nil {
			f.keys, err = s.titlesFirst(ctx, words.words, found.keys, first(found.keys, 3*titleDepth))
		}
		if err == nil && len(words.words) > shortQuery {
			err = s.saidFirst(ctx, words, &f, first(f.keys, 2*saidDepth))
		}
		docs, f.total = found.docs, len(found.docs)
		f.cut(q)
	}
	if err != nil {
		return f, err
	}
	f.facets, err = s.countWords(ctx, q, words, r, docs, false)
	return f, err
}

// hits makes what is shown of the documents, in the order of the keys, or ranked by what is known of them beside the text.
func (s *Service) hits(ctx context.Context, u auth.User, f found, r *reading, rank bool) ([]Hit, error) {
	docs := f.docs
	if missing := slices.DeleteFunc(slices.Clone(f.keys), func(k key) bool { _, there := docs[k]; return there }); len(missing) > 0 {
		more, err := s.store.load(ctx, missing, u)
		if err != nil {
			return nil, err
		}
		maps.Copy(more, docs)
		docs = more
	}
	if rank {
		f.keys = inRank(f, docs, r)
	}
	hits := make([]Hit, 0, len(f.keys))
	for _, k := range f.keys {
		d, ok := docs[k]
		if !ok { // gone, or not theirs any more
			continue
		}
		m := r.of(d)
		h := Hit{Kind: d.Kind, ID: d.ID, Title: d.Title, TitleMarked: m.mark(d.Title), Type: d.Type, State: d.State, Lang: d.Lang, SourceID: d.SourceID, At: d.At}
		h.Snippet, h.Page, h.AssetID = m.snippet(d)
		h.Why = m.why(d, h)
		hits = append(hits, h)
	}
	return hits, nil
}

// Nodes gives the Meilisearch nodes.
func (s *Service) Nodes() []*meili.Node { return s.nodes.Nodes() }
