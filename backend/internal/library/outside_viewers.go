package library

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/extract"
)

// SheetsOutside gives the first rows of spreadsheets of Outside, as many as limit of each sheet.
func (s *Service) SheetsOutside(ctx context.Context, files []uuid.UUID, limit int) (map[uuid.UUID][]extract.Sheet, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT asset_id, name, more OR jsonb_array_length(rows) > $2,
		(SELECT coalesce(jsonb_agg(r.row ORDER BY r.n), '[]') FROM jsonb_array_elements(rows) WITH ORDINALITY r(row, n) WHERE r.n <= $2)
		FROM asset_sheets WHERE asset_id = ANY($1) ORDER BY asset_id, number`, files, limit)
	if err != nil {
		return nil, db.Err(err, "sheet")
	}
	defer rows.Close()
	found := map[uuid.UUID][]extract.Sheet{}
	for rows.Next() {
		var id uuid.UUID
		var sheet extract.Sheet
		var cells []byte
		if err := rows.Scan(&id, &sheet.Name, &sheet.More, &cells); err != nil {
			return nil, db.Err(err, "sheet")
		}
		if err := json.Unmarshal(cells, &sheet.Rows); err != nil {
			return nil, err
		}
		found[id] = append(found[id], sheet)
	}
	return found, db.Err(rows.Err(), "sheet")
}

// CuesOutside gives what is said in files of captions of Outside, and when.
func (s *Service) CuesOutside(ctx context.Context, files []uuid.UUID) (map[uuid.UUID][]extract.Cue, error) {
	found := map[uuid.UUID][]extract.Cue{}
	for _, id := range files { // a film has a few
		cues, err := s.store.cues(ctx, id)
		if err != nil {
			return nil, err
		}
		found[id] = cues
	}
	return found, nil
}
