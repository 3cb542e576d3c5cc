package search

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/db"
)

// lock keeps other jobs off things to the end of the transaction, so that the last one to read them is the last to write.
func (s store) lock(ctx context.Context, things []Index) error {
	names := make([]string, len(things))
	for i, t := range things {
		names[i] = t.Thing + t.ID.String()
	}
	_, err := s.db.PG(ctx).Exec(ctx, `SELECT pg_advisory_xact_lock(key) FROM (SELECT DISTINCT hashtextextended('search ' || name, 0) AS key FROM unnest($1::text[]) name ORDER BY key) keys`, names)
	return err
}

// put writes documents and their words, where they have changed, and gives how many; all nodes are to be told of those.
// With force the words are written in any case. See putWords for fresh.
func (s store) put(ctx context.Context, docs []document, force bool, fresh map[lexeme]int64) (changed int, err error) {
	if len(docs) == 0 {
		return 0, nil
	}
	known, err := s.known(ctx, docs)
	if err != nil {
		return 0, err
	}
	var write, words []document
	var digests [][]byte
	for _, d := range docs {
		digest, err := d.digest()
		if err != nil {
			return 0, err
		}
		k, ok := known[key{d.ID, d.Part}]
		if d.Doc = k.doc; ok && !k.gone && bytes.Equal(k.digest, digest) {
			if force {
				words = append(words, d)
			}
			continue
		}
		write, digests = append(write, d), append(digests, digest)
	}
	if err := s.write(ctx, write, digests); err != nil {
		return 0, err
	}
	if err := s.putWords(ctx, append(words, write...), fresh); err != nil {
		return 0, err
	}
	return len(write), s.tellNodes(ctx, write)
}

type knownDocument struct {
	doc    int32
	digest []byte
	gone   bool
}

// known gives what was written of these documents, and notes that they have been looked at.
func (s store) known(ctx context.Context, docs []document) (map[key]knownDocument, error) {
	kinds, ids, parts := make([]string, len(docs)), make([]uuid.UUID, len(docs)), make([]string, len(docs))
	for i, d := range docs {
		kinds[i], ids[i], parts[i] = d.Kind, d.ID, d.Part
	}
	rows, err := s.db.PG(ctx).Query(ctx, `UPDATE search_documents d SET indexed_at = now() FROM unnest($1::text[], $2::uuid[], $3::text[]) k(kind, id, part)
		WHERE d.kind = k.kind AND d.id = k.id AND d.part = k.part RETURNING d.id, d.part, d.doc, d.digest, d.gone`, kinds, ids, parts)
	if err != nil {
		return nil, db.Err(err, "document")
	}
	known := map[key]knownDocument{}
	for rows.Next() {
		var k key
		var x knownDocument
		if err := rows.Scan(&k.ID, &k.Part, &x.doc, &x.digest, &x.gone); err != nil {
			rows.Close()
			return nil, db.Err(err, "document")
		}
		known[k] = x
	}
	return known, db.Err(rows.Err(), "document")
}

// write writes documents and sets their numbers where they are new.
func (s store) write(ctx context.Context, docs []document, digests [][]byte) error {
	var b pgx.Batch
	for i := range docs {
		d := &docs[i]
		isNew := d.Doc == 0
		b.Queue(`INSERT INTO search_documents (kind, id, part, seq, digest, audience, visible_from, visible_until, title, summary, names, body, pages,
			type, state, lang, tags, personas, stages, industries, products, regions, source_id, source_repo, year, at, sharing, freshness, spoken)
		VALUES ($1, $2, $3, nextval('search_seq'), $4, $5, coalesce($6, '-infinity'::timestamptz), coalesce($7, 'infinity'::timestamptz), $8, $9, $10, $11, $12,
			$13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28)
		ON CONFLICT (kind, id, part) DO UPDATE SET seq = excluded.seq, gone = false, digest = excluded.digest, audience = excluded.audience,
			visible_from = excluded.visible_from, visible_until = excluded.visible_until, title = excluded.title, summary = excluded.summary, names = excluded.names,
			body = excluded.body, pages = excluded.pages, type = excluded.type, state = excluded.state, lang = excluded.lang, tags = excluded.tags,
			personas = excluded.personas, stages = excluded.stages, industries = excluded.industries, products = excluded.products, regions = excluded.regions,
			source_id = excluded.source_id, source_repo = excluded.source_repo, year = excluded.year, at = excluded.at, sharing = excluded.sharing, freshness = excluded.freshness, spoken = excluded.spoken, indexed_at = now()
		RETURNING doc`,
			d.Kind, d.ID, d.Part, digests[i], d.Audience, d.VisibleFrom, d.VisibleUntil, d.Title, d.Summary, d.Names, d.Body, d.Pages,
			d.Type, d.State, d.Lang, d.Tags, d.Personas, d.Stages, d.Industries, d.Products, d.Regions, d.SourceID, d.SourceRepo, d.Year, d.At, d.Sharing, d.Freshness, d.language()).
			QueryRow(func(row pgx.Row) error {
				d.fresh = isNew
				return row.Scan(&d.Doc)
			})
	}
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "document")
}

// How much a word says about a document, by where it stands, and how long a body is before its words say less each.
const (
	titleWeight   = 6.0
	tagWeight     = 2.5
	summaryWeight = 2.0
	nameWeight    = 1.5
	usualLength   = 500.0
	shortShare    = 0.4 // of the length that does not count
	saturation    = 1.4
	longestWord   = 300 // bytes; what is longer is no word
)

// putWords replaces the words of documents in the word list. Words whose stem had to be looked up are added to fresh.
func (s store) putWords(ctx context.Context, docs []document, fresh map[lexeme]int64) error {
	if len(docs) == 0 {
		return nil
	}
	var old []int32
	all := make([]map[lexeme]float64, len(docs)) // how often each word is there, weighted
	unknown := map[lexeme]struct{}{}
	for i, d := range docs {
		if !d.fresh {
			old = append(old, d.Doc)
		}
		all[i] = d.words()
		for w := range all[i] {
			if _, ok := s.stemmed.term(w, fresh); !ok {
				unknown[w] = struct{}{}
			}
		}
	}
	if err := s.stem(ctx, unknown, fresh); err != nil {
		return err
	}
	if len(old) > 0 {
		if _, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM search_postings WHERE doc = ANY($1)`, old); err != nil {
			return db.Err(err, "document")
		}
	}
	var rows [][]any
	for i, d := range docs {
		terms := make(map[int64]float64, len(all[i]))
		for w, n := range all[i] {
			if term, _ := s.stemmed.term(w, fresh); term != 0 {
				terms[term] += n
			}
		}
		for _, term := range slices.Sorted(maps.Keys(terms)) {
			rows = append(rows, []any{d.Doc, term, float32(terms[term] / (saturation + terms[term]))})
		}
	}
	_, err := s.db.PG(ctx).CopyFrom(ctx, pgx.Identifier{"search_postings"}, []string{"doc", "term", "weight"}, pgx.CopyFromRows(rows))
	return db.Err(err, "document")
}

// words are those of a document, with how often they stand there, weighted by where.
func (d document) words() map[lexeme]float64 {
	lang := d.language()
	found := map[lexeme]float64{}
	add := func(text string, most int, weight float64) (n int) {
		counts := map[string]float64{}
		n = indexText(text, most, lang != english, func(word string) {
			if len(word) <= longestWord {
				counts[word]++
			}
		})
		if weight == 0 { // of the body, by its length
			weight = 1 / (shortShare + (1-shortShare)*float64(n)/usualLength)
		}
		for word, times := range counts {
			found[lexeme{lang, word}] += times * weight
		}
		return n
	}
	add(d.Title, 4000, titleWeight)
	for _, list := range [][]string{d.Tags, d.Personas, d.Stages, d.Industries, d.Products, d.Regions} {
		add(strings.Join(list, " "), 4000, tagWeight)
	}
	add(d.Summary, 20_000, summaryWeight)
	add(d.Names, 4000, nameWeight)
	add(d.allText(), maxText, 0)
	return found
}

// tellNodes notes for every node that it must be told of documents.
func (s store) tellNodes(ctx context.Context, docs []document) error {
	numbers := make([]int32, len(docs))
	for i, d := range docs {
		numbers[i] = d.Doc
	}
	return s.tell(ctx, numbers)
}

func (s store) tell(ctx context.Context, docs []int32) error {
	if len(docs) == 0 {
		return nil
	}
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO search_pending (node, doc, seq) SELECT n.node, d.doc, d.seq FROM search_nodes n, search_documents d WHERE d.doc = ANY($1)
		ORDER BY n.node, d.doc ON CONFLICT (node, doc) DO UPDATE SET seq = excluded.seq`, docs)
	return db.Err(err, "document")
}

// drop takes the documents of things out and gives how many; the rows stay, empty, until every node has been told.
func (s store) drop(ctx context.Context, things []uuid.UUID) (dropped int, err error) {
	if len(things) == 0 {
		return 0, nil
	}
	rows, err := s.db.PG(ctx).Query(ctx, `UPDATE search_documents SET gone = true, seq = nextval('search_seq'), digest = '', audience = '{}', title = '', summary = '', names = '',
		body = '', pages = '[]', tags = '{}', personas = '{}', stages = '{}', industries = '{}', products = '{}', regions = '{}'
		WHERE id = ANY($1) AND NOT gone RETURNING doc`, things)
	if err != nil {
		return 0, db.Err(err, "document")
	}
	docs, err := pgx.CollectRows(rows, pgx.RowTo[int32])
	if err != nil || len(docs) == 0 {
		return 0, db.Err(err, "document")
	}
	if _, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM search_postings WHERE doc = ANY($1)`, docs); err != nil {
		return 0, db.Err(err, "document")
	}
	return len(docs), s.tell(ctx, docs)
}
