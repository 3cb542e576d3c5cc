package demand

import (
	"context"

	"github.com/google/uuid"

	"byline/backend/internal/ideas"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Link makes an idea that somebody has filed already the request of a card: when it is published, those who searched are told, as
// its voters are. It has to be one that everybody sees, because the card is read by all of marketing and every lead.
func (s *Service) Link(ctx context.Context, id, idea uuid.UUID) (Card, error) {
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lock(ctx, id); err != nil {
			return err
		}
		c, err := s.Get(ctx, id)
		switch {
		case err != nil:
			return err
		case c.IdeaID.UUID == idea && c.IdeaID.Valid:
			return nil
		case c.IdeaID.Valid:
			return errs.NotAllowedNow("These searches have a request already. Take it off first.")
		}
		i, err := s.ideas.Get(ctx, idea)
		switch {
		case errs.CodeOf(err) == errs.NotFound:
			return errs.Field(errs.NotFound, "body.idea_id", "No such idea.")
		case err != nil:
			return err
		case i.Visibility != ideas.Everyone:
			return errs.Field(errs.Invalid, "body.idea_id", "Choose an idea that everybody sees: all of marketing and every lead read these searches.")
		case !i.State.Open():
			return errs.NotAllowedNow("That idea is " + string(i.State) + ". Choose one that is still to be made.")
		}
		return s.store.setIdea(ctx, id, i.ID)
	})
	if err != nil {
		return Card{}, err
	}
	return s.Get(ctx, id)
}

// Unlink takes the request off a card. The idea itself stays as it is.
func (s *Service) Unlink(ctx context.Context, id uuid.UUID) (Card, error) {
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lock(ctx, id); err != nil {
			return err
		}
		return s.store.unsetIdea(ctx, id)
	})
	if err != nil {
		return Card{}, err
	}
	return s.Get(ctx, id)
}

func (s store) unsetIdea(ctx context.Context, id uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE demand_cards SET idea_id = NULL, updated_at = now() WHERE id = $1`, id)
	return db.Err(err, "card")
}
