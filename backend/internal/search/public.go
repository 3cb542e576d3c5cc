package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/db"
)

// public is the condition on a document d that everybody may read it now. What is offered to people before or beside their own
// hits (popular searches, corrected words) comes from these alone, whoever they are: it would tell of the others.
const public = ` d.part = 'full' AND NOT d.gone AND d.audience && ARRAY['all'] AND d.visible_from <= now() AND d.visible_until > now() AND d.state <> 'archived' `

// Public says of each query whether some one thing that everybody may read has all of its words.
func (s *Service) Public(ctx context.Context, queries []string) ([]bool, error) {
	yes := make([]bool, len(queries))
	stems, of, err := s.stemsOf(ctx, queries)
	if err != nil {
		return nil, err
	}
	for i := range queries {
		var words []int32
		var terms []int64
		for _, x := range stems {
			if int(of[x.word]) == i {
				words, terms = append(words, int32(x.word)), append(terms, x.term) //nolint:gosec // a few
			}
		}
		if len(terms) == 0 {
			continue
		}
		if yes[i], err = s.store.inPublic(ctx, words, terms); err != nil {
			return nil, err
		}
	}
	return yes, nil
}

func (s store) inPublic(ctx context.Context, words []int32, terms []int64) (yes bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `WITH q AS MATERIALIZED (SELECT * FROM unnest($1::int[], $2::bigint[]) q(word, term)),
			rarest AS MATERIALIZED (SELECT term FROM q WHERE word = (SELECT word FROM q x, LATERAL (SELECT count(*) AS n FROM (SELECT FROM search_postings p WHERE p.term = x.term LIMIT 500) c) f
				GROUP BY word ORDER BY sum(f.n) LIMIT 1))
		SELECT EXISTS (SELECT FROM search_postings p JOIN search_documents d ON d.doc = p.doc WHERE p.term IN (SELECT term FROM rarest) AND`+public+`
			AND (SELECT count(DISTINCT q.word) FROM q JOIN search_postings x ON x.term = q.term AND x.doc = p.doc) = (SELECT count(DISTINCT word) FROM q))`, words, terms).Scan(&yes)
	return yes, db.Err(err, "search")
}

// Suggest gives the words of a query with those corrected that stand in nothing that everybody may read, and look like words
// that do. It is empty when there is nothing to correct.
func (s *Service) Suggest(ctx context.Context, text string) (string, error) {
	q := Query{Text: text}
	q.clean()
	var found []token
	tokens(q.Text, func(t token) bool { found = append(found, t); return true })
	if len(found) > mostCorrected {
		return "", nil
	}
	asked := understand(q.Text)
	var b strings.Builder
	last, changed := 0, false
	for i, t := range found {
		first, _ := utf8.DecodeRuneInString(t.word)
		if utf8.RuneCountInString(t.word) < 4 || cjk(first) || asked.small(t.word) {
			continue
		}
		better, err := s.corrected(ctx, i, t.word, asked.written[i])
		if err != nil {
			return "", err
		}
		if better != "" {
			b.WriteString(q.Text[last:t.start] + better)
			last, changed = t.end, true
		}
	}
	if !changed {
		return "", nil
	}
	return b.String() + q.Text[last:], nil
}

// mostCorrected is how many words a query has at most that is corrected.
const mostCorrected = 12

// corrected gives the word that somebody meant, or nothing: when theirs is known, or none is alike.
func (s *Service) corrected(ctx context.Context, i int, word, written string) (string, error) {
	stems, _, err := s.stemsOf(ctx, []string{written})
	if err != nil {
		return "", err
	}
	terms := make([]int64, 0, len(stems))
	for _, x := range stems {
		terms = append(terms, x.term)
	}
	if len(terms) == 0 { // it says nothing, but it is a word
		return "", nil
	}
	known, err := s.store.publicTerms(ctx, terms)
	if err != nil || len(known) > 0 {
		return "", err
	}
	all, err := s.store.alike(ctx, i, word, 30)
	if err != nil {
		return "", err
	}
	same, err := s.store.sameStart(ctx, word) // two letters that changed places leave few trigrams of a short word
	if err != nil {
		return "", err
	}
	most := 1
	if utf8.RuneCountInString(word) >= 7 {
		most = 2
	}
	type candidate struct {
		stem
		slips int
	}
	var near []candidate
	terms = terms[:0]
	for _, y := range append(all, same...) {
		if slices.ContainsFunc(near, func(c candidate) bool { return c.letters == y.letters }) {
			continue
		}
		if d := distance([]rune(word), []rune(y.letters), most); d <= most && d > 0 {
			near, terms = append(near, candidate{y, d}), append(terms, y.term)
		}
	}
	if known, err = s.store.publicTerms(ctx, terms); err != nil {
		return "", err
	}
	slices.SortStableFunc(near, func(x, y candidate) int { return cmp.Or(cmp.Compare(x.slips, y.slips), cmp.Compare(y.count, x.count)) })
	for _, c := range near {
		if !slices.Contains(known, c.term) {
			continue
		}
		// the stem is public; this form of it may stand in something that is not
		if yes, err := s.store.isPublicWord(ctx, c.letters, c.term); err != nil || yes {
			return c.letters, err
		}
	}
	return "", nil
}

// sameStart gives the stems of words of about the same length that begin with the same two letters, without their numbers.
func (s store) sameStart(ctx context.Context, word string) ([]stem, error) {
	runes := []rune(word)
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT word, term, 0 FROM search_words WHERE word LIKE $1 || '%' AND length(word) BETWEEN $2 AND $3 LIMIT 3000`, string(runes[:2]), len(runes)-1, len(runes)+1)
	return collectStems(rows, err, 0)
}

// publicTerms gives those of some terms that are in something that everybody may read.
func (s store) publicTerms(ctx context.Context, terms []int64) ([]int64, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT t FROM unnest($1::bigint[]) t WHERE EXISTS (SELECT FROM search_postings p JOIN search_documents d ON d.doc = p.doc WHERE p.term = t AND`+public+`)`, terms)
	if err != nil {
		return nil, db.Err(err, "search")
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// isPublicWord looks into a few of the things with a term that everybody may read, whether a word stands there in this form.
func (s store) isPublicWord(ctx context.Context, word string, term int64) (bool, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT concat_ws(' ', d.title, d.summary, d.names, array_to_string(d.tags || d.personas || d.stages || d.industries || d.products || d.regions, ' '), d.body),
			d.pages FROM search_postings p JOIN search_documents d ON d.doc = p.doc WHERE p.term = $1 AND`+public+`ORDER BY p.weight DESC LIMIT 5`, term)
	if err != nil {
		return false, db.Err(err, "search")
	}
	type text struct {
		Text  string
		Pages []page
	}
	texts, err := pgx.CollectRows(rows, pgx.RowToStructByPos[text])
	if err != nil {
		return false, db.Err(err, "search")
	}
	for _, t := range texts {
		for _, p := range append(t.Pages, page{Text: t.Text}) {
			stands := false
			tokens(p.Text, func(t token) bool { stands = t.word == word; return !stands })
			if stands {
				return true, nil
			}
		}
	}
	return false, nil
}
