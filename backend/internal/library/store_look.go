package library

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/extract"
)

// saveLook stores what came of a look. ok is false when another run of the job was done before.
func (s store) saveLook(ctx context.Context, a Asset, l looked) (ok bool, err error) {
	pg := s.db.PG(ctx)
	tag, err := pg.Exec(ctx, `UPDATE assets SET look = $2, look_reason = $3, look_note = $4, pages = CASE WHEN $5 > 0 THEN $5 ELSE pages END,
		reason = CASE WHEN $6 THEN '' ELSE reason END, explanation = CASE WHEN $6 THEN '' ELSE explanation END, hidden_pages = CASE WHEN $7 THEN '{}' ELSE hidden_pages END, look_asked_at = now(), updated_at = now()
		WHERE id = $1 AND look = 'waiting'`, a.ID, l.state, l.reason, l.note, l.pages, l.readNow && len(l.texts) > 0, l.misnumbered)
	if err != nil || tag.RowsAffected() == 0 {
		return false, db.Err(err, "file")
	}
	var b pgx.Batch
	if l.misnumbered {
		a.Hidden = nil
	}
	if first := a.numberOf(1); len(l.pictures) > 0 && l.pictures[0].Number == first && l.pictures[0].Width > 0 { // slides and documents have had no picture so far
		b.Queue(`UPDATE assets SET preview_key = $2, width = $3, height = $4 WHERE id = $1 AND preview_key = ''`,
			a.ID, pictureKey(a, first, previewWidth), l.pictures[0].Width, l.pictures[0].Height)
	}
	for _, p := range l.pictures {
		lines, err := json.Marshal(p.Lines)
		if err != nil {
			return false, err
		}
		if p.Lines == nil {
			lines = []byte("[]")
		}
		b.Queue(`INSERT INTO asset_pictures (asset_id, page, width, height, lines, drawn) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (asset_id, page) DO UPDATE SET width = excluded.width, height = excluded.height, lines = excluded.lines, drawn = excluded.drawn`,
			a.ID, p.Number, p.Width, p.Height, lines, p.drawn)
	}
	for i, sh := range l.sheets {
		rows, err := json.Marshal(sh.Rows)
		if err != nil {
			return false, err
		}
		b.Queue(`INSERT INTO asset_sheets (asset_id, number, name, rows, more) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`, a.ID, i+1, sh.Name, rows, sh.More)
	}
	for i, c := range l.cues {
		b.Queue(`INSERT INTO asset_cues (asset_id, number, start_ms, end_ms, text) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`, a.ID, i+1, c.Start, c.End, c.Text)
	}
	if len(l.texts) > 0 {
		if l.anew {
			b.Queue(`DELETE FROM asset_pages WHERE asset_id = $1`, a.ID)
		}
		for i, text := range l.texts {
			if text != "" {
				b.Queue(`INSERT INTO asset_pages (asset_id, page, text) VALUES ($1, $2, $3) ON CONFLICT (asset_id, page) DO UPDATE SET text = excluded.text`, a.ID, i+1, text)
			}
		}
	}
	return true, db.Err(pg.SendBatch(ctx, &b).Close(), "page")
}

// pictureCounts says how many pages of a file were tried to be drawn, and with how many that failed.
func (s store) pictureCounts(ctx context.Context, id uuid.UUID) (all, bad int, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT count(*), count(*) FILTER (WHERE width = 0) FROM asset_pictures WHERE asset_id = $1`, id).Scan(&all, &bad)
	return all, bad, db.Err(err, "page")
}

// unlooked lists files whose look was never asked for, or whose job gave up, and those that waited for LibreOffice.
func (s store) unlooked(ctx context.Context, before time.Time, possible []string) ([]uuid.UUID, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `UPDATE assets SET look = 'waiting', look_reason = '', look_note = '', look_asked_at = now() WHERE id IN
		(SELECT id FROM assets WHERE (look = 'waiting' AND (look_asked_at IS NULL OR look_asked_at < $1)) OR (look = 'none' AND look_reason = ANY($2))
		ORDER BY id DESC LIMIT 500 FOR UPDATE SKIP LOCKED) RETURNING id`, before, possible)
	if err != nil {
		return nil, db.Err(err, "file")
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

func (s store) pages(ctx context.Context, id uuid.UUID) ([]Page, error) {
	found, err := s.pagesOf(ctx, []uuid.UUID{id})
	return found[id], err
}

func (s store) pageLines(ctx context.Context, id uuid.UUID, page int) (lines []extract.Line, err error) {
	var raw []byte
	if err := s.db.PG(ctx).QueryRow(ctx, `SELECT lines FROM asset_pictures WHERE asset_id = $1 AND page = $2 AND width > 0`, id, page).Scan(&raw); err != nil {
		if err = db.Err(err, "page"); errs.CodeOf(err) == errs.NotFound {
			return nil, errNoPicture
		}
		return nil, err
	}
	return lines, json.Unmarshal(raw, &lines)
}

func (s store) sheets(ctx context.Context, id uuid.UUID) ([]extract.Sheet, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT name, rows, more FROM asset_sheets WHERE asset_id = $1 ORDER BY number`, id)
	if err != nil {
		return nil, db.Err(err, "sheet")
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[extract.Sheet])
}

func (s store) cues(ctx context.Context, id uuid.UUID) ([]extract.Cue, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT start_ms, end_ms, text FROM asset_cues WHERE asset_id = $1 ORDER BY number`, id)
	if err != nil {
		return nil, db.Err(err, "caption")
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[extract.Cue])
}

func (s store) pageKinds(ctx context.Context, refs []PageRef) ([]PageKind, error) {
	ids, pages := make([]uuid.UUID, len(refs)), make([]int, len(refs))
	for i, r := range refs {
		ids[i], pages[i] = r.Asset, r.Page
	}
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT coalesce(a.kind = 'captions' AND a.look = 'ready', false), coalesce(p.width > 0, false)
		FROM unnest($1::uuid[], $2::int[]) WITH ORDINALITY x(id, page, n) LEFT JOIN assets a ON a.id = x.id
		LEFT JOIN asset_pictures p ON p.asset_id = x.id AND p.page = x.page ORDER BY x.n`, ids, pages)
	if err != nil {
		return nil, db.Err(err, "page")
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[PageKind])
}
