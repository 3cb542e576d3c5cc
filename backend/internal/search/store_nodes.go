package search

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"byline/backend/internal/platform/db"
)

// nodeState is what is known of a node.
type nodeState struct {
	Node     string
	Ready    bool
	Settings string
	Behind   bool // has not been told of something for a while
}

func (s store) nodes(ctx context.Context) ([]nodeState, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT n.node, n.ready, n.settings, EXISTS (SELECT FROM search_pending p WHERE p.node = n.node AND p.since < now() - interval '30 seconds') FROM search_nodes n`)
	if err != nil {
		return nil, db.Err(err, "node")
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[nodeState])
}

// setNodes makes the list of nodes what the settings say.
// An index that was made with other settings is searched until Sweep has made another one.
func (s store) setNodes(ctx context.Context, names []string, settings string) error {
	var b pgx.Batch
	b.Queue(`DELETE FROM search_nodes WHERE NOT node = ANY($1)`, names)
	b.Queue(`DELETE FROM search_pending WHERE NOT node = ANY($1)`, names)
	b.Queue(`UPDATE search_nodes SET settings = '' WHERE settings <> $1`, settings)
	b.Queue(`INSERT INTO search_nodes (node) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING`, names)
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "node")
}

func (s store) setReady(ctx context.Context, node string, ready bool, settings string) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE search_nodes SET ready = $2, settings = $3 WHERE node = $1`, node, ready, settings)
	return db.Err(err, "node")
}

// holdNode keeps other processes and jobs off a node. It is a lock of the connection, not of a transaction, as its holder
// talks to the node; it ends with the connection, so a killed process holds nothing.
func (s store) holdNode(ctx context.Context, node string) (release func(), held bool, err error) {
	conn, err := s.db.Pool().Acquire(ctx)
	if err != nil {
		return nil, false, db.Err(err, "node")
	}
	if err := conn.QueryRow(ctx, `SELECT pg_try_advisory_lock(hashtextextended('search node ' || $1, 0))`, node).Scan(&held); err != nil || !held {
		conn.Release()
		return nil, false, db.Err(err, "node")
	}
	return func() { unlock(ctx, conn, node) }, true, nil
}

func unlock(ctx context.Context, conn *pgxpool.Conn, node string) {
	ctx = context.WithoutCancel(ctx)
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_unlock(hashtextextended('search node ' || $1, 0))`, node); err != nil {
		_ = conn.Conn().Close(ctx) // must not go back to the pool with the lock
	}
	conn.Release()
}

// change is a document that a node has to be told of.
type change struct {
	document
	Seq    int64
	Gone   bool
	Digest []byte
}

const changeColumns = `d.doc, d.seq, d.gone, d.digest, d.kind, d.id, d.part, d.audience, CASE WHEN isfinite(d.visible_from) THEN d.visible_from END,
	CASE WHEN isfinite(d.visible_until) THEN d.visible_until END, d.title, d.summary, d.names, d.body, d.pages, d.type, d.state, d.lang, d.tags, d.personas, d.stages,
	d.industries, d.products, d.regions, d.source_id, d.source_repo, d.year, d.at, d.sharing, d.freshness, d.spoken`

func scanChange(r pgx.CollectableRow) (c change, err error) {
	d := &c.document
	err = r.Scan(&d.Doc, &c.Seq, &c.Gone, &c.Digest, &d.Kind, &d.ID, &d.Part, &d.Audience, &d.VisibleFrom, &d.VisibleUntil, &d.Title, &d.Summary, &d.Names, &d.Body, &d.Pages,
		&d.Type, &d.State, &d.Lang, &d.Tags, &d.Personas, &d.Stages, &d.Industries, &d.Products, &d.Regions, &d.SourceID, &d.SourceRepo, &d.Year, &d.At, &d.Sharing, &d.Freshness, &d.spoken)
	return c, err
}

// pending gives what a node has not been told, oldest first.
func (s store) pending(ctx context.Context, node string, limit int) ([]change, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+changeColumns+` FROM search_pending p JOIN search_documents d ON d.doc = p.doc WHERE p.node = $1 ORDER BY p.seq LIMIT $2`, node, limit)
	if err != nil {
		return nil, db.Err(err, "document")
	}
	return pgx.CollectRows(rows, scanChange)
}

// late counts what a node has not been told, up to a number.
func (s store) late(ctx context.Context, node string, most int) (n int, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT count(*) FROM (SELECT FROM search_pending WHERE node = $1 LIMIT $2) few`, node, most).Scan(&n)
	return n, db.Err(err, "node")
}

// startOver notes that a node gets a new index, which will have all that the node has not been told until now.
func (s store) startOver(ctx context.Context, node string) error {
	_, err := s.db.PG(ctx).Exec(ctx, `WITH due AS (DELETE FROM search_pending WHERE node = $1 AND doc IN (SELECT doc FROM search_pending WHERE node = $1 ORDER BY doc FOR UPDATE))
		UPDATE search_nodes SET settings = '' WHERE node = $1`, node)
	return db.Err(err, "node")
}

// told notes what a node knows now. What has changed again meanwhile stays pending.
func (s store) told(ctx context.Context, node string, changes []change) error {
	docs, seqs := make([]int32, len(changes)), make([]int64, len(changes))
	for i, c := range changes {
		docs[i], seqs[i] = c.Doc, c.Seq
	}
	_, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM search_pending WHERE node = $1 AND doc IN (
		SELECT p.doc FROM search_pending p JOIN unnest($2::int[], $3::bigint[]) t(doc, seq) ON p.doc = t.doc
		WHERE p.node = $1 AND p.seq <= t.seq ORDER BY p.doc FOR UPDATE OF p)`, node, docs, seqs)
	return db.Err(err, "document")
}

// portion gives documents in the order of their numbers.
func (s store) portion(ctx context.Context, after int32, limit int) ([]change, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+changeColumns+` FROM search_documents d WHERE d.doc > $1 AND NOT d.gone ORDER BY d.doc LIMIT $2`, after, limit)
	if err != nil {
		return nil, db.Err(err, "document")
	}
	return pgx.CollectRows(rows, scanChange)
}

// digests gives what every document should look like, by its name in a node.
func (s store) digests(ctx context.Context) (map[string][]byte, map[string]int32, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT doc, id, part, digest FROM search_documents WHERE NOT gone`)
	if err != nil {
		return nil, nil, db.Err(err, "document")
	}
	sums, docs := map[string][]byte{}, map[string]int32{}
	var d document
	var sum []byte
	_, err = pgx.ForEachRow(rows, []any{&d.Doc, &d.ID, &d.Part, &sum}, func() error {
		sums[entryID(d.ID, d.Part)], docs[entryID(d.ID, d.Part)] = sum, d.Doc
		sum = nil
		return nil
	})
	return sums, docs, db.Err(err, "document")
}

// again makes documents pending for a node.
func (s store) again(ctx context.Context, node string, docs []int32) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO search_pending (node, doc, seq) SELECT $1, d.doc, d.seq FROM search_documents d WHERE d.doc = ANY($2)
		ON CONFLICT (node, doc) DO UPDATE SET seq = excluded.seq`, node, docs)
	return db.Err(err, "document")
}

// stale gives things whose document is missing, older than the thing itself, made by an older program, or of a thing that
// is gone.
func (s store) stale(ctx context.Context, limit int) ([]Index, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT t.kind, t.id FROM (
			SELECT 'resource' AS kind, id, updated_at FROM resources UNION ALL SELECT 'idea', id, updated_at FROM ideas WHERE state <> 'merged'
			UNION ALL SELECT 'draft', id, updated_at FROM drafts UNION ALL SELECT 'post', id, updated_at FROM posts
			UNION ALL SELECT 'person', id, updated_at FROM users WHERE disabled_at IS NULL) t
		LEFT JOIN search_documents d ON d.kind = t.kind AND d.id = t.id AND d.part = 'full'
		WHERE d.doc IS NULL OR d.gone OR d.indexed_at < t.updated_at OR octet_length(d.digest) = 0 OR get_byte(d.digest, 0) <> $1
			OR d.freshness = 'new' AND d.at <= now() - interval '30 days' OR d.freshness IN ('new', 'current', 'due') AND d.visible_until <= now()
		UNION SELECT d.kind, d.id FROM search_documents d WHERE NOT d.gone AND NOT EXISTS (
			SELECT FROM resources WHERE id = d.id UNION ALL SELECT FROM ideas WHERE id = d.id AND state <> 'merged' UNION ALL SELECT FROM drafts WHERE id = d.id
			UNION ALL SELECT FROM posts WHERE id = d.id UNION ALL SELECT FROM users WHERE id = d.id AND disabled_at IS NULL)
		LIMIT $2`, version, limit)
	if err != nil {
		return nil, db.Err(err, "document")
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Index])
}

// written gives drafts whose text was saved since it was indexed. Saving is no activity: it happens every few seconds
// while somebody writes. The margin is for a save that was under way when its draft was looked at.
func (s store) written(ctx context.Context) ([]Index, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT 'draft', x.draft_id FROM draft_docs x JOIN search_documents d ON d.kind = 'draft' AND d.id = x.draft_id AND d.part = 'full'
		WHERE x.updated_at > d.indexed_at - interval '15 seconds' AND x.updated_at > now() - interval '1 day' LIMIT 500`)
	if err != nil {
		return nil, db.Err(err, "document")
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Index])
}

// forget removes the rows of things that are gone and of which every node knows that.
func (s store) forget(ctx context.Context) error {
	_, err := s.db.PG(ctx).Exec(ctx, `WITH gone AS (DELETE FROM search_documents d WHERE d.gone AND NOT EXISTS (SELECT FROM search_pending p WHERE p.doc = d.doc) RETURNING doc)
		DELETE FROM search_postings WHERE doc IN (SELECT doc FROM gone)`)
	return db.Err(err, "document")
}
