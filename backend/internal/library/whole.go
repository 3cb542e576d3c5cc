package library

import (
	"context"
	"encoding/json"
	"io"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/comments"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/jobs"
)

// Whole is a resource with everything that belongs to it, whoever may see it: for exports, which administrators make.
type Whole struct {
	Resource
	OwnerEmail    string
	VerifierEmail string
	SuccessorID   uuid.NullUUID
	SourceHash    []byte
	Versions      []WholeVersion // oldest first
	Files         []Asset        // attached, in order, with captions
	Others        []Asset        // in its text, in older versions, its cover
}

// WholeVersion is a version with its content.
type WholeVersion struct {
	Number    int
	Title     string
	Summary   string
	Note      string
	Doc       json.RawMessage
	Markdown  string // of an imported one
	Facts     json.RawMessage
	Restored  int // the version that it brought back; 0 for none
	Assets    []AttachedAsset
	Hash      []byte
	ByEmail   string
	CreatedAt time.Time
}

// WholeAfter gives the resources behind one, by id, each with everything that belongs to it.
func (s *Service) WholeAfter(ctx context.Context, after uuid.UUID, limit int) ([]Whole, error) {
	found, err := s.store.wholes(ctx, after, limit)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	ids := make([]uuid.UUID, len(found))
	at := map[uuid.UUID]*Whole{}
	for i := range found {
		ids[i], at[found[i].ID] = found[i].ID, &found[i]
	}
	if err := s.store.wholeVersions(ctx, ids, func(id uuid.UUID, v WholeVersion) { at[id].Versions = append(at[id].Versions, v) }); err != nil {
		return nil, err
	}
	err = s.store.wholeFiles(ctx, ids, func(id uuid.UUID, attached bool, a Asset) {
		if w := at[id]; attached {
			w.Files = append(w.Files, a)
		} else {
			w.Others = append(w.Others, a)
		}
	})
	return found, err
}

// CountAll counts all resources, and the bytes of their files.
func (s *Service) CountAll(ctx context.Context) (resources int, bytes int64, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT (SELECT count(*) FROM resources),
		coalesce((SELECT sum(size) FROM assets a WHERE EXISTS (SELECT FROM asset_uses x WHERE x.asset_id = a.id AND x.object_type IN ('resource', 'resource_text', 'resource_cover'))), 0)::bigint`).Scan(&resources, &bytes)
	return resources, bytes, db.Err(err, "resource")
}

// OpenContent reads the bytes of a file; the caller closes it. Rights are the caller's.
func (s *Service) OpenContent(ctx context.Context, a Asset) (io.ReadCloser, error) {
	return s.blobs.Open(ctx, a.StorageKey)
}

// Discard throws a file of the signed-in user away that belongs to nothing: what an import was read from, say.
func (s *Service) Discard(ctx context.Context, id uuid.UUID) error {
	a, err := s.own(ctx, id)
	if err != nil {
		return err
	}
	tag, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM assets a WHERE a.id = $1 AND a.state <> 'uploading' AND NOT EXISTS (SELECT FROM asset_uses x WHERE x.asset_id = a.id)
		AND NOT EXISTS (SELECT FROM users u WHERE u.picture_asset_id = a.id)
		AND NOT EXISTS (SELECT FROM resource_versions v WHERE v.assets @> jsonb_build_array(jsonb_build_object('asset_id', a.id)))`, id)
	if err != nil || tag.RowsAffected() == 0 {
		return db.Err(err, "file")
	}
	return s.blobs.Delete(ctx, a.StorageKey)
}

func (s store) wholes(ctx context.Context, after uuid.UUID, limit int) ([]Whole, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+resourceColumns+`, r.doc, r.body_markdown, coalesce(u.email, ''), coalesce(v.email, ''), r.successor_id, r.source_hash`+resourceFrom+
		`WHERE r.id > $2 ORDER BY r.id LIMIT $3`, uuid.Nil, after, limit)
	if err != nil {
		return nil, db.Err(err, "resource")
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (w Whole, err error) {
		return w, scanResource(row, &w.Resource, &w.Doc, &w.BodyMarkdown, &w.OwnerEmail, &w.VerifierEmail, &w.SuccessorID, &w.SourceHash)
	})
}

func (s store) wholeVersions(ctx context.Context, ids []uuid.UUID, each func(uuid.UUID, WholeVersion)) error {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT v.resource_id, v.number, v.title, v.summary, v.note, v.doc, v.body_markdown, v.facts, coalesce(v.restored_from, 0), v.assets, v.hash, coalesce(u.email, ''), v.created_at
		FROM resource_versions v LEFT JOIN users u ON u.id = v.created_by WHERE v.resource_id = ANY($1) ORDER BY v.resource_id, v.number`, ids)
	if err != nil {
		return db.Err(err, "version")
	}
	defer rows.Close()
	for rows.Next() {
		var id uuid.UUID
		var v WholeVersion
		if err := rows.Scan(&id, &v.Number, &v.Title, &v.Summary, &v.Note, &v.Doc, &v.Markdown, &v.Facts, &v.Restored, &v.Assets, &v.Hash, &v.ByEmail, &v.CreatedAt); err != nil {
			return db.Err(err, "version")
		}
		each(id, v)
	}
	return db.Err(rows.Err(), "version")
}

// wholeFiles gives the files that are attached, in order, and after them the others that texts and versions name.
func (s store) wholeFiles(ctx context.Context, ids []uuid.UUID, each func(id uuid.UUID, attached bool, a Asset)) error {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+assetColumns+`, x.caption, x.resource_id, x.attached FROM (
		  SELECT asset_id, object_id AS resource_id, true AS attached, position, caption FROM asset_uses WHERE object_type = 'resource' AND object_id = ANY($1)
		  UNION ALL
		  SELECT DISTINCT o.asset_id, o.resource_id, false, 0, '' FROM (
		    SELECT asset_id, object_id AS resource_id FROM asset_uses WHERE object_type = 'resource_text' AND object_id = ANY($1)
		    UNION ALL
		    SELECT cover_asset_id, id FROM resources WHERE id = ANY($1) AND cover_asset_id IS NOT NULL
		    UNION ALL
		    SELECT (f->>'asset_id')::uuid, v.resource_id FROM resource_versions v, jsonb_array_elements(CASE WHEN jsonb_typeof(v.assets) = 'array' THEN v.assets ELSE '[]' END) f WHERE v.resource_id = ANY($1)
		    UNION ALL
		    SELECT (jsonb_path_query(v.doc, 'lax $.**.attrs.asset') #>> '{}')::uuid, v.resource_id FROM resource_versions v WHERE v.resource_id = ANY($1)
		  ) o WHERE NOT EXISTS (SELECT FROM asset_uses y WHERE y.asset_id = o.asset_id AND y.object_type = 'resource' AND y.object_id = o.resource_id)
		) x JOIN assets a ON a.id = x.asset_id ORDER BY x.resource_id, x.attached DESC, x.position, a.id`, ids)
	if err != nil {
		return db.Err(err, "file")
	}
	defer rows.Close()
	for rows.Next() {
		var a Asset
		var id uuid.UUID
		var attached bool
		if err := rows.Scan(append(assetFields(&a), &a.Caption, &id, &attached)...); err != nil {
			return db.Err(err, "file")
		}
		each(id, attached, a)
	}
	return db.Err(rows.Err(), "file")
}

// keepRestored says that a file lies in the storage, and has it checked and read when it is new here.
func (s *Service) keepRestored(ctx context.Context, a Asset) (uuid.UUID, error) {
	var id uuid.UUID
	err := s.db.InTx(ctx, func(ctx context.Context) (err error) {
		var taken bool
		if err := s.db.PG(ctx).QueryRow(ctx, `SELECT EXISTS (SELECT FROM assets WHERE id = $1 AND storage_key <> $2)`, a.ID, a.StorageKey).Scan(&taken); err != nil {
			return db.Err(err, "file")
		}
		if taken { // a file that was here before has this id: it is another one, whatever an archive says
			a.ID = db.NewID()
		}
		var isNew bool
		if id, isNew, err = s.store.addIngested(ctx, a); err != nil || !isNew {
			return err
		}
		return jobs.Enqueue(ctx, ProcessAsset{AssetID: id})
	})
	return id, err
}

func resourceObject(id uuid.UUID) comments.Object { return comments.Object{Type: "resource", ID: id} }

// WaitForFiles waits until no file is left to be read, or none has been read for as long as standStill.
func (s *Service) WaitForFiles(ctx context.Context, standStill time.Duration, progress func(left int)) error {
	last, since := -1, time.Now()
	for {
		var left int
		if err := s.db.PG(ctx).QueryRow(ctx, `SELECT count(*) FROM assets WHERE state = 'processing'`).Scan(&left); err != nil {
			return db.Err(err, "file")
		}
		progress(left)
		if left == 0 {
			return nil
		}
		if left != last {
			last, since = left, time.Now()
		}
		if time.Since(since) > standStill {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(300 * time.Millisecond):
		}
	}
}
