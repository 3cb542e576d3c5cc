package search

import (
	"cmp"
	"context"
	"slices"

	"byline/backend/internal/platform/auth"
)

// reading is a query as it is looked for in texts of each language.
type reading struct {
	asked
	synonyms   []string
	byLanguage map[string]*matcher
}

func newReading(q asked) *reading {
	r := &reading{asked: q, byLanguage: map[string]*matcher{}}
	for _, m := range q.known.meanings(q.words) {
		r.synonyms = append(r.synonyms, m.synonyms...)
	}
	return r
}

// of gives the matcher for a document.
func (r *reading) of(d document) *matcher {
	lang := d.language()
	m := r.byLanguage[lang]
	if m == nil {
		m = newMatcher(r.words, r.synonyms)
		if l, ok := languages[lang]; ok {
			m.speak(l, r.asked)
		}
		r.byLanguage[lang] = m
	}
	return m
}

// What somebody quotes is looked for this far down each list, and has at least so many words that mean something.
const (
	saidDepth   = 12
	fewestQuote = 4
	titleLead   = 500 // what is called so comes before what only says so
)

// saidFirst puts those candidates first that say what the query says in much the same words, on a page or in their text:
// who types half a sentence wants the place where it stands. What was read for that is kept.
func (s *Service) saidFirst(ctx context.Context, q asked, f *found, candidates []key) error {
	r := newReading(q)
	if newMatcher(q.words, nil).meant < fewestQuote || len(candidates) == 0 {
		return nil
	}
	candidates = slices.Clone(candidates)
	slices.SortFunc(candidates, func(a, b key) int { return cmp.Or(slices.Compare(a.ID[:], b.ID[:]), cmp.Compare(a.Part, b.Part)) })
	candidates = slices.Compact(candidates)
	docs, err := s.store.load(ctx, candidates, auth.From(ctx))
	if err != nil {
		return err
	}
	f.docs = docs
	type quoted struct {
		key
		score int
	}
	var first []quoted
	for k, d := range docs {
		m := r.of(d)
		best, found := m.says(d.Title)
		if best += titleLead; !found {
			best = 0
		}
		if score, ok := m.says(d.Body); ok {
			best, found = max(best, score), true
		}
		for _, p := range d.Pages {
			if score, ok := m.says(p.Text); ok {
				best, found = max(best, score), true
			}
		}
		if found {
			first = append(first, quoted{k, best})
		}
	}
	slices.SortFunc(first, func(a, b quoted) int {
		return cmp.Or(b.score-a.score, slices.Index(f.keys, a.key)-slices.Index(f.keys, b.key))
	})
	var keys []key
	for _, x := range first {
		keys = append(keys, x.key)
	}
	f.said = len(keys)
	f.keys = append(keys, slices.DeleteFunc(slices.Clone(f.keys), func(k key) bool { return slices.Contains(keys, k) })...)
	return nil
}
