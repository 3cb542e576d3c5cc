package demand

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Answer says that a resource which is there already is what a card looks for, for whoever searched and did not find it. They are
// told once, as of something new. A request of the card stays as it is.
func (s *Service) Answer(ctx context.Context, id, resource uuid.UUID) (Card, error) {
	now := s.now()
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lock(ctx, id); err != nil {
			return err
		}
		c, err := s.Get(ctx, id)
		switch {
		case err != nil:
			return err
		case c.State == Answered && c.ResourceID.UUID == resource:
			return nil
		case c.State == Answered:
			return errs.NotAllowedNow("These searches are answered already.")
		case c.State == Dismissed:
			return errs.NotAllowedNow("These searches are dismissed. Bring them back first.")
		}
		if err := s.foundByAll(ctx, resource, now); err != nil {
			return err
		}
		told, err := s.tell(ctx, answered{card: id, resource: resource, byHand: true}, now)
		if err != nil {
			return err
		}
		return s.store.addAnswer(ctx, handAnswer{id, now, resource, told}, c, auth.From(ctx).ID)
	})
	if err != nil {
		return Card{}, err
	}
	return s.Get(ctx, id)
}

// foundByAll says what is wrong with a resource that not everybody who searched can read.
func (s *Service) foundByAll(ctx context.Context, id uuid.UUID, now time.Time) error {
	const field = "body.resource_id"
	r, err := s.library.Resource(ctx, id)
	switch {
	case errs.CodeOf(err) == errs.NotFound:
		return errs.Field(errs.NotFound, field, "No such resource.")
	case err != nil:
		return err
	case r.Readable(auth.User{}, now):
		return nil
	case r.State == library.Archived:
		return errs.Field(errs.Invalid, field, "“"+r.Title+"” is archived. Choose what everybody can read.")
	case r.ReleaseAt != nil && r.ReleaseAt.After(now):
		return errs.Field(errs.Invalid, field, "“"+r.Title+"” is not released yet. Choose what everybody can read.")
	}
	return errs.Field(errs.Invalid, field, "“"+r.Title+"” has expired. Choose what everybody can read.")
}

// Unanswer takes Answer back: the card is as it was before, and so are those who were told and have not read it. Who has read it is
// not told of it again.
func (s *Service) Unanswer(ctx context.Context, id uuid.UUID) (Card, error) {
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lock(ctx, id); err != nil {
			return err
		}
		a, ok, err := s.store.answerOf(ctx, id)
		if err != nil || !ok {
			return err
		}
		var read []uuid.UUID
		if a.told.Valid {
			if read, err = s.withdraw(ctx, a.told.UUID); err != nil {
				return err
			}
		}
		return s.store.removeAnswer(ctx, a, read)
	})
	if err != nil {
		return Card{}, err
	}
	return s.Get(ctx, id)
}

// handAnswer is that somebody said a card is answered.
type handAnswer struct {
	card     uuid.UUID
	at       time.Time
	resource uuid.UUID
	told     uuid.NullUUID // the activity by which people were told
}

func (s store) addAnswer(ctx context.Context, a handAnswer, before Card, by uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO demand_answers (card_id, at, resource_id, by_id, told_by, before_resource_id, before_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		a.card, a.at, a.resource, by, a.told, before.ResourceID, before.AnsweredAt)
	return db.Err(err, "answer")
}

// answerOf gives the answer that a card has by hand. Something that was published since is none.
func (s store) answerOf(ctx context.Context, card uuid.UUID) (a handAnswer, ok bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT a.card_id, a.at, a.resource_id, a.told_by FROM demand_answers a
		JOIN demand_cards c ON c.id = a.card_id AND c.answered_at = a.at AND c.resource_id = a.resource_id WHERE c.id = $1`, card).Scan(&a.card, &a.at, &a.resource, &a.told)
	if errors.Is(err, pgx.ErrNoRows) {
		return a, false, nil
	}
	return a, err == nil, db.Err(err, "answer")
}

func (s store) removeAnswer(ctx context.Context, a handAnswer, read []uuid.UUID) error {
	var b pgx.Batch
	b.Queue(`UPDATE demand_cards c SET resource_id = a.before_resource_id, answered_at = a.before_at, updated_at = now() FROM demand_answers a WHERE c.id = $1 AND a.card_id = $1 AND a.at = $2`, a.card, a.at)
	b.Queue(`DELETE FROM demand_answers WHERE card_id = $1 AND at = $2`, a.card, a.at)
	b.Queue(`DELETE FROM demand_told WHERE card_id = $1 AND resource_id = $2 AND at = $3 AND NOT user_id = ANY(coalesce($4, '{}'::uuid[]))`, a.card, a.resource, a.at, read)
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "answer")
}
