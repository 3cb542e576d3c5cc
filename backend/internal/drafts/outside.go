package drafts

import (
	"context"

	"github.com/google/uuid"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// mayInvite says whether somebody may show the text to people outside: its writer, and marketing that may change it.
func (d Draft) mayInvite(u auth.User) bool {
	return d.mayWrite(u) && (u.ID == d.WriterID || u.IsMarketer())
}

// Invites gives a draft whose text the signed-in user may show to people outside.
func (s *Service) Invites(ctx context.Context, id uuid.UUID) (Draft, error) {
	d, err := s.readable(ctx, id)
	if err == nil && !d.mayInvite(auth.From(ctx)) {
		err = errs.New(errs.Forbidden, "Its writer and marketing show this draft to people outside. Ask one of them.")
	}
	return d, err
}
