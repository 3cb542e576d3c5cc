package drafts

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// CheckItem is an item of a draft's checklist. Open items are a reminder and stop nothing.
type CheckItem struct {
	ID     uuid.UUID
	Text   string
	DoneAt *time.Time
	DoneBy *activity.Person
}

const mostItems = 60

// Checklist gives the checklist of a draft.
func (s *Service) Checklist(ctx context.Context, id uuid.UUID) ([]CheckItem, error) {
	if _, err := s.readable(ctx, id); err != nil {
		return nil, err
	}
	return s.store.checklist(ctx, id)
}

// AddCheckItem adds an item at the end.
func (s *Service) AddCheckItem(ctx context.Context, id uuid.UUID, text string) ([]CheckItem, error) {
	text = strings.Join(strings.Fields(text), " ")
	if n := utf8.RuneCountInString(text); n == 0 || n > 200 {
		return nil, errs.Field(errs.Invalid, "body.text", "Give the item 1 to 200 characters.")
	}
	return s.checklistChange(ctx, id, func(ctx context.Context, have []CheckItem) error {
		if len(have) >= mostItems {
			return errs.New(errs.Conflict, "A checklist has at most 60 items. Remove one first.")
		}
		return s.store.addCheckItems(ctx, id, []string{text})
	})
}

// Check ticks an item off, or takes that back. Ticking twice changes nothing.
func (s *Service) Check(ctx context.Context, id, item uuid.UUID, done bool) ([]CheckItem, error) {
	return s.checklistChange(ctx, id, func(ctx context.Context, _ []CheckItem) error {
		return s.store.check(ctx, id, item, done, auth.From(ctx).ID)
	})
}

// RemoveCheckItem takes an item off the list.
func (s *Service) RemoveCheckItem(ctx context.Context, id, item uuid.UUID) ([]CheckItem, error) {
	return s.checklistChange(ctx, id, func(ctx context.Context, _ []CheckItem) error { return s.store.removeCheckItem(ctx, id, item) })
}

// checklistChange runs a change for whoever may write or manage the draft, while it is not over.
func (s *Service) checklistChange(ctx context.Context, id uuid.UUID, change func(context.Context, []CheckItem) error) (list []CheckItem, err error) {
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		d, err := s.locked(ctx, id)
		if err != nil {
			return err
		}
		me := auth.From(ctx)
		if !d.mayWrite(me) && !d.mayManage(me) {
			return errs.New(errs.Forbidden, "Who writes the draft keeps its checklist.")
		}
		if d.State == Archived {
			return errs.NotAllowedNow("This draft is archived. Bring it back first.", d.Allowed(me)...)
		}
		have, err := s.store.checklist(ctx, id)
		if err != nil {
			return err
		}
		if err := change(ctx, have); err != nil {
			return err
		}
		list, err = s.store.checklist(ctx, id)
		return err
	})
	return list, err
}

func (s store) checklist(ctx context.Context, draft uuid.UUID) ([]CheckItem, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT c.id, c.text, c.done_at, u.id, coalesce(u.name, ''), coalesce(u.side, ''), u.picture_asset_id
		FROM draft_checklist c LEFT JOIN users u ON u.id = c.done_by WHERE c.draft_id = $1 ORDER BY c.position, c.id`, draft)
	if err != nil {
		return nil, db.Err(err, "checklist")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (c CheckItem, err error) {
		var p activity.Person
		var id uuid.NullUUID
		err = r.Scan(&c.ID, &c.Text, &c.DoneAt, &id, &p.Name, &p.Side, &p.Picture)
		if p.ID = id.UUID; id.Valid {
			c.DoneBy = &p
		}
		return c, err
	})
}

func (s store) addCheckItems(ctx context.Context, draft uuid.UUID, texts []string) error {
	ids := make([]uuid.UUID, len(texts))
	for i := range texts {
		ids[i] = db.NewID()
	}
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO draft_checklist (id, draft_id, position, text)
		SELECT t.id, $1, coalesce((SELECT max(position) FROM draft_checklist WHERE draft_id = $1), 0) + t.n, t.text FROM unnest($2::uuid[], $3::text[]) WITH ORDINALITY t(id, text, n)`, draft, ids, texts)
	return db.Err(err, "checklist")
}

func (s store) check(ctx context.Context, draft, item uuid.UUID, done bool, by uuid.UUID) error {
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE draft_checklist SET done_at = CASE WHEN $3 THEN coalesce(done_at, now()) END, done_by = CASE WHEN $3 THEN coalesce(done_by, $4) END
		WHERE draft_id = $1 AND id = $2`, draft, item, done, by)
	if err == nil && tag.RowsAffected() == 0 {
		return errs.New(errs.NotFound, "No such item.")
	}
	return db.Err(err, "checklist")
}

func (s store) removeCheckItem(ctx context.Context, draft, item uuid.UUID) error {
	tag, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM draft_checklist WHERE draft_id = $1 AND id = $2`, draft, item)
	if err == nil && tag.RowsAffected() == 0 {
		return errs.New(errs.NotFound, "No such item.")
	}
	return db.Err(err, "checklist")
}
