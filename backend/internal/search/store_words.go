package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/db"
)

// stem is one stem of a word of a query, and in how many documents it is.
type stem struct {
	word    int // index of the word
	letters string
	term    int64
	count   int
	langs   []string // of texts in which the word stands so
}

// frequent is in how many documents a stem has to be to have its number kept.
const frequent = 500

// frequency is in how many documents the term of t is. Of those that have become frequent lately it is the least that is
// known, which is enough to weigh them.
const frequency = `coalesce((SELECT f.n FROM search_frequencies f WHERE f.term = t.term),
	(SELECT count(*) FROM (SELECT FROM search_postings p WHERE p.term = t.term LIMIT 2000) few))`

// stems gives the stems that words have in English, those of the same words as they stand in texts, and where that may be
// and English texts do not have them, those by the rules of other languages; words that say nothing (the, of, …) have none.
func (s store) stems(ctx context.Context, words, written, configs []string, english bool) ([]stem, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `WITH w AS (SELECT * FROM unnest($1::text[], $2::text[]) WITH ORDINALITY w(word, written, i)
			WHERE NOT $4 OR to_tsvector('english', word) <> ''),
		strange AS (SELECT * FROM w WHERE written <> '' AND (NOT $4 OR NOT EXISTS (SELECT FROM search_words x WHERE x.word = w.word AND x.lang = 'en')))
		SELECT t.i - 1, min(t.letters), t.term, `+frequency+`, array_remove(array_agg(t.lang), NULL) FROM (
			SELECT w.i, NULL AS lang, l.lexeme AS letters, hashtextextended(l.lexeme, 0) AS term FROM w, LATERAL unnest(to_tsvector('english', w.word)) l
			UNION ALL SELECT w.i, NULL, l.lexeme, hashtextextended(search_fold(l.lexeme), 0) FROM strange w, unnest($3::text[]) c, LATERAL unnest(to_tsvector(c::regconfig, w.written)) l
			UNION ALL SELECT w.i, x.lang, x.word, x.term FROM w JOIN search_words x ON x.word = w.word) t GROUP BY t.i, t.term ORDER BY t.i, t.term`, words, written, configs, english)
	if err != nil {
		return nil, db.Err(err, "search")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (x stem, err error) {
		return x, r.Scan(&x.word, &x.letters, &x.term, &x.count, &x.langs)
	})
}

// beginning gives the stems of words that begin with some letters, those in most documents first.
func (s store) beginning(ctx context.Context, word int, letters string, most int) ([]stem, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT t.word, t.term, `+frequency+` AS n FROM (SELECT min(word) AS word, term FROM (
			SELECT word, term FROM search_words WHERE word LIKE $1 || '%' ORDER BY length(word), word LIMIT 60) x GROUP BY term) t ORDER BY n DESC, t.word LIMIT $2`, letters, most)
	return collectStems(rows, err, word)
}

// alike gives the stems of words that are written much like some letters.
func (s store) alike(ctx context.Context, word int, letters string, most int) ([]stem, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT t.word, t.term, `+frequency+`
		FROM (SELECT word, term FROM search_words WHERE word % $1 AND abs(length(word) - length($1)) <= 2 ORDER BY similarity(word, $1) DESC, word, lang LIMIT $2) t`, letters, most)
	return collectStems(rows, err, word)
}

// joined gives the stems of the words of some languages that begin or end with another word's stem.
func (s store) joined(ctx context.Context, word int, letters string, langs []string, most int) ([]stem, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT t.word, t.term, `+frequency+`
		FROM (SELECT word, term FROM search_words WHERE word LIKE '%' || $1 || '%' AND lang = ANY($2) AND (starts_with(word, $1) OR position($1 IN right(word, length($1) + 3)) > 0)
			AND length(word) > length($1) + 3 ORDER BY length(word), word LIMIT $3) t`, letters, langs, most)
	return collectStems(rows, err, word)
}

// known gives the stems of words that stand in texts of some languages, with those words.
func (s store) knownWords(ctx context.Context, words, langs []string) ([]stem, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT t.word, t.term, `+frequency+` FROM search_words t WHERE t.word = ANY($1) AND t.lang = ANY($2)`, words, langs)
	return collectStems(rows, err, 0)
}

func collectStems(rows pgx.Rows, err error, word int) ([]stem, error) {
	if err != nil {
		return nil, db.Err(err, "search")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (x stem, err error) {
		x.word = word
		return x, r.Scan(&x.letters, &x.term, &x.count)
	})
}

// documents counts them, and names the languages other than English in which some are.
func (s store) documents(ctx context.Context, codes []string) (n int, langs []string, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT (SELECT count(*) FROM search_documents WHERE NOT gone),
		ARRAY(SELECT code FROM unnest($1::text[]) code WHERE EXISTS (SELECT FROM search_words w WHERE w.lang = code AND w.lang <> 'en') ORDER BY code)`, codes).Scan(&n, &langs)
	return n, langs, db.Err(err, "search")
}

// count keeps in how many documents the frequent words are.
func (s store) count(ctx context.Context) error {
	_, err := s.db.PG(ctx).Exec(ctx, `WITH t AS MATERIALIZED (SELECT term, count(*) AS n FROM search_postings GROUP BY term HAVING count(*) >= $1),
		gone AS (DELETE FROM search_frequencies f WHERE NOT EXISTS (SELECT FROM t WHERE t.term = f.term))
		INSERT INTO search_frequencies (term, n) SELECT term, n FROM t ORDER BY term ON CONFLICT (term) DO UPDATE SET n = excluded.n WHERE search_frequencies.n <> excluded.n`, frequent)
	return db.Err(err, "search")
}

// tidy has PostgreSQL look over the word list after much of it was written: from then on it is read from its indexes alone.
func (s store) tidy(ctx context.Context) error {
	_, err := s.db.Pool().Exec(ctx, `VACUUM (ANALYZE) search_postings`)
	return db.Err(err, "search")
}

// weighed is a stem with what a match of it counts, in its group: of a group the best match counts.
type weighed struct {
	term   int64
	group  int
	weight float64
	count  int
}

// depth is how much of the word list a search reads: of the rarest words first, of each stem the documents about which it
// says most, until so many postings are read; of those documents the best, for which the words are looked up that were not
// read to the end.
type depth struct{ perStem, postings, documents int }

var (
	beside = depth{300, 1000, 150}            // Meilisearch, which has found the most by itself
	alone  = depth{600, 2500, 600}            // first
	whole  = depth{1 << 30, 1 << 30, 1 << 30} // where little of that passes
)

// ranked is what rank gives: the best documents, and all that were looked at and pass.
type ranked struct {
	keys []key
	docs []int32 // by number
	cut  bool    // there are more, which were not looked at
}

// rank gives the documents that the reader may find and in which any of the stems is, best first; with all, those that are
// not among the best are named too.
func (s store) rank(ctx context.Context, stems []weighed, r reader, f Filters, now time.Time, limit int, to depth, all bool) (found ranked, err error) {
	slices.SortStableFunc(stems, func(a, b weighed) int { return cmp.Compare(b.weight, a.weight) })
	n := len(stems)
	terms, groups, weights, reads, part := make([]int64, n), make([]int32, n), make([]float64, n), make([]int32, n), make([]bool, n)
	read := 0
	for i, w := range stems {
		terms[i], groups[i], weights[i] = w.term, int32(w.group), w.weight //nolint:gosec // a few
		if read < to.postings {
			reads[i] = int32(to.perStem) //nolint:gosec // a constant
			read += min(w.count, to.perStem)
		}
		part[i] = w.count > int(reads[i])
		found.cut = found.cut || part[i]
	}
	found.cut = found.cut || read > to.documents
	var q statement
	// OFFSET 0 keeps the planner to looking rows up one by one: as soon as its numbers are old it would read whole tables.
	sql := `WITH q AS MATERIALIZED (SELECT * FROM unnest(` + q.arg(terms) + `::bigint[], ` + q.arg(groups) + `::int[], ` + q.arg(weights) + `::float8[], ` + q.arg(reads) + `::int[], ` + q.arg(part) + `::bool[])
			q(term, grp, weight, reads, part)),
		read AS MATERIALIZED (SELECT p.doc, q.grp, p.weight * q.weight AS score FROM q
			CROSS JOIN LATERAL (SELECT p.doc, p.weight FROM search_postings p WHERE p.term = q.term ORDER BY p.weight DESC LIMIT q.reads) p WHERE q.reads > 0),
		best AS (SELECT doc FROM (SELECT doc, max(score) AS score FROM read GROUP BY doc, grp) x GROUP BY doc ORDER BY sum(score) DESC, doc LIMIT ` + q.arg(max(to.documents, limit)) + `),
		few AS MATERIALIZED (SELECT d.* FROM best b CROSS JOIN LATERAL (SELECT d.doc, d.id, d.part, d.at FROM search_documents d WHERE d.doc = b.doc AND ` + q.allowed(r, f, now) + ` OFFSET 0) d),
		scores AS (SELECT doc, sum(score) AS score FROM (SELECT doc, max(score) AS score FROM (
			SELECT r.doc, r.grp, r.score FROM read r JOIN few f ON f.doc = r.doc UNION ALL
			SELECT p.doc, q.grp, p.weight * q.weight FROM few f CROSS JOIN q CROSS JOIN LATERAL (SELECT p.doc, p.weight FROM search_postings p WHERE p.doc = f.doc AND p.term = q.term OFFSET 0) p WHERE q.part
			) x GROUP BY doc, grp) y GROUP BY doc)
		SELECT f.id, f.part, CASE WHEN ` + q.arg(all) + ` AND row_number() OVER best = 1 THEN ARRAY(SELECT doc FROM few) END FROM few f JOIN scores s ON s.doc = f.doc
		WINDOW best AS (ORDER BY s.score DESC, f.at DESC, f.doc) ORDER BY s.score DESC, f.at DESC, f.doc LIMIT ` + q.arg(limit)
	rows, err := s.db.PG(ctx).Query(ctx, sql, q.args...)
	if err != nil {
		return found, db.Err(err, "search")
	}
	found.keys, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (k key, err error) {
		if found.docs == nil {
			return k, row.Scan(&k.ID, &k.Part, &found.docs)
		}
		return k, row.Scan(&k.ID, &k.Part, nil)
	})
	return found, db.Err(err, "search")
}

// countBy counts documents by the values of columns: the given ones, or all that the reader may find.
func (s store) countBy(ctx context.Context, names []string, docs []int32, r reader, f Filters, now time.Time) (map[string][]Count, error) {
	counts := make(map[string][]Count, len(names))
	if len(names) == 0 {
		return counts, nil
	}
	values := make([]string, len(names))
	for i, name := range names {
		column, many := facetColumn(name)
		counts[name] = []Count{}
		if values[i] = `SELECT '` + name + `', d.` + column + `::text`; many { // names of ours
			values[i] = `SELECT '` + name + `', unnest(d.` + column + `)`
		}
	}
	var q statement
	where := ``
	if docs != nil {
		where = `d.doc = ANY(` + q.arg(docs) + `)`
	} else {
		where = q.allowed(r, f, now)
	}
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT name, value, n FROM (SELECT name, value, count(*) AS n, row_number() OVER (PARTITION BY name ORDER BY count(*) DESC, value) AS place
		FROM search_documents d CROSS JOIN LATERAL (`+strings.Join(values, ` UNION ALL `)+`) v(name, value) WHERE `+where+` AND value NOT IN ('', '0') GROUP BY name, value) c
		WHERE place <= 100 ORDER BY name, place`, q.args...)
	if err != nil {
		return nil, db.Err(err, "search")
	}
	var name string
	var c Count
	_, err = pgx.ForEachRow(rows, []any{&name, &c.Value, &c.Count}, func() error { counts[name] = append(counts[name], c); return nil })
	return counts, db.Err(err, "search")
}
