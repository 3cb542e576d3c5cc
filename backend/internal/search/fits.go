package search

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/db"
)

// Words gives the words of a text as they are compared, with a space between them: lower case, without accents and
// punctuation.
func Words(text string) string { return strings.Join(wordsOf(text), " ") }

// Fit says that a resource answers a query: each word of it is in the resource, in whatever form.
type Fit struct {
	Resource uuid.UUID
	Query    int  // its index
	Well     bool // each word stands in the title, tags or summary, or is said often
}

// prominent is the weight of a word that stands once in a summary.
const prominent = summaryWeight/(saturation+summaryWeight) - 0.01

// Fits says which of some resources answer which queries. Who may see the resources is for the caller to ask. It is exact:
// slips and synonyms, which a person judges at a glance when they search, would be false news.
func (s *Service) Fits(ctx context.Context, resources []uuid.UUID, queries []string) ([]Fit, error) {
	stems, of, err := s.stemsOf(ctx, queries)
	if err != nil || len(resources) == 0 || len(stems) == 0 {
		return nil, err
	}
	return s.store.fits(ctx, resources, stems, of)
}

// stemsOf gives the stems of the words of queries that say something, in whatever language there are texts, and says of each
// word to which query it belongs.
func (s *Service) stemsOf(ctx context.Context, queries []string) (stems []stem, of []int32, err error) {
	var words, written []string
	for i, text := range queries {
		q := understand(text)
		for j, w := range q.words {
			if !q.small(w) {
				words, written, of = append(words, w), append(written, q.written[j]), append(of, int32(i)) //nolint:gosec // a few thousand
			}
		}
	}
	if len(words) == 0 {
		return nil, nil, nil
	}
	_, langs, err := s.size(ctx)
	if err != nil {
		return nil, nil, err
	}
	var configs []string
	for _, l := range langs {
		if _, ok := languages[l]; ok {
			configs = append(configs, configOf(l))
		}
	}
	stems, err = s.store.stems(ctx, words, written, configs, true)
	return stems, of, err
}

func (s store) fits(ctx context.Context, resources []uuid.UUID, stems []stem, of []int32) ([]Fit, error) {
	queries, words, terms := make([]int32, len(stems)), make([]int32, len(stems)), make([]int64, len(stems))
	needed := map[int32]map[int]bool{} // words that say nothing have no stem, and are not asked for
	for i, x := range stems {
		queries[i], words[i], terms[i] = of[x.word], int32(x.word), x.term //nolint:gosec // as above
		if needed[queries[i]] == nil {
			needed[queries[i]] = map[int]bool{}
		}
		needed[queries[i]][x.word] = true
	}
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT id, query, count(*), bool_and(best >= $5) FROM (
			SELECT d.id, q.query, q.word, max(p.weight) AS best FROM unnest($2::int[], $3::int[], $4::bigint[]) q(query, word, term)
				JOIN search_postings p ON p.term = q.term JOIN search_documents d ON d.doc = p.doc
			WHERE d.kind = 'resource' AND d.part = 'full' AND NOT d.gone AND d.id = ANY($1) GROUP BY d.id, q.query, q.word) w
		GROUP BY id, query ORDER BY query, bool_and(best >= $5) DESC, min(best) DESC, id`, resources, queries, words, terms, prominent)
	if err != nil {
		return nil, db.Err(err, "search")
	}
	var fits []Fit
	var f Fit
	var query int32
	var n int
	_, err = pgx.ForEachRow(rows, []any{&f.Resource, &query, &n, &f.Well}, func() error {
		if n == len(needed[query]) {
			f.Query = int(query)
			fits = append(fits, f)
		}
		return nil
	})
	return fits, db.Err(err, "search")
}

// Change is a resource of which something has changed that can be found.
type Change struct {
	ID  uuid.UUID
	Seq int64 // grows with every change; those of changes at the same time may be seen in another order
	At  time.Time
}

// Changes gives what has changed of resources after a mark, in order.
func (s *Service) Changes(ctx context.Context, after int64, limit int) ([]Change, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT id, seq, indexed_at FROM search_documents WHERE seq > $1 AND kind = 'resource' AND part = 'full' AND NOT gone ORDER BY seq LIMIT $2`, after, limit)
	if err != nil {
		return nil, db.Err(err, "search")
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Change])
}

// LastChange gives the mark of the newest change.
func (s *Service) LastChange(ctx context.Context) (seq int64, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT coalesce(max(seq), 0) FROM search_documents`).Scan(&seq)
	return seq, db.Err(err, "search")
}
