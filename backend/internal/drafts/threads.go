package drafts

import (
	"context"

	"github.com/google/uuid"

	"byline/backend/internal/coedit"
	"byline/backend/internal/comments"
	"byline/backend/internal/platform/auth"
)

// Texts is what comments must know of drafts, to keep threads on their texts. cmd hands it on.
func (s *Service) Texts() comments.Texts {
	return comments.Texts{
		Access: func(ctx context.Context, o comments.Object) (edits bool, err error) {
			d, err := s.readable(ctx, o.ID)
			return err == nil && d.mayWrite(auth.From(ctx)), err
		},
		Hosts: func(ctx context.Context, o comments.Object) (bool, error) {
			d, err := s.readable(ctx, o.ID)
			return err == nil && d.mayInvite(auth.From(ctx)), err
		},
		Place: func(ctx context.Context, o comments.Object, from, to int, version int64) (comments.Anchor, error) {
			a, err := s.documents.Locate(ctx, o.ID, from, to, version)
			return comments.Anchor(a), err
		},
		Follow: func(ctx context.Context, o comments.Object, anchors []comments.Anchor) ([]comments.Anchor, int64, error) {
			in := make([]coedit.Anchor, len(anchors))
			for i, a := range anchors {
				in[i] = coedit.Anchor(a)
			}
			moved, version, err := s.documents.Follow(ctx, o.ID, in)
			out := make([]comments.Anchor, len(moved))
			for i, a := range moved {
				out[i] = comments.Anchor(a)
			}
			return out, version, err
		},
		Changed: func(ctx context.Context, o comments.Object) error { return s.documents.ThreadsChanged(ctx, o.ID) },
	}
}

// MoveThreads brings the threads on the text of a draft along, when its text is written. cmd gives it to coedit.
func (s *Service) MoveThreads(ctx context.Context, id uuid.UUID) error {
	return s.comments.MoveAnchors(ctx, object(id))
}
