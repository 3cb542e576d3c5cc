package search

import (
	"context"
	"sync"

	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/db"
)

// lexeme is a word of a text in a language.
type lexeme struct{ lang, word string }

// mostStems is how many stems are kept at hand; about 20 MB.
const mostStems = 150_000

// stemmed keeps the stems of words at hand that are in the word list, as one costs more to find than all else about a word.
type stemmed struct {
	sync.RWMutex
	terms map[lexeme]int64 // 0: the word means nothing by itself
}

// term gives the stem of a word, if it is at hand or among the fresh ones.
func (s *stemmed) term(w lexeme, fresh map[lexeme]int64) (int64, bool) {
	if t, ok := fresh[w]; ok {
		return t, true
	}
	s.RLock()
	defer s.RUnlock()
	t, ok := s.terms[w]
	return t, ok
}

// keep adds fresh ones, once they are in the word list for good.
func (s *stemmed) keep(fresh map[lexeme]int64) {
	s.Lock()
	defer s.Unlock()
	if s.terms == nil || len(s.terms)+len(fresh) > mostStems {
		s.terms = map[lexeme]int64{}
	}
	for w, t := range fresh {
		s.terms[w] = t
	}
}

// stem finds the stems of words and writes both into the word list, to find what a misspelt or unfinished word may mean.
// In order, so that two jobs that bring the same new words cannot wait for each other.
func (s store) stem(ctx context.Context, unknown map[lexeme]struct{}, fresh map[lexeme]int64) error {
	if len(unknown) == 0 {
		return nil
	}
	var langs, words, configs []string
	for w := range unknown {
		langs, words, configs = append(langs, w.lang), append(words, w.word), append(configs, configOf(w.lang))
	}
	rows, err := s.db.PG(ctx).Query(ctx, `WITH l AS MATERIALIZED (SELECT lang, word, search_fold(word) AS folded, search_fold((ts_lexize((config || '_stem')::regdictionary, word))[1]) AS stem
			FROM unnest($1::text[], $2::text[], $3::text[]) l(lang, word, config)),
		written AS (INSERT INTO search_words (word, lang, term) SELECT DISTINCT ON (folded, lang) folded, lang, hashtextextended(stem, 0) FROM l
			WHERE stem IS NOT NULL AND length(folded) BETWEEN 2 AND 60 ORDER BY folded, lang, stem ON CONFLICT DO NOTHING)
		SELECT lang, word, CASE WHEN length(stem) <= 100 THEN hashtextextended(stem, 0) ELSE 0 END FROM l`, langs, words, configs)
	if err != nil {
		return db.Err(err, "document")
	}
	var w lexeme
	var term *int64
	_, err = pgx.ForEachRow(rows, []any{&w.lang, &w.word, &term}, func() error {
		if fresh[w] = 0; term != nil {
			fresh[w] = *term
		}
		return nil
	})
	return db.Err(err, "document")
}
