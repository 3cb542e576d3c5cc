package search

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/db"
)

// lock keeps other jobs off a thing to the end of the transaction, so that the last one to read it is the last to write.
func (s store) lock(ctx context.Context, kind string, id uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('search ' || $1 || $2, 0))`, kind, id.String())
	return err
}

// put writes a document and its words, when it has changed; it also tells all nodes then. With force the words are
// written in any case.
func (s store) put(ctx context.Context, d document, force bool) (changed bool, err error) {
	digest, err := d.digest()
	if err != nil {
		return false, err
	}
	pg := s.db.PG(ctx)
	var known []byte
	var gone bool
	err = pg.QueryRow(ctx, `UPDATE search_documents SET indexed_at = now() WHERE kind = $1 AND id = $2 AND part = $3 RETURNING doc, digest, gone`, d.Kind, d.ID, d.Part).Scan(&d.Doc, &known, &gone)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return false, db.Err(err, "document")
	}
	if err == nil && !gone && bytes.Equal(known, digest) {
		if force {
			return false, s.putWords(ctx, d)
		}
		return false, nil
	}
	err = pg.QueryRow(ctx, `INSERT INTO search_documents (kind, id, part, seq, digest, audience, visible_from, visible_until, title, summary, names, body, pages,
			type, state, lang, tags, personas, stages, industries, products, regions, source_id, source_repo, year, at)
		VALUES ($1, $2, $3, nextval('search_seq'), $4, $5, coalesce($6, '-infinity'::timestamptz), coalesce($7, 'infinity'::timestamptz), $8, $9, $10, $11, $12,
			$13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
		ON CONFLICT (kind, id, part) DO UPDATE SET seq = excluded.seq, gone = false, digest = excluded.digest, audience = excluded.audience,
			visible_from = excluded.visible_from, visible_until = excluded.visible_until, title = excluded.title, summary = excluded.summary, names = excluded.names,
			body = excluded.body, pages = excluded.pages, type = excluded.type, state = excluded.state, lang = excluded.lang, tags = excluded.tags,
			personas = excluded.personas, stages = excluded.stages, industries = excluded.industries, products = excluded.products, regions = excluded.regions,
			source_id = excluded.source_id, source_repo = excluded.source_repo, year = excluded.year, at = excluded.at, indexed_at = now()
		RETURNING doc`,
		d.Kind, d.ID, d.Part, digest, d.Audience, d.VisibleFrom, d.VisibleUntil, d.Title, d.Summary, d.Names, d.Body, d.Pages,
		d.Type, d.State, d.Lang, d.Tags, d.Personas, d.Stages, d.Industries, d.Products, d.Regions, d.SourceID, d.SourceRepo, d.Year, d.At).Scan(&d.Doc)
	if err != nil {
		return false, db.Err(err, "document")
	}
	if err := s.putWords(ctx, d); err != nil {
		return false, err
	}
	return true, s.tellNodes(ctx, d.Doc)
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

// putWords replaces the words of a document in the word list.
func (s store) putWords(ctx context.Context, d document) error {
	title, _ := indexText(d.Title, 4000)
	tags, _ := indexText(strings.Join([]string{strings.Join(d.Tags, " "), strings.Join(d.Personas, " "), strings.Join(d.Stages, " "), strings.Join(d.Industries, " "),
		strings.Join(d.Products, " "), strings.Join(d.Regions, " ")}, " "), 4000)
	summary, _ := indexText(d.Summary, 20_000)
	names, _ := indexText(d.Names, 4000)
	body, n := indexText(d.allText(), maxText)
	bodyWeight := 1 / (shortShare + (1-shortShare)*float64(n)/usualLength)
	var b pgx.Batch
	b.Queue(`DELETE FROM search_postings WHERE doc = $1`, d.Doc)
	b.Queue(`INSERT INTO search_postings (term, doc, weight) SELECT hashtextextended(lexeme, 0), $1, n / ($12::float8 + n) FROM (
			SELECT lexeme, sum(n) AS n FROM (
				SELECT lexeme, cardinality(positions) * $7::float8 AS n FROM unnest(to_tsvector('english', $2))
				UNION ALL SELECT lexeme, cardinality(positions) * $8::float8 FROM unnest(to_tsvector('english', $3))
				UNION ALL SELECT lexeme, cardinality(positions) * $9::float8 FROM unnest(to_tsvector('english', $4))
				UNION ALL SELECT lexeme, cardinality(positions) * $10::float8 FROM unnest(to_tsvector('english', $5))
				UNION ALL SELECT lexeme, cardinality(positions) * $11::float8 FROM unnest(to_tsvector('english', $6))) x
			GROUP BY lexeme) words WHERE length(lexeme) <= 100`,
		d.Doc, title, tags, summary, names, body, titleWeight, tagWeight, summaryWeight, nameWeight, bodyWeight, saturation)
	// In order, so that two jobs that bring the same new words cannot wait for each other.
	b.Queue(`INSERT INTO search_words (word, term) SELECT lexeme, hashtextextended(stem, 0) FROM (
			SELECT lexeme, (ts_lexize('english_stem', lexeme))[1] AS stem FROM unnest(to_tsvector('simple', $1)) WHERE length(lexeme) BETWEEN 2 AND 60) w
		WHERE stem IS NOT NULL AND NOT EXISTS (SELECT FROM search_words x WHERE x.word = w.lexeme) ORDER BY lexeme ON CONFLICT DO NOTHING`,
		strings.Join([]string{title, tags, summary, names, body}, " "))
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "document")
}

// tellNodes notes for every node that it must be told of a document.
func (s store) tellNodes(ctx context.Context, doc int32) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO search_pending (node, doc, seq) SELECT n.node, d.doc, d.seq FROM search_nodes n, search_documents d WHERE d.doc = $1
		ON CONFLICT (node, doc) DO UPDATE SET seq = excluded.seq`, doc)
	return db.Err(err, "document")
}

// drop takes the documents of a thing out; the rows stay, empty, until every node has been told.
func (s store) drop(ctx context.Context, kind string, id uuid.UUID) (changed bool, err error) {
	rows, err := s.db.PG(ctx).Query(ctx, `UPDATE search_documents SET gone = true, seq = nextval('search_seq'), digest = '', audience = '{}', title = '', summary = '', names = '',
		body = '', pages = '[]', tags = '{}', personas = '{}', stages = '{}', industries = '{}', products = '{}', regions = '{}'
		WHERE kind = $1 AND id = $2 AND NOT gone RETURNING doc`, kind, id)
	if err != nil {
		return false, db.Err(err, "document")
	}
	docs, err := pgx.CollectRows(rows, pgx.RowTo[int32])
	if err != nil {
		return false, db.Err(err, "document")
	}
	for _, doc := range docs {
		if _, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM search_postings WHERE doc = $1`, doc); err != nil {
			return false, db.Err(err, "document")
		}
		if err := s.tellNodes(ctx, doc); err != nil {
			return false, err
		}
	}
	return len(docs) > 0, nil
}
