package library

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// FeedbackKind is what somebody says about a resource.
type FeedbackKind string

// The kinds of feedback.
const (
	Wrong  FeedbackKind = "wrong"  // something in it is not right; it waits for an answer
	Rating FeedbackKind = "rating" // one to five, one of each person
	Used   FeedbackKind = "used"   // used it, and what the buyer said
)

// Feedback is what somebody who uses a resource says about it.
type Feedback struct {
	ID            uuid.UUID
	ResourceID    uuid.UUID
	ResourceTitle string
	Author        activity.Person
	Kind          FeedbackKind
	Body          string
	Page          *int // of its file
	Rating        *int
	Version       int  // of the resource, when it was said
	Open          bool // waits for an answer
	Answer        string
	AnsweredBy    *activity.Person
	AnsweredAt    *time.Time
	CreatedAt     time.Time
	keeper        uuid.NullUUID
}

// MayAnswer says whether somebody answers it: marketing, and who keeps the resource.
func (f Feedback) MayAnswer(u auth.User) bool {
	return u.IsMarketer() || f.keeper.Valid && f.keeper.UUID == u.ID
}

// FeedbackSum is what people think of a resource.
type FeedbackSum struct {
	Ratings int
	Average float64
	Mine    *int // the reader's own rating
	MineID  uuid.NullUUID
	Open    int
}

func (f *Feedback) clean() error {
	f.Body = strings.TrimSpace(f.Body)
	switch {
	case !slices.Contains([]FeedbackKind{Wrong, Rating, Used}, f.Kind):
		return errs.Field(errs.Invalid, "body.kind", "Choose wrong, rating or used.")
	case utf8.RuneCountInString(f.Body) > 2000:
		return errs.Field(errs.Invalid, "body.body", "At most 2000 characters, please.")
	case f.Kind != Rating && f.Body == "":
		return errs.Field(errs.Invalid, "body.body", "Say what it is.")
	case f.Kind == Rating && (f.Rating == nil || *f.Rating < 1 || *f.Rating > 5):
		return errs.Field(errs.Invalid, "body.rating", "Give one to five.")
	case f.Kind != Rating && f.Rating != nil:
		return errs.Field(errs.Invalid, "body.rating", "Only a rating has one.")
	case f.Page != nil && (f.Kind != Wrong || *f.Page < 1 || *f.Page > 10000):
		return errs.Field(errs.Invalid, "body.page", "A page counts from 1, and belongs to what is wrong.")
	}
	return nil
}

// mostFeedback is how much one person may say about one resource in a day.
const mostFeedback = 20

// GiveFeedback says something about a resource that the user sees. What is wrong and what a buyer said goes to who keeps
// it; a rating takes the place of the user's last one.
func (s *Service) GiveFeedback(ctx context.Context, f Feedback) (Feedback, error) {
	if err := f.clean(); err != nil {
		return f, err
	}
	r, err := s.Resource(ctx, f.ResourceID)
	if err != nil {
		return f, err
	}
	me := auth.From(ctx)
	f.ID, _ = db.NextID(ctx)
	f.Author.ID, f.Version, f.Open = me.ID, r.Version, f.Kind == Wrong
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		n, err := s.store.feedbackToday(ctx, r.ID, me.ID)
		if err != nil {
			return err
		}
		if n >= mostFeedback {
			return errs.Newf(errs.Conflict, "You said %d things about it today. Write a comment, or tomorrow more.", n)
		}
		if f.Kind == Rating {
			if err := s.store.lockResource(ctx, r.ID); err != nil {
				return err
			}
			if f.ID, err = s.store.addFeedback(ctx, f); err != nil {
				return err
			}
			return s.store.sumRatings(ctx, r.ID)
		}
		if f.ID, err = s.store.addFeedback(ctx, f); err != nil {
			return err
		}
		data := map[string]any{"kind": f.Kind, "excerpt": excerpt(f.Body), "notify": []uuid.UUID{}}
		if f.Page != nil {
			data["page"] = *f.Page
		}
		if r.KeeperID.Valid {
			data["notify"] = []uuid.UUID{r.KeeperID.UUID}
		}
		verb := "resource.feedback_used"
		if f.Kind == Wrong {
			verb = "resource.feedback_wrong"
		}
		return s.log.Record(ctx, activity.Entry{Verb: verb, ObjectType: "resource", ObjectID: r.ID, Data: data})
	})
	if err != nil {
		return f, err
	}
	return s.store.feedbackOf(ctx, f.ID)
}

func excerpt(text string) string {
	if r := []rune(text); len(r) > 200 {
		return string(r[:199]) + "…"
	}
	return text
}

// AnswerFeedback answers what somebody said; they hear of it. An answer that is there is changed by who saw it, and says
// again.
func (s *Service) AnswerFeedback(ctx context.Context, id uuid.UUID, answer string, again bool) (Feedback, error) {
	answer = strings.TrimSpace(answer)
	if n := utf8.RuneCountInString(answer); n == 0 || n > 2000 {
		return Feedback{}, errs.Field(errs.Invalid, "body.answer", "Answer with 1 to 2000 characters.")
	}
	me := auth.From(ctx)
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		f, err := s.store.feedbackOf(ctx, id)
		if err == nil {
			_, err = s.Resource(ctx, f.ResourceID)
		}
		switch {
		case errs.CodeOf(err) == errs.NotFound:
			return errs.New(errs.NotFound, "No such feedback.")
		case err != nil:
			return err
		case !f.MayAnswer(me):
			return errs.New(errs.Forbidden, "Marketing and the owner of a resource answer what is said about it.")
		case f.Kind == Rating:
			return errs.New(errs.Conflict, "A rating needs no answer.")
		}
		switch done, err := s.store.answerFeedback(ctx, id, me.ID, answer, again); {
		case err != nil:
			return err
		case !done:
			return errs.New(errs.Conflict, "Somebody has answered it meanwhile. Read that answer, then change it.")
		}
		return s.log.Record(ctx, activity.Entry{Verb: "resource.feedback_answered", ObjectType: "resource", ObjectID: f.ResourceID,
			Data: map[string]any{"excerpt": excerpt(answer), "notify": []uuid.UUID{f.Author.ID}}})
	})
	if err != nil {
		return Feedback{}, err
	}
	return s.store.feedbackOf(ctx, id)
}

// RemoveFeedback takes one's own feedback back.
func (s *Service) RemoveFeedback(ctx context.Context, id uuid.UUID) error {
	f, err := s.store.feedbackOf(ctx, id)
	if err == nil {
		_, err = s.Resource(ctx, f.ResourceID)
	}
	switch {
	case errs.CodeOf(err) == errs.NotFound:
		return errs.New(errs.NotFound, "No such feedback.")
	case err != nil:
		return err
	case f.Author.ID != auth.From(ctx).ID:
		return errs.New(errs.Forbidden, "Only who said it takes it back.")
	}
	return s.db.InTx(ctx, func(ctx context.Context) error {
		if f.Kind != Rating {
			return s.store.removeFeedback(ctx, id)
		}
		if err := s.store.lockResource(ctx, f.ResourceID); err != nil {
			return err
		}
		if err := s.store.removeFeedback(ctx, id); err != nil {
			return err
		}
		return s.store.sumRatings(ctx, f.ResourceID)
	})
}

// FeedbackOn lists what was said about a resource, newest first, and sums it up. Ratings are in the sum alone.
func (s *Service) FeedbackOn(ctx context.Context, resource uuid.UUID) ([]Feedback, FeedbackSum, error) {
	if _, err := s.Resource(ctx, resource); err != nil {
		return nil, FeedbackSum{}, err
	}
	sum, err := s.store.feedbackSum(ctx, resource, auth.From(ctx).ID)
	if err != nil {
		return nil, sum, err
	}
	list, err := s.store.feedback(ctx, `f.resource_id = $1 AND f.kind <> 'rating'`, resource)
	return list, sum, err
}

// OpenFeedback lists what waits for an answer: of the resources that the user keeps, or of all for marketing.
func (s *Service) OpenFeedback(ctx context.Context, all bool) ([]Feedback, error) {
	u := auth.From(ctx)
	where := `f.state = 'open' AND r.state IN ('live', 'review_due') AND (r.release_at IS NULL OR r.release_at <= now()) AND (r.expires_at IS NULL OR r.expires_at > now())
		AND ($2 OR coalesce(r.owner_id, ct.keeper_id) = $1)`
	return s.store.feedback(ctx, where, u.ID, all && u.IsMarketer())
}
