package library

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/db"
)

// sourceState is what an earlier import left of a source.
type sourceState struct {
	id       uuid.UUID
	hash     []byte
	hasFiles bool
}

// bySource finds what earlier imports left, by source id.
func (s store) bySource(ctx context.Context, sourceIDs []string) (map[string]sourceState, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT r.source_id, r.id, r.source_hash,
		EXISTS (SELECT FROM asset_uses x WHERE x.object_type = 'resource' AND x.object_id = r.id) FROM resources r WHERE r.source_id = ANY($1)`, sourceIDs)
	if err != nil {
		return nil, db.Err(err, "resource")
	}
	found := map[string]sourceState{}
	var id string
	var state sourceState
	_, err = pgx.ForEachRow(rows, []any{&id, &state.id, &state.hash, &state.hasFiles}, func() error {
		found[id] = state
		state.hash = nil
		return nil
	})
	return found, db.Err(err, "resource")
}

// upsertImported writes items in one round trip. It gives the id of each, and whether it was written; one with the same
// hash is left as it is.
func (s store) upsertImported(ctx context.Context, items []Imported, hashes [][]byte) (ids []uuid.UUID, written []bool, err error) {
	ids, written = make([]uuid.UUID, len(items)), make([]bool, len(items))
	var b pgx.Batch
	for i, in := range items {
		t := in.Taxonomy.filled()
		if in.Authors == nil {
			in.Authors = []string{}
		}
		b.Queue(`
			INSERT INTO resources AS r (id, source_id, source_repo, source_path, licence, title, summary, content_type, lang, body_markdown, body_text, authors,
				personas, stages, industries, products, regions, tags, published_at, source_hash)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
			ON CONFLICT (source_id) DO UPDATE SET source_repo = excluded.source_repo, source_path = excluded.source_path, licence = excluded.licence, title = excluded.title,
				summary = excluded.summary, content_type = excluded.content_type, lang = excluded.lang, body_markdown = excluded.body_markdown, body_text = excluded.body_text,
				authors = excluded.authors, personas = excluded.personas, stages = excluded.stages, industries = excluded.industries, products = excluded.products,
				regions = excluded.regions, tags = excluded.tags, published_at = excluded.published_at, source_hash = excluded.source_hash,
				rev = r.rev + 1, updated_at = now()
			WHERE r.source_hash IS DISTINCT FROM excluded.source_hash
			RETURNING r.id`,
			db.NewID(), in.SourceID, in.SourceRepo, in.SourcePath, in.Licence, in.Title, in.Summary, in.ContentType, in.Lang, in.BodyMarkdown, in.BodyText, in.Authors,
			t.Personas, t.Stages, t.Industries, t.Products, t.Regions, t.Tags, in.PublishedAt, hashes[i]).
			QueryRow(func(row pgx.Row) error {
				err := row.Scan(&ids[i])
				if errors.Is(err, pgx.ErrNoRows) { // another import has just written the same
					return nil
				}
				written[i] = err == nil
				return err
			})
	}
	if err := s.db.PG(ctx).SendBatch(ctx, &b).Close(); err != nil {
		return nil, nil, db.Err(err, "resource")
	}
	for i, in := range items {
		if !written[i] {
			if err := s.db.PG(ctx).QueryRow(ctx, `SELECT id FROM resources WHERE source_id = $1`, in.SourceID).Scan(&ids[i]); err != nil {
				return nil, nil, db.Err(err, "resource")
			}
		}
	}
	return ids, written, nil
}

func (s store) storageKeyUsed(ctx context.Context, key string) (yes bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT EXISTS (SELECT FROM assets WHERE storage_key = $1)`, key).Scan(&yes)
	return yes, db.Err(err, "file")
}

// addIngested adds a file that lies in the storage under a key that tells its content. isNew is false when an import that was
// stopped had added it already.
func (s store) addIngested(ctx context.Context, a Asset) (id uuid.UUID, isNew bool, err error) {
	tag, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO assets (id, owner_id, name, storage_key, size, state, part_size) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (storage_key) DO NOTHING`, a.ID, a.OwnerID, a.Name, a.StorageKey, a.Size, a.State, a.PartSize)
	if err != nil || tag.RowsAffected() == 1 {
		return a.ID, err == nil, db.Err(err, "file")
	}
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT id FROM assets WHERE storage_key = $1`, a.StorageKey).Scan(&id)
	return id, false, db.Err(err, "file")
}

// filesOfSources gives the files of imported resources as they stand.
func (s store) filesOfSources(ctx context.Context, sourceIDs []string) ([]Asset, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+assetColumns+` FROM assets a JOIN asset_uses x ON x.asset_id = a.id JOIN resources r ON r.id = x.object_id
		WHERE x.object_type = 'resource' AND r.source_id = ANY($1) ORDER BY a.name, a.id`, sourceIDs)
	if err != nil {
		return nil, db.Err(err, "file")
	}
	return pgx.CollectRows(rows, scanAsset)
}
