package comments

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
)

// Guest is somebody outside, who is no user but speaks in threads. reviewlinks lets them in: it knows who they are, which
// threads are theirs, and puts a user into the context whose rights they have. What they say is theirs, not that user's.
type Guest struct {
	ID           uuid.UUID
	Name         string
	Organisation string
	Tell         []uuid.UUID // of our people: they hear of what is said, also when they do not follow the thing
}

type guestKey struct{}

// WithGuest lets a guest speak.
func WithGuest(ctx context.Context, g Guest) context.Context {
	return context.WithValue(ctx, guestKey{}, g)
}

func guestOf(ctx context.Context) (Guest, bool) {
	g, ok := ctx.Value(guestKey{}).(Guest)
	return g, ok
}

// writer is who speaks: the guest, or the signed-in user.
func writer(ctx context.Context) uuid.UUID {
	if g, ok := guestOf(ctx); ok {
		return g.ID
	}
	return auth.From(ctx).ID
}

// record writes an activity; what a guest did, nobody of ours did, and their name is one of its facts.
func (s *Service) record(ctx context.Context, verb string, o Object, data map[string]any) error {
	if g, ok := guestOf(ctx); ok {
		ctx = auth.With(ctx, auth.User{})
		data["outside"], data["organisation"] = g.Name, g.Organisation
	}
	return s.log.Record(ctx, activity.Entry{Verb: o.Type + verb, ObjectType: o.Type, ObjectID: o.ID, Data: data})
}

// tellOf adds those who hear of what a guest says to those who hear of it anyway.
func tellOf(ctx context.Context, people []uuid.UUID) []uuid.UUID {
	g, _ := guestOf(ctx)
	all := slices.Clone(people)
	for _, id := range g.Tell {
		if !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	return all
}

// Among gives some threads of a text, as Threads does. Threads that are not on this text are not among them.
func (s *Service) Among(ctx context.Context, o Object, ids []uuid.UUID) ([]Thread, int64, error) {
	if ids == nil {
		ids = []uuid.UUID{}
	}
	return s.threads(ctx, o, "", ids)
}
