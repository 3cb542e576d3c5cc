package library

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/comments"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// mayKeep says whether somebody may say that a resource is right, and bring a new file of it: marketing, its owner, and
// who looks after its type where it has none.
func (r Resource) mayKeep(u auth.User) bool {
	return u.IsMarketer() || r.KeeperID.Valid && r.KeeperID.UUID == u.ID
}

// Verify says that a resource is still right, until its next review in the given number of days; 0 is the period of its
// type.
func (s *Service) Verify(ctx context.Context, id uuid.UUID, days int) (Resource, error) {
	r, err := s.Resource(ctx, id)
	if err != nil {
		return Resource{}, err
	}
	me := auth.From(ctx)
	if !r.mayKeep(me) {
		return Resource{}, errs.New(errs.Forbidden, "Only marketing and the owner of a resource can say that it is still right.")
	}
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.verify(ctx, r, me.ID, days); err != nil {
			return err
		}
		return s.log.Record(ctx, activity.Entry{Verb: "resource.verified", ObjectType: "resource", ObjectID: id})
	})
	if err != nil {
		return Resource{}, err
	}
	return s.Resource(ctx, id)
}

// ReplaceFile puts a new file in the place of one of a resource, or of its first one (uuid.Nil), as a new version that
// counts as checked. The file must be one's own, or one that one sees, and ready. note says what changed, or is empty.
func (s *Service) ReplaceFile(ctx context.Context, id, asset, old uuid.UUID, note string) (Resource, error) {
	r, err := s.Resource(ctx, id)
	if err != nil {
		return Resource{}, err
	}
	me := auth.From(ctx)
	if !r.mayKeep(me) {
		return Resource{}, errs.New(errs.Forbidden, "Only marketing and the owner of a resource bring a new file of it.")
	}
	if note, err = cleanNote(note); err != nil {
		return Resource{}, err
	}
	a, err := s.Asset(ctx, asset)
	switch {
	case errs.CodeOf(err) == errs.NotFound:
		return Resource{}, errs.Field(errs.Invalid, "body.asset_id", "No such file.")
	case err != nil:
		return Resource{}, err
	case !a.settled() || a.State == Refused:
		return Resource{}, errs.Field(errs.Invalid, "body.asset_id", "“"+a.Name+"” cannot be used: it is "+string(a.State)+".")
	}
	to := comments.Object{Type: "resource", ID: id}
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lockResource(ctx, id); err != nil {
			return err
		}
		if err := s.store.keepVersions(ctx, id); err != nil {
			return err
		}
		files, err := s.store.attached(ctx, to)
		if err != nil {
			return err
		}
		have := slices.IndexFunc(files, func(f Asset) bool { return f.ID == old })
		switch {
		case old != uuid.Nil && have < 0:
			return errs.Field(errs.Conflict, "body.replaces", "The resource has no such file any more.")
		case slices.ContainsFunc(files, func(f Asset) bool { return f.ID == asset }):
			return errs.Field(errs.Conflict, "body.asset_id", "The resource has this file already.")
		}
		place, caption := max(have, 0), ""
		if len(files) > 0 {
			caption = files[place].Caption
			if err := s.store.detach(ctx, files[place].ID, to); err != nil {
				return err
			}
		}
		if err := s.store.attach(ctx, asset, to, place, caption); err != nil {
			return err
		}
		if err := s.store.verify(ctx, r, me.ID, 0); err != nil {
			return err
		}
		if err := s.store.nextVersion(ctx, id, me.ID, note, 0); err != nil {
			return err
		}
		return s.newContent(ctx, "resource.file_replaced", id, note, map[string]any{"name": a.Name})
	})
	if err != nil {
		return Resource{}, err
	}
	return s.Resource(ctx, id)
}

// MarkDue is the job that tells the keepers of resources when a review comes near, and marks what is due.
type MarkDue struct{}

// Kind implements jobs.Args.
func (MarkDue) Kind() string { return "mark_review_due" }

// MarkReviewDue is that job. Running it again, and in several processes, changes nothing and tells nobody twice.
func (s *Service) MarkReviewDue(ctx context.Context, _ MarkDue) error {
	return s.MarkReviewDueAt(ctx, s.now())
}

const (
	firstNotice, secondNotice = 28, 14 // days before a review
	// justChecked is for how many days after a check no notice comes: whoever chose so near a day need not be told of it.
	justChecked = 7
)

// due is the notice that is to go out now: 28, 14, 0, or -1 for none. It is the latest one whose day has come, so that after
// a standstill one goes out, and those before it count as given.
func (n nearReview) due() int {
	if n.Left <= 0 {
		return 0
	}
	for _, day := range []int{secondNotice, firstNotice} {
		if n.Left > day {
			continue
		}
		if n.Given.Valid && n.Given.Int32 <= int32(day) || n.Checked.Valid && n.Checked.Int32-justChecked < int32(day) { //nolint:gosec // days
			return -1
		}
		return day
	}
	return -1
}

// MarkReviewDueAt is MarkReviewDue at a given time. Days are those of the keeper's time zone.
func (s *Service) MarkReviewDueAt(ctx context.Context, now time.Time) error {
	near, err := s.store.nearReview(ctx, now)
	if err != nil {
		return err
	}
	var problems []error
	for _, n := range near {
		if n.due() < 0 {
			continue
		}
		if err := s.db.InTx(ctx, func(ctx context.Context) error { return s.notice(ctx, n, now) }); err != nil {
			problems = append(problems, fmt.Errorf("resource %s: %w", n.ID, err))
		}
	}
	return errors.Join(problems...)
}

func (s *Service) notice(ctx context.Context, n nearReview, now time.Time) error {
	isDue := n.Left <= 0
	if isDue {
		marked, err := s.store.markDue(ctx, n)
		if err != nil || !marked {
			return err
		}
	}
	data := map[string]any{"days": max(n.Left, 0)}
	if n.Keeper.Valid {
		isNew, err := s.store.addNotice(ctx, n, n.due(), now)
		if err != nil || !isNew && !isDue {
			return err
		}
		if isNew {
			data["notify"] = []uuid.UUID{n.Keeper.UUID}
		}
	} else if !isDue {
		return nil // nobody to tell; the day itself is marked all the same
	}
	verb := "resource.review_soon"
	if isDue {
		verb = "resource.review_due"
	}
	return s.log.Record(ctx, activity.Entry{Verb: verb, ObjectType: "resource", ObjectID: n.ID, Data: data})
}

// ToReview lists what the signed-in user keeps and is to look at again within the next two weeks, the most pressing first.
func (s *Service) ToReview(ctx context.Context, limit int) ([]Resource, error) {
	return s.store.toReview(ctx, auth.From(ctx).ID, limit)
}

// Kept is a resource on the board of what is right and what is used.
type Kept struct {
	Resource
	Use   int // views and human clicks of the last 90 days
	Stale bool
	Hot   bool
}

// Board is what is right and what is used.
type Board struct {
	HotFrom int // use of the last 90 days from which something is hot: the middle of what is used at all, 3 at least
	Kept    []Kept
	Counts  map[[2]bool]int // by stale and hot
}

// boardPart is how many of each part are listed.
const boardPart = 60

// ReviewBoard gives what is right and what is used, hot things first: everything for marketing and administrators unless
// they ask for what they keep, what they keep for everybody else.
func (s *Service) ReviewBoard(ctx context.Context, mine bool) (Board, error) {
	u := auth.From(ctx)
	return s.store.reviewBoard(ctx, u.ID, mine || !u.IsMarketer() && !u.Admin, s.now())
}
