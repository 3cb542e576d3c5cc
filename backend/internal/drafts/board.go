package drafts

import (
	"context"
	"encoding/json"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// BoardSettings are how many pieces a column of the board should hold at most. More are marked, never refused: a limit
// says that something else should be finished first, not that work may not go on.
type BoardSettings struct {
	Limits map[State]int
	Rev    int64
}

// boardStates are the columns that may have a limit; what is published is done.
var boardStates = map[State]bool{Brief: true, Writing: true, InReview: true, Approved: true}

// MaySetBoard says whether somebody may set the limits: the leads of marketing, and administrators.
func MaySetBoard(u auth.User) bool { return u.LeadOf(auth.Marketing) || u.Admin }

// Board gives the settings of the board.
func (s *Service) Board(ctx context.Context) (BoardSettings, error) { return s.store.board(ctx, false) }

// SetBoard replaces the limits. Stale when rev is not the current one.
func (s *Service) SetBoard(ctx context.Context, rev int64, limits map[State]int) (b BoardSettings, err error) {
	if !MaySetBoard(auth.From(ctx)) {
		return b, errs.New(errs.Forbidden, "The leads of marketing set the limits of the board.")
	}
	for state, most := range limits {
		if !boardStates[state] || most < 1 || most > 99 {
			return b, errs.Field(errs.Invalid, "body.limits", "Give limits from 1 to 99 for brief, writing, in_review and approved.")
		}
	}
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		if b, err = s.store.board(ctx, true); err != nil {
			return err
		}
		if b.Rev != rev {
			return errs.StaleRev(b.Rev)
		}
		b = BoardSettings{Limits: limits, Rev: rev + 1}
		return s.store.setBoard(ctx, b, auth.From(ctx))
	})
	return b, err
}

func (s store) board(ctx context.Context, lock bool) (b BoardSettings, err error) {
	sql := `SELECT limits, rev FROM board_settings`
	if lock {
		sql += ` FOR UPDATE`
	}
	var raw []byte
	if err := s.db.PG(ctx).QueryRow(ctx, sql).Scan(&raw, &b.Rev); err != nil {
		return b, db.Err(err, "board")
	}
	return b, json.Unmarshal(raw, &b.Limits)
}

func (s store) setBoard(ctx context.Context, b BoardSettings, by auth.User) error {
	if b.Limits == nil {
		b.Limits = map[State]int{}
	}
	raw, err := json.Marshal(b.Limits)
	if err != nil {
		return err
	}
	_, err = s.db.PG(ctx).Exec(ctx, `UPDATE board_settings SET limits = $1, rev = $2, updated_by = $3, updated_at = now()`, raw, b.Rev, by.ID)
	return db.Err(err, "board")
}
