package search

import (
	"bytes"
	"context"
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
// With force the words are written in any case.
func (s store) put(ctx context.Context, docs []document, force bool) (changed int, err error) {
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
	if err := s.putWords(ctx, append(words, write...)); err != nil {
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
			type, state, lang, tags, personas, stages, industries, products, regions, source_id, source_repo, year, at)
		VALUES ($1, $2, $3, nextval('search_seq'), $4, $5, coalesce($6, '-infinity'::timestamptz), coalesce($7, 'infinity'::timestamptz), $8, $9, $10, $11, $12,
			$13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
		ON CONFLICT (kind, id, part) DO UPDATE SET seq = excluded.seq, gone = false, digest = excluded.digest, audience = excluded.audience,
			visible_from = excluded.visible_from, visible_until = excluded.visible_until, title = excluded.title, summary = excluded.summary, names = excluded.names,
			body = excluded.body, pages = excluded.pages, type = excluded.type, state = excluded.state, lang = excluded.lang, tags = excluded.tags,
			personas = excluded.personas, stages = excluded.stages, industries = excluded.industries, products = excluded.products, regions = excluded.regions,
			source_id = excluded.source_id, source_repo = excluded.source_repo, year = excluded.year, at = excluded.at, indexed_at = now()
		RETURNING doc`,
			d.Kind, d.ID, d.Part, digests[i], d.Audience, d.VisibleFrom, d.VisibleUntil, d.Title, d.Summary, d.Names, d.Body, d.Pages,
			d.Type, d.State, d.Lang, d.Tags, d.Personas, d.Stages, d.Industries, d.Products, d.Regions, d.SourceID, d.SourceRepo, d.Year, d.At).
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
)

// putWords replaces the words of documents in the word list.
func (s store) putWords(ctx context.Context, docs []document) error {
	if len(docs) == 0 {
		return nil
	}
	var b pgx.Batch
	var old []int32
	for _, d := range docs {
		if !d.fresh {
			old = append(old, d.Doc)
		}
	}
	if len(old) > 0 {
		b.Queue(`DELETE FROM search_postings WHERE doc = ANY($1)`, old)
	}
	fields := struct {
		doc          []int32
		text         []string
		weight       []float64
		lang, config []string
	}{}
	for _, d := range docs {
		lang := d.language()
		config, accents := configOf(lang), lang != english
		title, _ := indexText(d.Title, 4000, accents)
		tags, _ := indexText(strings.Join([]string{strings.Join(d.Tags, " "), strings.Join(d.Personas, " "), strings.Join(d.Stages, " "), strings.Join(d.Industries, " "),
			strings.Join(d.Products, " "), strings.Join(d.Regions, " ")}, " "), 4000, accents)
		summary, _ := indexText(d.Summary, 20_000, accents)
		names, _ := indexText(d.Names, 4000, accents)
		body, n := indexText(d.allText(), maxText, accents)
		bodyWeight := 1 / (shortShare + (1-shortShare)*float64(n)/usualLength)
		for _, f := range []struct {
			text   string
			weight float64
		}{{title, titleWeight}, {tags, tagWeight}, {summary, summaryWeight}, {names, nameWeight}, {body, bodyWeight}} {
			if f.text != "" {
				fields.doc, fields.text, fields.weight = append(fields.doc, d.Doc), append(fields.text, f.text), append(fields.weight, f.weight)
				fields.lang, fields.config = append(fields.lang, lang), append(fields.config, config)
			}
		}
	}
	b.Queue(`INSERT INTO search_postings (doc, term, weight) SELECT doc, hashtextextended(stem, 0) AS term, n / ($5::float8 + n) FROM (
			SELECT f.doc, CASE f.config WHEN 'english' THEN w.lexeme ELSE search_fold(w.lexeme) END AS stem, sum(cardinality(w.positions) * f.weight) AS n
			FROM unnest($1::int[], $2::text[], $3::float8[], $4::text[]) f(doc, text, weight, config), unnest(to_tsvector(f.config::regconfig, f.text)) w GROUP BY 1, 2) words
		WHERE length(stem) <= 100 ORDER BY doc, term`, fields.doc, fields.text, fields.weight, fields.config, saturation)
	// In order, so that two jobs that bring the same new words cannot wait for each other.
	b.Queue(`INSERT INTO search_words (word, lang, term) SELECT DISTINCT ON (word, lang) word, lang, hashtextextended(stem, 0) FROM (
			SELECT word, lang, search_fold((ts_lexize((config || '_stem')::regdictionary, lexeme))[1]) AS stem FROM (
				SELECT search_fold(lexeme) AS word, lexeme, lang, config FROM (
					SELECT DISTINCT lexeme, lang, config FROM unnest($1::text[], $2::text[], $3::text[]) f(text, lang, config), unnest(to_tsvector('simple', f.text))
					WHERE length(lexeme) BETWEEN 2 AND 60) l) m
			WHERE NOT EXISTS (SELECT FROM search_words x WHERE x.word = m.word AND x.lang = m.lang)) w
		WHERE stem IS NOT NULL ORDER BY word, lang, stem ON CONFLICT DO NOTHING`,
		fields.text, fields.lang, fields.config)
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "document")
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
