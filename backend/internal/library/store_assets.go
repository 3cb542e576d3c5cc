package library

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/comments"
	"byline/backend/internal/platform/db"
)

type store struct{ db *db.DB }

const assetColumns = `a.id, a.owner_id, a.name, a.storage_key, a.size, a.declared_type, a.media_type, a.sha256, a.claimed_sha256, a.state, a.reason, a.explanation,
	a.kind, a.pages, a.width, a.height, a.duration_ms, a.preview_key, a.inline_ok, a.look, a.look_reason, a.look_note, a.upload_id, a.part_size, a.created_at, a.within, a.hidden_pages`

func assetFields(a *Asset) []any {
	return []any{&a.ID, &a.OwnerID, &a.Name, &a.StorageKey, &a.Size, &a.Declared, &a.MediaType, &a.SHA256, &a.Claimed, &a.State, &a.Reason, &a.Explanation,
		&a.Kind, &a.Pages, &a.Width, &a.Height, &a.DurationMS, &a.PreviewKey, &a.Inline, &a.Look, &a.LookReason, &a.LookNote, &a.UploadID, &a.PartSize, &a.CreatedAt, &a.Within, &a.Hidden}
}

func scanAsset(row pgx.CollectableRow) (a Asset, err error) { return a, row.Scan(assetFields(&a)...) }

func (s store) addAsset(ctx context.Context, a Asset) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO assets (id, owner_id, name, storage_key, size, declared_type, claimed_sha256, state, upload_id, part_size)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, a.ID, a.OwnerID, a.Name, a.StorageKey, a.Size, a.Declared, a.Claimed, a.State, a.UploadID, a.PartSize)
	return db.Err(err, "file")
}

func (s store) asset(ctx context.Context, id uuid.UUID) (Asset, error) {
	var a Asset
	err := s.db.PG(ctx).QueryRow(ctx, `SELECT `+assetColumns+` FROM assets a WHERE a.id = $1`, id).Scan(assetFields(&a)...)
	return a, db.Err(err, "file")
}

func (s store) moveAsset(ctx context.Context, id uuid.UUID, from, to AssetState) (bool, error) {
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE assets SET state = $3, updated_at = now() WHERE id = $1 AND state = $2`, id, from, to)
	return err == nil && tag.RowsAffected() == 1, db.Err(err, "file")
}

func (s store) finishAsset(ctx context.Context, a Asset, pages, outside []string) error {
	if _, err := s.db.PG(ctx).Exec(ctx, `UPDATE assets SET state = $2, reason = $3, explanation = $4, media_type = $5, kind = $6, pages = $7, width = $8, height = $9,
		duration_ms = $10, preview_key = $11, inline_ok = $12, sha256 = $13, look = $14, within = $15, hidden_pages = coalesce($16::int[], '{}'), look_asked_at = now(), updated_at = now() WHERE id = $1`,
		a.ID, a.State, a.Reason, a.Explanation, a.MediaType, a.Kind, a.Pages, a.Width, a.Height, a.DurationMS, a.PreviewKey, a.Inline, a.SHA256, a.Look, a.Within, a.Hidden); err != nil {
		return db.Err(err, "file")
	}
	return s.setPages(ctx, a, pages, outside)
}

// setPages keeps the words of a file by page in the place of those that were known.
func (s store) setPages(ctx context.Context, a Asset, pages, outside []string) error {
	if _, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM asset_pages WHERE asset_id = $1`, a.ID); err != nil {
		return db.Err(err, "file")
	}
	rows := make([][]any, 0, len(pages))
	for i, text := range pages {
		if text == "" {
			continue
		}
		var shown *string
		if i < len(outside) {
			shown = &outside[i]
		}
		rows = append(rows, []any{a.ID, i + 1, text, shown})
	}
	_, err := s.db.PG(ctx).CopyFrom(ctx, pgx.Identifier{"asset_pages"}, []string{"asset_id", "page", "text", "outside"}, pgx.CopyFromRows(rows))
	return db.Err(err, "page")
}

// dropUpload forgets an upload, unless it was completed in the meantime.
func (s store) dropUpload(ctx context.Context, id uuid.UUID) (bool, error) {
	tag, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM assets WHERE id = $1 AND state = 'uploading'`, id)
	return err == nil && tag.RowsAffected() == 1, db.Err(err, "file")
}

// touchUpload says that somebody is still at it.
func (s store) touchUpload(ctx context.Context, id uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE assets SET updated_at = now() WHERE id = $1 AND state = 'uploading'`, id)
	return db.Err(err, "file")
}

// stuck lists files whose job gave up, for instance because the storage was away for long.
func (s store) stuck(ctx context.Context, before time.Time) ([]uuid.UUID, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `UPDATE assets SET updated_at = now() WHERE id IN
		(SELECT id FROM assets WHERE state = 'processing' AND updated_at < $1 LIMIT 500 FOR UPDATE SKIP LOCKED) RETURNING id`, before)
	if err != nil {
		return nil, db.Err(err, "file")
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

func (s store) abandoned(ctx context.Context, before time.Time) ([]Asset, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+assetColumns+` FROM assets a WHERE a.state = 'uploading' AND a.updated_at < $1 ORDER BY a.updated_at LIMIT 500`, before)
	if err != nil {
		return nil, db.Err(err, "file")
	}
	return pgx.CollectRows(rows, scanAsset)
}

func (s store) assetUses(ctx context.Context, id uuid.UUID) ([]comments.Object, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT object_type, object_id FROM asset_uses WHERE asset_id = $1 AND object_type <> 'resource_cover'
		UNION ALL SELECT 'user', id FROM users WHERE picture_asset_id = $1`, id)
	if err != nil {
		return nil, db.Err(err, "file")
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[comments.Object])
}

func (s store) attach(ctx context.Context, asset uuid.UUID, to comments.Object, position int, caption string) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO asset_uses (asset_id, object_type, object_id, position, caption) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (object_type, object_id, asset_id) DO UPDATE SET position = excluded.position, caption = excluded.caption`, asset, to.Type, to.ID, position, caption)
	return db.Err(err, "file")
}

func (s store) detach(ctx context.Context, asset uuid.UUID, from comments.Object) error {
	_, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM asset_uses WHERE asset_id = $1 AND object_type = $2 AND object_id = $3`, asset, from.Type, from.ID)
	return db.Err(err, "file")
}

func (s store) attached(ctx context.Context, to comments.Object) ([]Asset, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT `+assetColumns+`, x.caption FROM asset_uses x JOIN assets a ON a.id = x.asset_id
		WHERE x.object_type = $1 AND x.object_id = $2 ORDER BY x.position, a.id`, to.Type, to.ID)
	if err != nil {
		return nil, db.Err(err, "file")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (a Asset, err error) {
		return a, r.Scan(append(assetFields(&a), &a.Caption)...)
	})
}
